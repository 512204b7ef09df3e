"""`docs/policy-trace.md`: each clause with everything that serves it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from evenhand.casework.storytext import Node, composed
from evenhand.docs.markdown import bullets, page
from evenhand.policy.edition import Edition

Served = Mapping[str, list[str]]
"""By clause, what serves it."""

INTRODUCTION = (
    "What stands behind each clause: the numbers and lists that the edition sets under it, what is asked and owed at",
    "which step, the scenarios that expect it, and the tests that name it.",
)
EXPECTED = ("refused", "warned", "owed", "due", "overdue")
TABLES = (
    "periods", "reviews", "remedies", "behaviours", "topics", "questions", "flags", "letters", "duties", "retention",
)  # fmt: skip


def trace_document(edition: Edition, root: Path) -> str:
    """Every clause of the edition in order; scenarios and tests are looked for under `root`."""
    stories, tests = stories_by_clause(edition, root), tests_by_clause(root)
    return page(
        f"Policy trace ({edition.id})",
        INTRODUCTION,
        *(_clause(clause, text, edition, stories, tests) for clause, text in edition.clauses.items()),
    )


def _clause(clause: str, text: str, edition: Edition, stories: Served, tests: Served) -> Iterator[str]:
    yield f"## {clause}"
    yield ""
    yield text
    yield ""
    yield from bullets("Settings", _settings(clause, edition))
    yield from bullets("Checks", _asked(clause, edition, owed=False))
    yield from bullets("Duties", _asked(clause, edition, owed=True))
    yield from bullets("Scenarios", (f"`{name}`" for name in stories.get(clause, [])))
    yield from bullets("Tests", tests.get(clause, []))


def _settings(clause: str, edition: Edition) -> Iterator[str]:
    for table in TABLES:
        rows: Mapping[str, BaseModel] = getattr(edition, table)
        named = [f"`{name}`" for name, row in rows.items() if getattr(row, "clause", "") == clause]
        if named:
            yield f"{table} {', '.join(named)}"
    for table in ("ladder", "appeals", "scope"):
        if getattr(edition, table).clause == clause:
            yield table


def _asked(clause: str, edition: Edition, *, owed: bool) -> Iterator[str]:
    """Each check or duty cited under a clause, with the steps that ask it and how hard."""
    steps: dict[str, list[str]] = defaultdict(list)
    for name, step in edition.steps.items():
        for line in step.gate:
            if line.clause == clause and (line.duty is not None) is owed:
                steps[line.check or line.duty or ""].append(name if owed else f"{name}, {line.force.value}")
    yield from (f"`{name}` ({'; '.join(dict.fromkeys(asked))})" for name, asked in sorted(steps.items()))


def stories_by_clause(edition: Edition, root: Path) -> Served:
    """The scenarios under this edition that expect a clause, by clause."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "scenarios").rglob("*.yaml")):
        story = composed(str(path), path.read_bytes())
        if story.at("edition").text == edition.id:
            for clause in sorted(set(_expected(story))):
                found[clause].append(path.relative_to(root / "scenarios").as_posix())
    return found


def _expected(story: Node) -> Iterator[str]:
    for line in story.at("story").items:
        expected = line.keys.get("expect", line).keys
        for key in EXPECTED:
            if key in expected:
                yield from (item.text for item in expected[key].items)


def tests_by_clause(root: Path) -> Served:
    """The tests that name a clause: in their name (`clause_4_2`), their docstring, or as a word of their own."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        named: dict[str, int] = defaultdict(int)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for clause in _clauses_in(node):
                    named[clause] += 1
        for clause, count in named.items():
            tests = "1 test" if count == 1 else f"{count} tests"
            found[clause].append(f"`{path.relative_to(root).as_posix()}` ({tests})")
    return found


def _clauses_in(test: ast.FunctionDef) -> set[str]:
    named = {match.replace("_", ".") for match in re.findall(r"clause_(\d+_\d+)", test.name)}
    words = [node.value for node in ast.walk(test) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    says = ast.get_docstring(test) or ""
    return named | {word for word in words if CLAUSE.fullmatch(word)} | set(CLAUSE.findall(says))


CLAUSE = re.compile(r"\b[1-7]\.\d{1,2}\b")
