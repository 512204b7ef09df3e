"""`evenhand replay`: play scenarios and say whether everything they expect holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from os.path import commonpath
from pathlib import Path
from typing import Any

import click

from evenhand.casework.scenario import Story, read_story
from evenhand.casework.story import Held, Played, Replay, play
from evenhand.casework.storytext import BadScenario
from evenhand.cli.editions import edition_named
from evenhand.cli.record import set_up
from evenhand.policy.findings import Finding

ENDINGS = (".yaml", ".yml")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print every line's outcome and findings, one JSON object each.")
@click.option("--record", is_flag=True, help="Play through the database instead of in memory.")
@click.pass_context
def replay(context: click.Context, paths: tuple[Path, ...], as_json: bool, record: bool) -> None:
    """Play scenarios: files, or folders of them. Succeeds only if every expectation holds."""
    files = list(_found(paths))
    if not files:
        raise click.UsageError("There is no scenario (*.yaml) in there.", context)
    stories = read_stories(files)
    replays = [_played(story, record=record) for story in stories]
    for line in _as_json(replays) if as_json else _table(replays):
        click.echo(line)
    context.exit(0 if all(one.is_ok for one in replays) else 1)


def _found(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.suffix in ENDINGS and found.is_file())
        else:
            yield path


def read_stories(files: Iterable[Path]) -> list[Story]:
    """Every story; raises `click.ClickException` with the faults of all of them."""
    stories, faults = [], []
    for file in files:
        try:
            stories.append(read_story(str(file), file.read_bytes(), partial(edition_named, beside=file.parent)))
        except OSError as error:
            faults.append(f"{file}:1: the file cannot be read: {error.strerror}.")
        except BadScenario as error:
            faults.append(str(error))
    if faults:
        raise click.ClickException("\n".join(faults))
    return stories


def _played(story: Story, *, record: bool) -> Replay:
    if not record:
        return play(story)
    # Imported here, so that replaying in memory needs neither Django nor a database.
    set_up()
    from evenhand.cases.replay import replay_recorded  # noqa: PLC0415 - Django starts only where a record is asked for

    return replay_recorded(story)


def _table(replays: list[Replay]) -> Iterator[str]:
    names = _names([one.story for one in replays])
    width = max(map(len, names))
    group = names[0].rpartition("/")[0]
    for name, one in zip(names, replays, strict=True):
        if name.rpartition("/")[0] != group:
            group = name.rpartition("/")[0]
            yield ""
        yield _row(name.ljust(width), one)
        yield from (f"       {line}" for played in one.played for line in _complaints(one, played))
    yield ""
    yield from _summary(replays)


def _names(stories: list[Story]) -> list[str]:
    """The files' paths from the folder that holds them all."""
    folder = commonpath([str(Path(story.name).resolve().parent) for story in stories])
    return [Path(story.name).resolve().relative_to(folder).as_posix() for story in stories]


def _row(name: str, one: Replay) -> str:
    mark = click.style("ok  ", fg="green") if one.is_ok else click.style("FAIL", fg="red", bold=True)
    return f"{mark} {name}  {one.held:>3} of {len(one.expectations):<3} {one.story.title}"


def _complaints(one: Replay, played: Played) -> Iterator[str]:
    """What did not go as expected on one line, and what stopped it if it was stopped."""
    wrong = [held for held in played.expectations if not held.holds]
    stopped = played in one.wrongly_stopped
    if not wrong and not stopped:
        return
    line = played.line
    place = f"line {line.number}: {line.verb} {line.word}{f' on {line.file}' if line.file else ''}"
    for held in wrong:
        yield f"{place}: {_wrong(held)}"
    if stopped:
        yield f"{place}: refused in a control"
    if played.problem:
        yield f"  {played.problem}"
    if played.outcome == "refused" or wrong:
        yield from (f"  {f.citation.clause} {f.check}: {f.verdict.sentence}" for f in played.findings if f.stops)


def _wrong(held: Held) -> str:
    return f"{held.key}: expected {_words(held.expected)}, found {_words(held.seen)}"


def _words(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value) or "none"


def _summary(replays: list[Replay]) -> Iterator[str]:
    expectations = sum(len(one.expectations) for one in replays)
    failings = [one for one in replays if one.story.failing]
    controls = [one for one in replays if one.story.is_control]
    yield f"stories                    {len(replays)}, {sum(one.is_ok for one in replays)} as expected"
    yield f"expectations held          {sum(one.held for one in replays)} of {expectations}"
    yield f"failings prevented         {sum(one.prevented for one in replays)} in {len(failings)} stories of failings"
    yield f"controls wrongly stopped   {sum(bool(one.wrongly_stopped) for one in replays)} of {len(controls)}"


def _as_json(replays: list[Replay]) -> Iterator[str]:
    for one in replays:
        for played in one.played:
            yield json.dumps(_line(one, played), ensure_ascii=False)


def _line(one: Replay, played: Played) -> dict[str, Any]:
    line = played.line
    return {
        "scenario": one.story.name,
        "line": line.number,
        "at": line.at.isoformat(),
        line.verb: line.word,
        "file": line.file,
        "by": line.by,
        "outcome": played.outcome,
        "problem": played.problem,
        "seen": played.seen,
        "expectations": [
            {"key": held.key, "expected": held.expected, "seen": held.seen, "holds": held.holds}
            for held in played.expectations
        ],
        "findings": [_finding(finding) for finding in played.findings],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.check,
        "clause": finding.citation.clause,
        "effect": finding.effect.value,
        "outcome": finding.verdict.outcome.value,
        "sentence": finding.verdict.sentence,
    }
