"""What holds for every file of the project, measured over what git tracks or is about to."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VAGUE_NAMES = {"utils.py", "helpers.py", "common.py", "services.py", "exceptions.py", "misc.py"}
THIRD_PARTY = re.compile(r"\.min\.(css|js)$|\.(woff2?|ttf|otf|eot)$|(^|/)(node_modules|vendor)/")
LARGEST_FILE = 400_000

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|farm|home|Users|tmp)/\w")
UNFINISHED = re.compile(r"\bTOD[O]\b|\bFIXM[E]\b|NotImplementedErro[r]|pragma: no cove[r]")  # so as not to find itself


def tracked_files() -> list[Path]:
    """Every file in git or not yet in it but not ignored, and still there."""
    # In a container the checkout is often another user's, and git would then refuse to list it.
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(ROOT / name for name in set(listing.split("\0")) if name and (ROOT / name).is_file())


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return place(path).startswith("tests/")


def python_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py" and "migrations" not in path.parts]


def lines_matching(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """`path:line: text` for each line the pattern is found in; bytes that are no text are passed over."""
    return [
        f"{place(path)}:{number}: {line.strip()[:90]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_files_are_found():
    assert ROOT / "pyproject.toml" in tracked_files()
    assert Path(__file__).resolve() in python_files()


def test_functions_are_40_lines_at_most_and_80_in_tests():
    too_long = [
        f"{place(path)}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > (80 if is_test(path) else 40)
    ]
    assert too_long == []


def test_files_are_400_lines_at_most_and_800_in_tests():
    lengths = {path: len(path.read_bytes().splitlines()) for path in python_files()}
    too_long = [f"{place(p)} has {n} lines" for p, n in lengths.items() if n > (800 if is_test(p) else 400)]
    assert too_long == []


def test_files_have_names_that_say_what_is_inside():
    assert [place(path) for path in python_files() if path.name in VAGUE_NAMES] == []


def test_nothing_third_party_and_nothing_huge_is_committed():
    foreign = [place(path) for path in tracked_files() if THIRD_PARTY.search(place(path))]
    huge = [place(p) for p in tracked_files() if p.name != "uv.lock" and p.stat().st_size > LARGEST_FILE]
    assert (foreign, huge) == ([], [])


def test_no_file_names_a_path_of_one_machine():
    assert lines_matching(MACHINE_PATH, tracked_files()) == []


def test_nothing_is_left_unfinished():
    assert lines_matching(UNFINISHED, python_files()) == []


def test_every_suppression_says_why():
    """`# noqa: CODE - reason`, `# type: ignore[code] # reason`: a rule is broken with a reason or not at all."""
    bare = re.compile(r"# (noqa(: [A-Z0-9, ]+)?|type: ignore(\[[\w, -]+\])?)\s*$")
    assert lines_matching(bare, python_files()) == []


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.M))
    assert phony - explained <= {"postgres", "sandbox", "chromium"}


def test_the_version_is_in_the_changelog_or_unreleased():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert headings[0] in {"Unreleased", version}


def test_decision_records_are_numbered_without_gaps():
    records = sorted(path.name for path in tracked_files() if place(path).startswith("docs/adr/"))
    assert [name[:4] for name in records] == [f"{n:04}" for n in range(1, len(records) + 1)]


@pytest.mark.parametrize(
    ("ci", "closing", "status"), [("true", "1 passed, 1 skipped", 1), ("", "1 passed, 1 skipped", 0)]
)
def test_a_skipped_test_fails_the_run_in_ci_only(tmp_path, ci, closing, status):
    (tmp_path / "test_skips.py").write_text(
        "import pytest\n\ndef test_one(): pass\n\ndef test_two(): pytest.importorskip('nowhere')\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"CI": ci, "COLUMNS": "120"},
        capture_output=True,
        text=True,
    )
    assert (done.stdout.splitlines()[-1].split(" in ")[0], done.returncode) == (closing, status)
