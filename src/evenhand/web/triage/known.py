"""What is known already of the person a report is about, as far as the viewer may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evenhand.cases.seeing import Viewer
from evenhand.casework.case import CaseFile
from evenhand.casework.facts import Facts
from evenhand.casework.incident import IncidentFile
from evenhand.casework.stages import RUNNING
from evenhand.casework.wording import listed
from evenhand.policy.clock import add_months
from evenhand.web.steps.titles import code_title
from evenhand.web.triage.pot import titles

LATELY = 6
"""Months for which a complaint counts as lately made."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is known: its words, what stands beside it, and the file it is on ('' for one without a page)."""

    title: str
    note: str = ""
    kind: str = ""
    name: str = ""


@dataclass(frozen=True)
class Known:
    """What is known; every part is empty where nobody is named. `seen` holds the files the viewer may be shown."""

    facts: Facts
    viewer: Viewer
    seen: frozenset[str]

    @property
    def day(self) -> date:
        return self.facts.day

    @cached_property
    def cases(self) -> list[CaseFile]:
        """Open cases about the person, newest first."""
        running = (case for case in self.facts.person.cases if case.state in RUNNING | {"opened"})
        return sorted(
            (case for case in running if case.name in self.seen), key=lambda case: str(case.opened_on), reverse=True
        )

    @property
    def open_cases(self) -> list[Item]:
        return [
            Item(f"Open case since {_day(case.opened_on)}", self._officer(case), "case", case.name)
            for case in self.cases
        ]

    def _officer(self, case: CaseFile) -> str:
        return f"Officer: {self.facts.registers.name(case.officer)}" if case.officer else ""

    @property
    def restrictions(self) -> list[Item]:
        """Measures that bind the person today: every colleague must know of these."""
        live = self.facts.person.live_sanctions(self.day) if self.facts.file.subject else []
        titled = ((code_title(self.facts.edition, "remedies", one.measure.remedy or ""), one) for one in live)
        return [
            Item(title, f"Review by {_day(one.review_by)}" if one.review_by else "", *self._link("case", one.case))
            for title, one in titled
        ]

    @property
    def flags(self) -> list[Item]:
        """Live flags, with what to do."""
        live = self.facts.person.live_flags(self.day) if self.facts.file.subject else []
        return [
            Item(listed(self._measures(flag.control_measures)) or "Flag", "", *self._link("flag", flag.name))
            for flag in live
        ]

    def _measures(self, codes: tuple[str, ...]) -> Iterator[str]:
        return (code_title(self.facts.edition, "control_measures", code) for code in codes)

    @property
    def needs(self) -> list[Item]:
        """What the person needs, known or suspected."""
        needs = self.facts.person.file.needs if self.facts.file.subject else []
        return [
            Item(
                code_title(self.facts.edition, "needs", need.data.need or ""), need.data.details or need.data.certainty
            )
            for need in needs
        ]

    @property
    def complaints(self) -> list[Item]:
        """Complaints made lately, with the colleagues they are about: none of these should decide here (clause 1.5)."""
        since = add_months(self.day, -LATELY)
        made = self.facts.person.file.complaints if self.facts.file.subject else []
        lately = [one.data for one in made if (one.data.received_on or one.taken_on) >= since]
        return [Item(self._complained(one.about), one.what or "") for one in lately]

    def _complained(self, about: tuple[str, ...]) -> str:
        names = listed(self.facts.registers.name(who) for who in about)
        return f"Complained about {names}" if names else "Made a complaint"

    @property
    def reports(self) -> list[Item]:
        """Earlier reports about the person, newest first."""
        about = self.facts.person.incidents if self.facts.file.subject else []
        others = [one for one in about if one.name != self.facts.file.name and one.name in self.seen and one.report]
        others.sort(key=lambda one: str(one.happened_on), reverse=True)
        return [Item(_day(one.happened_on), listed(_kinds(one)), "incident", one.name) for one in others]

    def _link(self, kind: str, name: str) -> tuple[str, str]:
        return (kind, name) if name in self.seen else ("", "")

    @property
    def sections(self) -> list[tuple[str, str, list[Item]]]:
        """Everything under its heading, with what is said where there is nothing."""
        return [
            ("Restrictions in force", "None.", self.restrictions),
            ("Flags: what to do on a visit", "None.", self.flags),
            ("Needs", "None on record. Ask before anything is decided.", self.needs),
            ("Open cases", "None that you may see.", self.open_cases),
            ("Complaints lately", "None on record.", self.complaints),
            ("Earlier reports", "None that you may see.", self.reports),
        ]


def _kinds(file: IncidentFile) -> tuple[str, ...]:
    return titles(file.report.data.behaviours if file.report else ())


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
