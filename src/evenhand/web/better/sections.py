"""The form of a measure in sections: what it needs stands open, what only other measures need is folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.casework.wording import listed
from evenhand.policy.shapes import Kind, Remedy
from evenhand.web.steps.fields import Field
from evenhand.web.steps.form import StepForm

FIRST = ("remedy", "described", "harm", "to_whom", "manager", "subject", "behaviours", "evidence", "reasons")
DAYS = ("starts_on", "ends_on", "review_on", "lifts_when")
WHY = (
    "alternatives", "proportionate_because", "departure_reason", "departure_code", "similar_cases", "obligation",
    "no_obligation_because",
)  # fmt: skip
FAIR = ("equality", "due_regard", "clash_resolved", "assurance_answered")
SKIPPING = ("departure_reason", "departure_code")
"""Why a lower step is skipped: of the first step nobody asks."""
POSSESSION = ("severe_because", "joint_tenants", "ground", "particulars")
SUPPORT = frozenset({"terms.support"})
LIMITS = frozenset({"terms.reach", "terms.reach_name", "terms.handling"})
"""Terms that any measure may say, and those that any may which limits something."""
ASKED_BY = {
    "channels": ("terms.channels_open", "terms.channels_closed", "terms.times_a_week", "terms.call_minutes"),
    "times": ("terms.from_time", "terms.to_time"),
}
"""The terms that a parameter of the catalogue stands for, where they are not called the same."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its title, its fields, and whether it stands open."""

    title: str
    fields: tuple[Field, ...]
    is_open: bool

    @property
    def has_terms(self) -> bool:
        """Whether it asks for terms: a finding about all of them leads to the first such part."""
        return any(one.name.startswith("terms.") for one in self.fields)


def sections(form: StepForm, remedy: Remedy | None) -> list[Section]:
    """The whole form in parts; a folded one that says something, or has something wrong with it, stands open."""
    fields = {one.name: one for one in form.fields}
    terms = {one.name: one for one in fields["terms"].children}
    wanted = _terms_of(remedy)
    court = POSSESSION if remedy is None or not remedy.possession else ()
    is_warning = remedy is not None and remedy.kind is Kind.WARNING
    why = [name for name in WHY if not (is_warning and name in SKIPPING)]
    days = [name for name in DAYS if not (is_warning and name == "ends_on")]
    parts = [
        ("The measure", _named(fields, FIRST), True),
        ("What they may and may not do", _named(terms, [name for name in terms if name in wanted]), remedy is not None),
        ("From when to when", _named(fields, days), True),
        ("Why this one", _named(fields, (*why, *(() if court else POSSESSION))), True),
        ("Fairness to this person", _named(fields, FAIR), True),
        ("Other terms", _named(terms, [name for name in terms if name not in wanted]), False),
    ]
    placed = {one.name for _, part, _ in parts for one in part} | {"terms"}
    rest = tuple(one for name, one in fields.items() if name not in placed)
    parts.append(("Only in some cases", rest, False))
    return [Section(title, part, is_open or any(map(_says, part))) for title, part, is_open in parts if part]


NOW = ("harm", "to_whom", "remedy", "manager", "evidence", "review_on", "subject")


def at_once(form: StepForm, remedy: Remedy | None) -> list[Section]:
    """Urgent action: what has to be said just now, and what the measure chosen needs; all else folded into one part."""
    fields = {one.name: one for one in form.fields}
    wanted, terms = _terms_of(remedy), fields.pop("terms").children
    needed = tuple(one for one in terms if one.name in wanted)
    days = _named(fields, ("ends_on",)) if remedy else ()
    now = _named(fields, NOW)
    placed = {one.name for one in (*now, *days, *needed)}
    rest = tuple(one for one in (*fields.values(), *terms) if one.name not in placed)
    parts = [
        Section("Just now", now, True),
        Section("What they may and may not do", (*needed, *days), True),
        Section("More, if it applies", rest, any(map(_says, rest))),
    ]
    return [part for part in parts if part.fields]


def varying(form: StepForm, outcome: str, more: Iterable[str] = ()) -> list[Section]:
    """A decision's form with its new terms folded away, and `more` with them, until its outcome is to vary them."""
    fields = {one.name: one for one in form.fields}
    terms, varies = (*fields.pop("terms").children, *_named(fields, more)), fields["outcome"].value == outcome
    return [
        Section("What you decide", tuple(one for name, one in fields.items() if name not in more), True),
        Section("New terms, where they change", terms, varies or any(map(_says, terms))),
    ]


SHORT = (
    "form", "characteristic", "characteristics", "details", "asked_customer", "linked_to_conduct", "effect",
    "conclusion",
)  # fmt: skip
"""What the short assessment of equality asks; a link to a characteristic asks more."""
LINKED = ("legitimate_aim", "still_proportionate")
WHOM = ("subject", "remedies")


def weighing(form: StepForm) -> list[Section]:
    """An assessment of equality: whom and which measure it is for, folded once both are known; of the short form,
    what only the full one asks is folded away."""
    fields = {one.name: one for one in form.fields}
    named = [option.title for name in reversed(WHOM) for option in fields[name].options if option.is_chosen]
    is_known = all(fields[name].values and not fields[name].errors for name in WHOM)
    whom = Section(f"For: {listed(named)}" if is_known else "What it is for", _named(fields, WHOM), not is_known)
    asked = [name for name in fields if name not in WHOM]
    if fields["form"].value == "short":
        is_linked = fields["linked_to_conduct"].value in ("yes", "unclear")
        asked = [name for name in asked if name in SHORT or (is_linked and name in LINKED)]
    rest = tuple(one for name, one in fields.items() if name not in (*asked, *WHOM))
    parts = [
        whom,
        Section("The questions", _named(fields, asked), True),
        Section("What the full form asks as well", rest, any(map(_says, rest))),
    ]
    return [part for part in parts if part.fields]


def _terms_of(remedy: Remedy | None) -> frozenset[str]:
    if remedy is None:
        return frozenset()
    named = (name for one in remedy.parameters for name in ASKED_BY.get(one, (f"terms.{one}",)))
    return SUPPORT.union(named, () if remedy.kind is Kind.WARNING else LIMITS)


def _named(fields: dict[str, Field], names: Iterable[str]) -> tuple[Field, ...]:
    return tuple(fields[name] for name in names if name in fields)


def _says(field: Field) -> bool:
    """Whether a field holds words or has an error; a choice that starts from something says nothing yet."""
    return any(one.errors or _said(one) for one in _leaves(field))


def _leaves(field: Field) -> Iterator[Field]:
    if field.children:
        for child in field.children:
            yield from _leaves(child)
    else:
        yield field


def _said(field: Field) -> bool:
    if field.kind == "tick":
        return field.value == "yes"
    return field.kind not in ("choice", "select") and any(field.values)
