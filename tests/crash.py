"""Kills a writing process again and again and counts what was lost: `python -m tests.crash`.

The writer tells each entry it was given back through a pipe. After every kill, whatever came through must be in the
record, and whatever is in the record must be whole: every part, every file, every list, in one unbroken chain.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import click

KILLS = {"sqlite": 300, "postgres": 40}
LONGEST_LIFE = 0.08  # seconds from the first entry to the kill
PROVED_EVERY = 50  # kills


@dataclass
class Tally:
    """What was seen."""

    kills: int = 0
    acknowledged: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    killed_while_writing: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.lost and not self.faults

    def said(self, database: str) -> str:
        """One line for people."""
        return (
            f"{self.kills} kills on {database}: {len(self.acknowledged)} entries acknowledged, {len(self.lost)} lost, "
            f"{len(self.faults)} faults; {self.killed_while_writing} kills left an entry that was not yet acknowledged."
        )


@click.command()
@click.option("--kills", type=click.IntRange(min=1), help="How many on each database; by default 300 and 40.")
@click.option("--database", type=click.Choice(list(KILLS)), help="Only on this one.")
@click.option("--seed", type=int, default=1, show_default=True)
def crash(kills: int | None, database: str | None, seed: int) -> None:
    """Kill a writing process many times; fail if anything acknowledged was lost or anything is half-written."""
    sound = True
    for one in [database] if database else KILLS:
        process = os.fork()  # Django can be pointed at one database in the life of a process
        if process == 0:
            os._exit(_on(one, kills or KILLS[one], seed))
        sound &= os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    sys.exit(0 if sound else 1)


def _on(database: str, kills: int, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="evenhand-crash-") as home, _url(database) as url:
        os.environ.update(EVENHAND_HOME=home, EVENHAND_DATABASE_URL=url, DJANGO_SETTINGS_MODULE="evenhand.settings")
        _prepare()
        tally = _killed(kills, Random(seed))
        _close()
    click.echo(tally.said(database))
    for fault in [*sorted(tally.lost), *tally.faults]:
        click.echo(f"  {fault}")
    return 0 if tally.is_sound else 1


@contextmanager
def _url(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    from tests.postgres import Server, server_binaries  # noqa: PLC0415 - only where it is asked for

    binaries = server_binaries()
    if binaries is None:
        raise click.ClickException("No PostgreSQL server programs found; install Debian's postgresql package.")
    server = Server(binaries)
    try:
        server.run("CREATE DATABASE crash")
        yield server.url("crash")
    finally:
        server.stop()


def _prepare() -> None:
    import django  # noqa: PLC0415 - once the environment says where

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from tests.cases.making import a_landlord, taken  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    a_landlord()
    taken("open_case", "case-1", subject="carol", breakdown="Shouting.", tried_first="Calls.", colleague="olu")


def _close() -> None:
    from django.db import connections  # noqa: PLC0415 - once Django is set up

    connections.close_all()


def _killed(kills: int, chance: Random) -> Tally:
    tally = Tally()
    while tally.kills < kills:
        _close()  # a connection must not be shared with the writer
        tally.acknowledged |= _one_life(tally.kills, chance)
        tally.kills += 1
        recorded = _recorded()
        tally.lost |= tally.acknowledged - recorded
        tally.killed_while_writing += bool(_of_life(recorded, tally.kills - 1) - tally.acknowledged)
        if tally.kills % PROVED_EVERY == 0 or tally.kills == kills:
            tally.faults += _faults()
    return tally


def _one_life(life: int, chance: Random) -> set[str]:
    """Starts a writer, kills it at any moment after its first entry, and returns what it said was recorded."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(reading)
        _write_for_ever(life, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = [pipe.readline()]
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(writer, signal.SIGKILL)
        said += pipe.readlines()
    os.waitpid(writer, 0)
    return {line.decode().strip() for line in said if line.endswith(b"\n")}


def _write_for_ever(life: int, pipe: int) -> None:
    """Reports incidents and joins each to the case: the second step writes on two files at once."""
    from tests.cases.making import taken  # noqa: PLC0415 - once Django is set up

    try:
        for number in range(1, 100_000):
            incident, minute = f"incident-{life}.{number}", life * 1_000 + number
            told: list[Any] = [taken("report_incident", incident, minute=minute, subject="pat", what_happened="Noise.")]
            told += [taken("triage_incident", incident, "mina", minute=minute, route="join_case", case="case-1")]
            for step in told:
                for entry in step.entries:
                    os.write(pipe, f"{entry.ref}\n".encode())
    finally:
        os._exit(3)


def _recorded() -> set[str]:
    from evenhand.record.models import Entry  # noqa: PLC0415 - once Django is set up

    return {f"{name}#{sequence}" for name, sequence in Entry.objects.values_list("file_id", "sequence")}


def _of_life(refs: set[str], life: int) -> set[str]:
    return {ref for ref in refs if ref.startswith(f"incident-{life}.")}


def _faults() -> list[str]:
    """Whatever does not verify, and every joining of which only one half is there."""
    from evenhand.cases.rebuild import verify  # noqa: PLC0415 - once Django is set up
    from evenhand.record.models import Entry, Part  # noqa: PLC0415 - once Django is set up

    entries = Entry.objects.values_list("step", "kind", "file_id", "sequence", "because_of")
    joined = {f"{kind}/{name}#{sequence}" for step, kind, name, sequence, _ in entries if step == "triage_incident"}
    linked = {cause for step, *_, cause in entries if step == "link_incident"}
    halves = [f"{ref} was recorded by half" for ref in sorted(joined ^ linked)]
    short = Entry.objects.count() * 3 - Part.objects.exclude(name="reporter").count()
    return [*map(str, verify().faults), *halves, *([f"{short} parts are missing"] if short else [])]


if __name__ == "__main__":
    crash()
