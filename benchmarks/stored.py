"""How fast steps are recorded and proved, beside a bare insert-and-commit of the same bytes in the same run."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

import django
from django.core.management import call_command

from benchmarks import pure
from benchmarks.timing import Measure

LENGTH, TIMES = 100, 200


def measures(cases: int) -> Iterator[Measure]:
    """Every figure of the record, each as soon as it is known. Makes and removes a home of its own."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as home:
        os.environ["EVENHAND_HOME"] = home
        os.environ.pop("EVENHAND_DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.settings"
        django.setup()
        call_command("migrate", verbosity=0)
        yield from _taking(Path(home))
        yield from _loading(cases)


def _taking(home: Path) -> Iterator[Measure]:
    # Django's applications can be imported only once the home is known.
    from evenhand.cases.replay import Recorded  # noqa: PLC0415 - see above
    from evenhand.cases.taking import take_step  # noqa: PLC0415 - see above
    from evenhand.casework.story import play  # noqa: PLC0415 - see above
    from evenhand.record.reading import read_entries  # noqa: PLC0415 - see above

    story = pure.story()
    play(story, Recorded(story))
    at = story.in_order[-1].at

    def note(number: int) -> None:
        take_step(
            step="add_note",
            kind="case",
            file="case-1",
            data={"text": f"Called back, number {number}: the repair is booked for Thursday."},
            actor="olu",
            at=at + timedelta(minutes=number),
        )

    for number in range(LENGTH):
        note(number)
    stored = read_entries("case", "case-1")[-1]
    size = sum(len(part.encode()) for part in stored.parts.values()) + len(str(stored.header).encode())
    bare, taken = _by_turns(_bare_insert(home / "bare.sqlite3", b"x" * size), note)
    yield Measure(f"bare insert and commit of {size} bytes", bare, "ms")
    yield Measure("take_step (add_note on a case of 100 and more)", taken, "ms", taken / bare, "at most 6 x")


def _bare_insert(path: Path, body: bytes) -> Callable[[int], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)")

    def insert(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (?, ?)", (number, body))
        connection.execute("COMMIT")

    return insert


def _by_turns(*acts: Callable[[int], None]) -> list[float]:
    """The median of what each act takes, in milliseconds; by turns, so that a busy disk slows all of them alike."""
    spent: list[list[float]] = [[] for _ in acts]
    for number in range(LENGTH, LENGTH + TIMES):
        for act, took in zip(acts, spent, strict=True):
            start = time.perf_counter()
            act(number)
            took.append((time.perf_counter() - start) * 1000)
    return [median(took) for took in spent]


def _loading(cases: int) -> Iterator[Measure]:
    from evenhand.cases.bulk import load_synthetic  # noqa: PLC0415 - Django's applications come first
    from evenhand.cases.rebuild import verify  # noqa: PLC0415 - Django's applications come first

    start = time.perf_counter()
    load_synthetic(cases, seed=1)
    loaded = time.perf_counter()
    report = verify()
    proved = time.perf_counter()
    if not report.is_sound:
        raise SystemExit(f"benchmarks: the loaded record does not verify: {report.first}")
    yield Measure(f"loading {cases} synthetic cases", loaded - start, "s", note="200,000 in minutes")
    yield Measure("proving the whole record, projections too", proved - loaded, "s")
    yield Measure("entries proved", report.entries, "")
