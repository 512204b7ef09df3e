"""Files that no command can use: one plain line a fault, the exit code that was promised, and never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.cli import run
from tests.bad_input.strings import EDITION, NAUGHTY, STORY, flipped, is_one_line
from tests.test_cli import process

Spoil = Callable[[bytes], bytes]
SPOILT: dict[str, tuple[Spoil, str, str]] = {
    "empty": (
        lambda _: b"",
        "evenhand: {file}:1: a scenario is one mapping with 'scenario', 'edition', 'people', 'story'.",
        "{file}: about: this table is needed, and not given",
    ),
    "binary": (
        lambda _: bytes(range(256)),
        "evenhand: {file}:2: this is not UTF-8 text: save the file as UTF-8.",
        "{file}: line 2: this is not UTF-8 text: save the file as UTF-8",
    ),
    "UTF-16": (
        lambda content: content.decode().encode("utf-16"),
        "evenhand: {file}:1: this is not UTF-8 text: save the file as UTF-8.",
        "{file}: line 1: this is not UTF-8 text: save the file as UTF-8",
    ),
    "NUL": (
        lambda content: b"# \0\n" + content,
        "evenhand: {file}:1: there is a NUL here, which no text may hold: delete it.",
        "{file}: line 1: there is a NUL here, which no text may hold: delete it",
    ),
    "half a character": (
        lambda content: b"# \xed\xa0\x80\n" + content,
        "evenhand: {file}:1: this is not UTF-8 text: save the file as UTF-8.",
        "{file}: line 1: this is not UTF-8 text: save the file as UTF-8",
    ),
    "10 MB": (
        lambda _: b"x" * 10_000_000,
        "evenhand: {file}:1: the file is 10,000,000 characters long; a story has at most 1,000,000.",
        "{file}: the text is 10,000,000 characters long; an edition has at most 1,000,000",
    ),
    "nested": (
        lambda _: b"a = " + b"[" * 100_000,
        "evenhand: {file}:1: a scenario is one mapping with 'scenario', 'edition', 'people', 'story'.",
        "{file}: lists or tables are nested too deeply to be read",
    ),
}
HARMLESS: dict[str, Spoil] = {
    "a mark of order": lambda content: b"\xef\xbb\xbf" + content,
    "line ends of Windows": lambda content: content.replace(b"\n", b"\r\n"),
    "no last line end": bytes.rstrip,
}


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    code = run([str(one) for one in arguments])
    return code, capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(("spoil", "says"), [(spoil, says) for spoil, says, _ in SPOILT.values()], ids=SPOILT)
def test_replay_refuses_a_spoilt_file_in_one_line(spoil, says, tmp_path, capsys):
    file = tmp_path / "story.yaml"
    file.write_bytes(spoil(STORY.read_bytes()))
    assert said(capsys, "replay", file) == (2, [says.format(file=file)])


@pytest.mark.parametrize(("spoil", "says"), [(spoil, says) for spoil, _, says in SPOILT.values()], ids=SPOILT)
def test_policy_check_refuses_a_spoilt_file_in_one_line_a_fault(spoil, says, tmp_path, capsys):
    file = tmp_path / "ours.toml"
    file.write_bytes(spoil(EDITION.read_bytes()))
    code, lines = said(capsys, "policy", "check", file)
    assert (code, lines[0]) == (1, says.format(file=file))
    assert [line for line in lines if not is_one_line(line)] == []


@pytest.mark.parametrize("spoil", HARMLESS.values(), ids=HARMLESS)
def test_what_other_machines_do_to_a_file_does_it_no_harm(spoil, tmp_path, capsys):
    story, edition = tmp_path / "story.yaml", tmp_path / "ours.toml"
    story.write_bytes(spoil(STORY.read_bytes()))
    edition.write_bytes(spoil(EDITION.read_bytes()))
    assert [said(capsys, "replay", story), said(capsys, "policy", "check", edition)] == [(0, []), (0, [])]


def test_what_is_no_file_is_refused_in_one_line(tmp_path, capsys):
    folder, nothing, loop = tmp_path / "folder", tmp_path / "nothing", tmp_path / "loop"
    folder.mkdir()
    loop.symlink_to(loop)
    none = "no edition of this name is shipped, and as a file it cannot be read"
    there_is_none = "Try 'evenhand replay --help'."
    assert [said(capsys, *command) for command in [
        ("replay", folder), ("replay", nothing), ("replay", loop), ("replay", "/proc/self/mem"),
        ("policy", "check", folder), ("policy", "check", nothing), ("policy", "check", loop),
        ("policy", "check", "/proc/self/mem"), ("policy", "check", "two\nlines"),
    ]] == [
        (2, [f"evenhand: There is no scenario (*.yaml) in there. {there_is_none}"]),
        (2, [f"evenhand: Invalid value for 'FILE...': Path '{nothing}' does not exist. {there_is_none}"]),
        (2, [f"evenhand: Invalid value for 'FILE...': Path '{loop}' does not exist. {there_is_none}"]),
        (2, ["evenhand: /proc/self/mem:1: the file cannot be read: Input/output error."]),
        (2, [f"evenhand: {folder}: {none}: Is a directory."]),
        (2, [f"evenhand: {nothing}: {none}: No such file or directory."]),
        (2, [f"evenhand: {loop}: {none}: Too many levels of symbolic links."]),
        (2, [f"evenhand: /proc/self/mem: {none}: Input/output error."]),
        (2, [f"evenhand: two\\nlines: {none}: No such file or directory."]),
    ]  # fmt: skip


def test_a_file_s_name_may_be_of_any_words(tmp_path, capsys):
    """Each name that a disk can hold is played or refused, and its line stays one line."""
    names = [words for words in NAUGHTY[::10] if words and "/" not in words and len(words.encode()) < 250]
    for name in names:
        folder = tmp_path / "stories"
        folder.mkdir(exist_ok=True)
        file = folder / f"{name}.yaml"
        file.write_bytes(b"story: []\n")
        code, lines = said(capsys, "replay", "--", file)
        assert (code, [line for line in lines if not is_one_line(line)]) == (2, [])
        file.unlink()


@pytest.mark.parametrize("command", [("replay",), ("policy", "check")], ids=" ".join)
def test_a_process_of_its_own_ends_without_a_traceback(command, tmp_path):
    source = STORY if command == ("replay",) else EDITION
    for number, broken in enumerate(flipped(source.read_bytes()[: 3_000 + 1], 3, seed=5)):
        file = tmp_path / f"{number}{source.suffix}"
        file.write_bytes(broken + b"\n: [\xff")
        ended = process(*command, file, home=tmp_path)
        lines = ended.err.splitlines()
        assert (ended.code, len(lines), ended.out) == (2 if command == ("replay",) else 1, 1, "")
        assert (is_one_line(lines[0]), lines[0].endswith(("UTF-8.", "UTF-8"))) == (True, True)


def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_can_be(tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/story-\xff.yaml"))
    file.write_bytes(STORY.read_bytes())
    ended = process("replay", file, home=tmp_path)
    assert (ended.code, ended.err, ended.out.splitlines()[0].split()[:2]) == (0, "", ["ok", "story-\\udcff.yaml"])
