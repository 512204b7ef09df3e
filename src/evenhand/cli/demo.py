"""`evenhand demo`: an invented landlord to look round in, or very many cases to measure with."""

# ruff: noqa: PLC0415 - whatever needs a database is imported once Django is set up, and only by the commands that use it.

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import click

from evenhand.cli.record import open_safe_database
from evenhand.policy.clock import london_day

MOST = 200_000
CLEARED = "\r"
"""What takes a terminal back to the beginning of its line."""


@click.command()
@click.option("--scale", type=click.IntRange(1, MOST), metavar="N", help=f"Then add N synthetic cases, up to {MOST:,}.")
def demo(scale: int | None) -> None:
    """Fill an empty home with an invented landlord, and print how to sign in."""
    open_safe_database()
    from django.conf import settings

    from evenhand.demo.loading import NotAllowed, NotEmpty, load_demo

    if settings.PRODUCTION:
        raise click.ClickException(
            "This is a production service, and the demonstration's password is known to everybody: unset EVENHAND_URL."
        )
    today = london_day(datetime.now(UTC))
    try:
        loaded = load_demo(today, progress=_bar("Steps taken"))
    except (NotEmpty, NotAllowed) as error:
        raise click.ClickException(str(error)) from None
    if scale:
        from evenhand.demo.scale import load_scale

        load_scale(scale, today, progress=_bar("Cases made"))
    click.echo(loaded.says)
    for line in sign_ins():
        click.echo(line)


def _bar(title: str) -> Callable[[int, int], None]:
    """Progress on one line of stderr: as it goes on a terminal, and else only the end."""
    is_terminal = sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        if is_terminal or done == of:
            click.echo(f"{CLEARED if is_terminal else ''}{title}: {done:,} of {of:,}", err=True, nl=done == of)

    return show


def sign_ins() -> Iterator[str]:
    """Who can sign in, one of each role, and the password that they share."""
    from evenhand.demo.entering import PASSWORD
    from evenhand.demo.staff import SIGN_INS, address

    yield "Sign in as:"
    yield from (f"  {address(who):<22} {title}" for who, title in SIGN_INS)
    yield f"Password, for all of them: {PASSWORD}"
