"""A report that was begun and not sent: kept as typed after each page, whatever becomes of the session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex

from evenhand.cases.naming import fresh_name
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.incident import ReportIncident
from evenhand.policy.clock import london_day
from evenhand.web.models import Draft
from evenhand.web.reporting.asked import PAGES, Asked
from evenhand.web.steps.typed import Typed, parts_of_day

PAGE = "/report/"
"""Under which a report's draft is kept; each colleague has one at a time."""

OF_ITSELF = ("name", "key", "at", "when", f"{ReportIncident.name}:happened_on", f"{ReportIncident.name}:channel")
"""What is kept of a report though its writer has said nothing yet."""


@dataclass(frozen=True)
class Begun:
    """What was typed so far. Fields of steps are kept as `<step>:<field>`; what has no colon is the journey's own.

    Of its own are `name` (of the incident file to be), `key` (so that it is sent once), `ticks`, `when`, `find`,
    `same` (a report it turned out to be the same as), `sent` (the file it was sent to) and `done` (the steps taken).
    """

    typed: Typed
    saved_at: datetime | None = None

    @classmethod
    def fresh(cls, day: date) -> Begun:
        """Nothing typed yet."""
        return cls({"name": [fresh_name("incident", day)], "key": [token_hex(16)]})

    @classmethod
    def kept_by(cls, staff: str) -> Begun | None:
        """What a colleague has begun, or None."""
        found = Draft.objects.filter(staff=staff, page=PAGE).first()
        return cls(found.data, found.saved_at) if found else None

    def keep(self, staff: str, at: datetime) -> None:
        """Keeps it, in place of what was kept before."""
        Draft.objects.update_or_create(staff=staff, page=PAGE, defaults={"data": dict(self.typed), "saved_at": at})

    def own(self, name: str) -> str:
        """One of the journey's own words, or ''."""
        return next(iter(self.typed.get(name, ())), "")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet: what a page starts from by itself, as the day, says nothing."""
        said = (texts for name, texts in self.typed.items() if not name.startswith(OF_ITSELF))
        return not any(text.strip() for texts in said for text in texts)

    @property
    def ticks(self) -> frozenset[str]:
        return frozenset(self.typed.get("ticks", ()))

    @property
    def done(self) -> frozenset[str]:
        return frozenset(self.typed.get("done", ()))

    def of(self, step: type[StepData]) -> dict[str, list[str]]:
        """What was typed for one step, by field."""
        start = f"{step.name}:"
        return {name.removeprefix(start): list(texts) for name, texts in self.typed.items() if name.startswith(start)}

    def says(self, field: str) -> bool:
        """Whether a box of the report itself is ticked."""
        return self.of(ReportIncident).get(field) == ["yes"]

    def with_own(self, **words: Iterable[str]) -> Begun:
        """The same with some of the journey's own words changed; none takes one away."""
        texts = {name: list(given) for name, given in words.items()}
        return Begun({name: list(found) for name, found in {**self.typed, **texts}.items() if found}, self.saved_at)

    def with_typed(self, step: type[StepData], fields: Iterable[str], typed: Mapping[str, list[str]]) -> Begun:
        """The same with a page's answers in place of what stood there before."""
        own = tuple(fields)
        kept = {name: texts for name, texts in self.typed.items() if not _is_of(name, step, own)}
        new = {
            f"{step.name}:{name}": texts for name, texts in typed.items() if _is_of(f"{step.name}:{name}", step, own)
        }
        return Begun({**kept, **new}, self.saved_at)


def _is_of(name: str, step: type[StepData], fields: tuple[str, ...]) -> bool:
    """Whether a name belongs to one of some fields: itself, a part of its day, or a field within it."""
    return any(
        name == whole or name.startswith((f"{whole}-", f"{whole}."))
        for whole in (f"{step.name}:{field}" for field in fields)
    )


def answered(begun: Begun, page: Asked, posted: Mapping[str, Iterable[str]], day: date) -> Begun:
    """What was typed so far with what was posted on a page on some day, as typed."""
    post = {name: [text.replace("\0", "") for text in texts] for name, texts in posted.items()}  # nothing keeps a NUL
    match page.name:
        case "who":
            begun = begun.with_own(find=post.get("find", []))
        case "what":
            begun = begun.with_own(when=["other"] if _names_a_day(begun, post) else post.get("when", []))
            post = _with_day(begun, post, day)
        case "more":
            begun = begun.with_own(ticks=post.get("ticks", []))
        case "same":
            begun = begun.with_own(same=post.get("same", []))
    return begun.with_typed(page.step, page.fields, post)


def _names_a_day(begun: Begun, post: Mapping[str, list[str]]) -> bool:
    """Whether a day was typed that did not stand there before: it counts, though 'Today' was left chosen."""
    typed = parts_of_day(post, "happened_on")
    return any(part.strip() for part in typed) and typed != parts_of_day(begun.of(ReportIncident), "happened_on")


def _with_day(begun: Begun, post: dict[str, list[str]], day: date) -> dict[str, list[str]]:
    """Today and yesterday are kept as the day they were when chosen: a draft may lie until tomorrow."""
    ago = {"today": 0, "yesterday": 1}.get(begun.own("when"))
    if ago is None:
        return post
    kept = {name: texts for name, texts in post.items() if not name.startswith("happened_on")}
    return {**kept, "happened_on": [str(day - timedelta(days=ago))]}


def park(staff: str, name: str, posted: Mapping[str, Iterable[str]], at: datetime) -> bool:
    """Keeps what was posted on a page without being signed in, as its author's; whether there is such a page."""
    page = next((one for one in PAGES if one.name == name), None)
    if page is None:
        return False
    day = london_day(at)
    answered(Begun.kept_by(staff) or Begun.fresh(day), page, posted, day).with_own(at=[name]).keep(staff, at)
    return True


def forget(staff: str) -> None:
    """Throws away what a colleague has begun."""
    Draft.objects.filter(staff=staff, page=PAGE).delete()
