"""`docs/steps.md`: each step, who takes it, what it asks for, and what the policy asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.casework.describing import FieldWords, asked_by, conditions_of, doc_of, fields_in_words
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.docs.markdown import page, table
from evenhand.policy.edition import Edition
from evenhand.policy.shapes import Rule

INTRODUCTION = (
    "Everything a person can do to a file, in the order of use. *Stop* refuses the step, *owe* promises something by a",
    "day, *warn* is shown and kept. Clauses are those of the edition. A field is needed only where it says so:",
    "what a clause requires is refused under that clause.",
)


def steps_document(edition: Edition) -> str:
    """Every step that the edition offers."""
    offered = [step for name, step in STEPS.items() if name in edition.steps]
    return page(f"Steps ({edition.id})", INTRODUCTION, *(_step(step, edition) for step in offered))


def _step(step: type[StepData], edition: Edition) -> Iterator[str]:
    rule = edition.steps[step.name]
    yield f"## {rule.title}: `{step.name}`"
    yield ""
    yield doc_of(step)
    yield ""
    yield f"- **By**: {', '.join(edition.roles[role].title for role in rule.roles)}"
    yield f"- **On**: {', '.join(step.files)}"
    if step.starts:
        yield f"- **May start**: {', '.join(step.starts)}"
    if step.correctable:
        yield f"- **Can be corrected**: {', '.join(step.correctable)}"
    yield ""
    yield from table(("Field", "Written as", "Asks"), (_row(field) for field in fields_in_words(step)))
    yield from table(("Force", "Clause", "Asks", ""), (_line(line, edition) for line in rule.gate))


def _row(field: FieldWords) -> tuple[str, str, str]:
    needed = " (needed)" if field.is_needed else ""
    says = ". ".join(part.rstrip(".") for part in (field.label, field.hint) if part)
    return f"`{field.name}`", field.type + needed, says


def _line(line: Rule, edition: Edition) -> tuple[str, str, str, str]:
    asks = asked_by(line) or edition.duties[line.duty or ""].title
    return line.force.value, line.clause, f"`{line.check or line.duty}`{conditions_of(line)}", asks
