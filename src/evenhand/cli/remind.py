"""`evenhand remind`: the day's mail to everybody who owes something, now."""

# ruff: noqa: PLC0415 - whatever needs a database is imported once Django is set up, and only by the commands that use it.

from __future__ import annotations

from datetime import UTC, datetime

import click

from evenhand.cli.record import open_safe_database


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the mails of today, whether sent or not, and send none.")
def remind(dry_run: bool) -> None:
    """Send today's reminders now, to whoever has not had theirs."""
    open_safe_database()
    from evenhand.web.reminding.sending import cautions, mail_for, reminded
    from evenhand.web.reminding.sending import remind as send

    at = datetime.now(UTC)
    if dry_run:
        for mail in filter(None, (mail_for(account, at) for account in reminded())):
            click.echo(f"To: {mail.to}\nSubject: {mail.subject}\n\n{mail.body}")
        return
    for caution in cautions():
        click.echo(caution, err=True)
    click.echo(f"Reminders sent: {send(at)}.")
