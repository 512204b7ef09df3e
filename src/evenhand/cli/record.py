"""`evenhand check`, `verify`, `checkpoint` and `rebuild`: the settings in force, and the record proved."""

# ruff: noqa: PLC0415 - whatever needs a database is imported once Django is set up, and only by the commands that use it.

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from evenhand.cli.editions import edition_named
from evenhand.policy.parsing import shipped

ENVIRONMENT = (
    "EVENHAND_HOME",
    "EVENHAND_EDITION",
    "EVENHAND_URL",
    "EVENHAND_HOST",
    "EVENHAND_PORT",
    "EVENHAND_BEHIND_PROXY",
    "EVENHAND_LARGEST_FILE_MB",
    "EVENHAND_CLAMD",
    "EVENHAND_MAIL_FROM",
    "EVENHAND_REMIND_AT",
)


def set_up() -> None:
    """Sets Django up. Raises `click.ClickException` in plain words where its settings cannot be used."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from None


def open_record() -> None:
    """Sets Django up on a record that is there. Raises `click.ClickException` where there is none: nothing is made."""
    set_up()
    from django.db import Error, connection

    name = str(connection.settings_dict["NAME"])
    missing = connection.vendor == "sqlite" and not Path(name).exists()
    try:
        missing = missing or "record_entry" not in connection.introspection.table_names()
    except Error as error:
        raise click.ClickException(_unusable(error)) from None
    if missing:
        raise click.ClickException(f"There is no record in {name} yet: check EVENHAND_HOME and EVENHAND_DATABASE_URL.")


def _unusable(error: Exception) -> str:
    return f"The database cannot be used: {' '.join(str(error).split()).rstrip('.')}. Check EVENHAND_DATABASE_URL."


def open_database() -> None:
    """Sets Django up and brings the tables up to date. Raises `click.ClickException` where that cannot be done."""
    set_up()
    from django.db import Error

    from evenhand.databases import migrate

    try:
        migrate()
    except Error as error:
        raise click.ClickException(_unusable(error)) from None


def open_safe_database() -> None:
    """The same, for a command that writes: raises `click.ClickException` where the database is not safe to write to."""
    open_database()
    from evenhand.record.safety import UnsafeDatabase, refuse_unsafe_database

    try:
        refuse_unsafe_database()
    except UnsafeDatabase as error:
        raise click.ClickException(str(error)) from None


@click.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Print the settings in force, and what is unsafe."""
    open_database()
    for name, value in _settings():
        click.echo(f"{name:<24} {value}")
    from evenhand.evidence.standing import cautions
    from evenhand.web.reminding.sending import cautions as of_mail

    for caution in (*cautions(), *of_mail()):
        click.echo(f"{click.style('note', bold=True)}: {caution}")
    faults = list(_faults())
    for fault in faults:
        click.echo(f"{click.style('unsafe', fg='red', bold=True)}: {fault}")
    click.echo(f"{len(faults)} unsafe." if faults else "Nothing is unsafe.")
    context.exit(1 if faults else 0)


def _settings() -> Iterator[tuple[str, str]]:
    from django.conf import settings
    from django.db import connection

    yield "EVENHAND_HOME", str(settings.HOME)
    # Never the address itself: it holds a password.
    yield "database", f"{connection.vendor}, {connection.settings_dict['NAME']}"
    yield "mail goes to", settings.EMAIL_HOST or str(settings.EMAIL_FILE_PATH)
    for name in ENVIRONMENT[1:]:
        yield name, os.environ.get(name, "not set")
    yield "editions shipped", ", ".join(shipped())


def _faults() -> Iterator[str]:
    from django.db import connection

    from evenhand.accounts.safety import sign_in_faults
    from evenhand.evidence.standing import scanner_faults
    from evenhand.record.append import ClockWentBack
    from evenhand.record.roles import owns_record
    from evenhand.record.safety import database_faults, refuse_clock_behind

    yield from database_faults()
    yield from sign_in_faults()
    yield from scanner_faults()
    if connection.vendor == "postgresql" and owns_record():
        yield "The service owns the record's tables, and an owner can switch its guards off: see docs/operating.md."
    try:
        refuse_clock_behind(datetime.now(UTC))
    except ClockWentBack as error:
        yield str(error)
    if named := os.environ.get("EVENHAND_EDITION"):
        try:
            edition_named(named)
        except ValueError as error:
            yield f"EVENHAND_EDITION: {str(error).splitlines()[0]}"


@click.command()
@click.option("--checkpoint", "kept", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def verify(context: click.Context, kept: Path | None) -> None:
    """Prove the record and its projections, and against a checkpoint kept elsewhere; names the first bad entry."""
    open_record()
    from evenhand.cases.rebuild import verify as proved
    from evenhand.record.checkpoints import BadCheckpoint, read_document

    try:
        document = read_document(kept.read_text(encoding="utf-8")) if kept else None
    except (BadCheckpoint, UnicodeDecodeError) as error:
        raise click.ClickException(f"{kept}: {error}") from None
    report = proved(document)
    counted = f"{report.entries} entries in {report.files} files, {report.checkpoints} checkpoints"
    if report.is_sound:
        click.echo(f"Sound: {counted}.")
        return
    click.echo(f"Not as it was recorded: {report.fault_count} faults in {counted}.")
    click.echo(f"First: {report.first}")
    for fault in report.faults:
        click.echo(f"  {fault}")
    context.exit(1)


@click.command()
def checkpoint() -> None:
    """Seal what is recorded so far, and print the checkpoint: keep it outside this machine."""
    open_safe_database()
    from evenhand.record.checkpoints import make_checkpoint

    click.echo(make_checkpoint(datetime.now(UTC)).text)


@click.command()
def rebuild() -> None:
    """Work the projections out again from the record."""
    open_safe_database()
    from evenhand.cases.rebuild import rebuild as rebuilt

    click.echo(f"Rebuilt from {rebuilt()} files.")
