"""`evenhand administrator`: the first colleague of a landlord, or one who has lost every way in."""

# ruff: noqa: PLC0415 - whatever needs a database is imported once Django is set up, and only by the commands that use it.

from __future__ import annotations

import re
from datetime import UTC, datetime

import click

from evenhand.cli.record import open_safe_database

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
REFERENCE = re.compile(r"[A-Za-z0-9_.:@+~-]{1,100}")


@click.command()
@click.argument("email")
@click.option("--name", default="", help="What they are called; needed for somebody new.")
@click.option(
    "--id", "reference", default="", help="A short word that the record names them by, such as a staff number."
)
def administrator(email: str, name: str, reference: str) -> None:
    """Make somebody an administrator, and print a code by which they choose a password within the hour."""
    if not ADDRESS.fullmatch(email):
        raise click.ClickException(f"{email!r} is not an e-mail address.")
    reference = reference or email.partition("@")[0]
    if not REFERENCE.fullmatch(reference):
        raise click.ClickException("Give a reference of letters, digits and _.:@+~- with --id.")
    open_safe_database()
    from evenhand.accounts.making import TakenAlready
    from evenhand.accounts.models import Account
    from evenhand.accounts.ways_in import halves, of_the_machine

    if not name and not Account.objects.filter(email=email.lower()).exists():
        raise click.ClickException("Nobody signs in with this address yet: say what they are called with --name.")
    try:
        way = of_the_machine(email, name, reference, datetime.now(UTC))
    except TakenAlready as error:
        raise click.ClickException(str(error)) from None
    first, second = halves(way)
    click.echo(f"{way.account.email} is an administrator. Within an hour they open /account/code/ and type:")
    click.echo(f"  first half   {first}\n  second half  {second}")
    click.echo("Make a second administrator before anything else: what one asks for, another confirms.")
