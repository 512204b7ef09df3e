"""A colleague's way through a report: which pages come, what is wrong on one, and what is going to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer
from evenhand.casework.facts import Facts
from evenhand.casework.incident import IncidentFile
from evenhand.casework.shape import BadStep, Problem, check_shape, read_draft
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.incident import AddStatement, MakeSafe, RecordInjury, ReportIncident, ReportToPolice
from evenhand.policy.edition import Edition
from evenhand.web.reporting.asked import EXAMPLES, PAGES, Asked
from evenhand.web.reporting.begun import Begun
from evenhand.web.reporting.near import Near, reports_near
from evenhand.web.steps.asking import Asking
from evenhand.web.steps.fields import Field, Option
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.sending import in_plain_words
from evenhand.web.steps.shapes import shapes_of
from evenhand.web.steps.typed import Raw, parts_of_day, raw_from

ONLY_WITH: Mapping[str, str] = {
    name: page.name
    for page in PAGES
    for name in page.fields
    if page.name in ("amount", "between", "behalf", "others", "aimed")
}
"""Fields that count only while their page comes: what was typed there stays in the draft, and is not sent."""


STEPS_OF_TICKS: tuple[tuple[str, str, type[StepData]], ...] = (
    ("safe", "safe", MakeSafe),
    ("hurt", "injury", RecordInjury),
    ("police", "police", ReportToPolice),
)
"""Boxes that bring a step of their own, with the page that asks for it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One step of what is going to be sent, with its data as typed, and the page that asks for it."""

    step: type[StepData]
    data: Raw
    page: str


@dataclass(frozen=True)
class Journey:
    """One colleague's report."""

    viewer: Viewer
    begun: Begun

    @property
    def edition(self) -> Edition:
        return in_force()

    @property
    def name(self) -> str:
        """The name that the incident file will have."""
        return self.begun.own("name")

    @cached_property
    def asking(self) -> Asking:
        """What the forms' choices are made from: a file that has nothing in it yet."""
        viewer, file = self.viewer, IncidentFile(self.name, ())
        facts = Facts(self.edition, viewer.day, viewer.at, viewer.id, file, {}, viewer.registers)
        return Asking(facts, viewer, frozenset())

    @property
    def subject(self) -> str:
        """The customer chosen, or ''."""
        return next(iter(self.begun.of(ReportIncident).get("subject", ())), "")

    @property
    def about(self) -> str:
        """Whom it is about as the pages say it: a customer and their home, else somebody at a home; '' for neither."""
        registers, said = self.viewer.registers, self.begun.of(ReportIncident)
        chosen = registers.customers.get(self.subject)
        home = registers.homes.get((chosen.home or "") if chosen else next(iter(said.get("home", ())), ""))
        if chosen:
            return f"{chosen.name}, {home.address if home else chosen.id}"
        return f"somebody at {home.address}" if home else ""

    @cached_property
    def near(self) -> list[Near]:
        """Reports that could be of the same event; none once this one is sent."""
        return [] if self.begun.own("sent") else reports_near(self.viewer, self.data(ReportIncident), self.name)

    @property
    def is_about_amount(self) -> bool:
        """Whether a kind of conduct was chosen whose trouble is how much there is of it."""
        chosen = self.begun.of(ReportIncident).get("behaviours", ())
        known = (self.edition.behaviours.get(code) for code in chosen)
        return any("impact" in behaviour.triggers for behaviour in known if behaviour)

    @cached_property
    def pages(self) -> list[Asked]:
        """The pages of this report, in their order."""
        return [page for page in PAGES if page.comes(self)]

    def after(self, page: Asked) -> str:
        """The name of the page that follows; the last is 'check'."""
        order = [one.name for one in PAGES]
        later = (one.name for one in self.pages if order.index(one.name) > order.index(page.name))
        return next(later, "check")

    def passed_over(self, page: Asked) -> str:
        """The name of the first page before one that still wants an answer, or ''."""
        earlier = self.pages[: self.pages.index(page)]
        return next((one.name for one in earlier if self.checked(one).all_problems), "")

    def before(self, name: str) -> str:
        """The name of the page that comes before one, or ''."""
        names = [*(page.name for page in self.pages), "check"]
        return names[names.index(name) - 1] if name in names[1:] else ""

    @property
    def reached(self) -> str:
        """The page on which to go on."""
        reached = self.begun.own("at")
        return reached if reached in [*(page.name for page in self.pages), "check"] else self.pages[0].name

    def form(self, page: Asked, more: Iterable[str] = ()) -> StepForm:
        """The form of a page, with what was typed so far; `more` are the lists that want one row more."""
        typed = self.begun.of(page.step)
        return StepForm.posted(page.step, typed, self.asking, more) if typed else StepForm.blank(page.step, self.asking)

    def checked(self, page: Asked) -> StepForm:
        """The form of a page with what is wrong on it."""
        form = self.form(page)
        problems = _problems(page.step, self.data(page.step), self.asking.facts)
        wrong = [in_plain_words(one) for one in problems if _top(one) in page.fields]
        fields = {_top(one) for one in wrong}
        missing = (one for one in self._missing(page) if one.field not in fields)
        return form.with_problems([*wrong, *missing])

    def _missing(self, page: Asked) -> Iterator[Problem]:
        """What a page cannot be left without, because the report would tell nothing or the day has not come."""
        data = self.data(ReportIncident)
        if page.name == "who" and not data.keys() & {"subject", *page.fields}:
            yield Problem("subject_description", "say what you saw of them, or where it was; or find them above.")
        if page.name != "what":
            return
        if not data.keys() & {"what_happened", "words_said"}:
            yield Problem("what_happened", "say what happened, in a few words.")
        if str(data.get("happened_on", "")) > str(self.viewer.day):
            yield Problem("happened_on", "this day is still to come: choose the day it happened.")
        if self.begun.own("when") == "other" and "happened_on" not in data:
            yield Problem("happened_on", "say which day it was; the nearest you remember will do.")

    def fields(self, page: Asked, form: StepForm) -> list[Field]:
        """The fields of a page as it words them; the form leaves out what does not apply."""
        asked = {field.name for field in form.fields}
        drawn = [form.field(name) for name in page.fields if name in asked]
        return [_worded(self._with_me(field), page.labels or {}) for field in drawn]

    def _with_me(self, field: Field) -> Field:
        """Where anybody may be meant, whoever writes this is the likeliest."""
        if field.name not in ("person", "affected"):
            return field
        me = Option(self.viewer.id, "Me", "", self.viewer.id in field.values)
        return replace(field, options=(me, *(one for one in field.options if one.value != self.viewer.id)))

    @property
    def when(self) -> str:
        """How the day was chosen: today, yesterday or other. A draft of yesterday that said 'today' means yesterday."""
        said = self.begun.of(ReportIncident)
        day = "-".join(parts_of_day(said, "happened_on"))
        near = {_dashed(self.viewer.day): "today", _dashed(self.viewer.day - timedelta(days=1)): "yesterday"}
        return near.get(day) or ("other" if day.strip("-") else self.begun.own("when") or "today")

    def data(self, step: type[StepData]) -> Raw:
        """What is going to be sent for a step, as typed."""
        raw = raw_from(shapes_of(step), self.begun.of(step))
        if step is not ReportIncident:
            return raw
        ticks, gone = self.begun.ticks, {page.name for page in PAGES if page.name != "same" and not page.comes(self)}
        gone_with = {"subject_description"} if "subject" in raw else set()  # who it was is known after all
        raw = {name: said for name, said in raw.items() if ONLY_WITH.get(name) not in gone and name not in gone_with}
        said = {"injured": "hurt" in ticks, "police_called": "police" in ticks, "first_hand": "not_seen" not in ticks}
        return {**raw, **said}

    @property
    def parts(self) -> list[Part]:
        """Every step of the report that was not taken yet, the report itself first."""
        first = self._statement if self.same else Part(ReportIncident, self.data(ReportIncident), "what")
        more = [Part(step, self.data(step), page) for tick, page, step in STEPS_OF_TICKS if tick in self.begun.ticks]
        return [part for part in (first, *more) if part.step.name not in self.begun.done]

    @property
    def same(self) -> str:
        """The report that this one turned out to be the same as, or ''."""
        chosen = self.begun.own("same")
        return chosen if chosen in {one.name for one in self.near} or self.begun.own("sent") == chosen else ""

    @property
    def file(self) -> str:
        """The file that the report goes to."""
        return self.same or self.name

    @property
    def _statement(self) -> Part:
        """The same words as a statement on a report that is there already."""
        said: Mapping[str, Any] = self.data(ReportIncident)
        words = "\n\n".join(said[name] for name in ("what_happened", "words_said") if name in said)
        whose = {"person_name": said["reporter_name"]} if "reporter_name" in said else {}
        whose = whose or {"person": said.get("reporter", self.viewer.id)}
        first_hand = {"first_hand": said["first_hand"], "made_on": str(self.viewer.day)}
        return Part(AddStatement, {"words": words, **whose, **first_hand}, "what")


def _problems(step: type[StepData], raw: Raw, facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with the data of a step: its shape, and words that nothing answers to."""
    try:
        check_shape(read_draft(step, raw), facts)
    except BadStep as bad:
        return bad.problems
    return ()


def _top(problem: Problem) -> str:
    return problem.field.partition(".")[0]


def _worded(field: Field, labels: Mapping[str, tuple[str, str]]) -> Field:
    label, hint = labels.get(field.name, (field.label, field.hint))
    return replace(field, label=label, hint=hint)


def kinds_by_clause(field: Field) -> list[tuple[str, list[tuple[str, str, str]], list[str]]]:
    """Kinds of conduct by their clause, each with an example; with those chosen of each clause."""
    known = in_force().behaviours
    groups: dict[str, list[Option]] = {}
    for one in field.options:
        groups.setdefault(known[one.value].clause if one.value in known else "", []).append(one)
    return [
        (
            clause,
            [(o.value, o.title, EXAMPLES.get(o.value, "")) for o in kinds],
            [o.value for o in kinds if o.is_chosen],
        )
        for clause, kinds in groups.items()
    ]


def _dashed(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
