"""The pages of a report: what each asks, in plain words, and when it comes at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.incident import MakeSafe, RecordInjury, ReportIncident, ReportToPolice

if TYPE_CHECKING:
    from evenhand.web.reporting.journey import Journey

Labels = Mapping[str, tuple[str, str]]
"""Field -> label and hint, where the step's own would not do on a page that asks one thing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One page: its name in the address, its question, and the fields of a step that answer it."""

    name: str
    title: str
    step: type[StepData]
    fields: tuple[str, ...]
    comes: Callable[[Journey], bool]
    lead: str = ""
    labels: Labels | None = None

    @property
    def template(self) -> str:
        """The template of the page; most are drawn alike."""
        own = self.name if self.name in ("who", "what", "kind", "more", "same") else "page"
        return f"web/incidents/{own}.html"


TICKS: Mapping[str, tuple[str, str]] = {
    "safe": ("We did something at once to keep people safe", "Left the place, stopped work, warned others."),
    "hurt": ("Somebody is hurt", "Shock and distress count too."),
    "police": ("The police were called", ""),
    "not_seen": ("I did not see or hear it myself", "Somebody told me of it, or I came upon it later."),
    "behalf": ("I am reporting this for somebody else", "A colleague, or a contractor who has no sign-in."),
    "others": ("Somebody else was affected or saw it", ""),
    "aimed": ("It was about somebody's race, sex, disability, faith or the like", "It was aimed at who they are."),
}  # fmt: skip
"""What most reports do not need: each tick brings its own questions, and only then."""

EXAMPLES: Mapping[str, str] = {
    "abusive": "Swearing at somebody, insults, shouting them down.",
    "aggressive": "Standing too close, banging on a counter, throwing things.",
    "threatening": "'I know where you park', a raised fist, a dog let loose on purpose.",
    "inappropriate": "Remarks about somebody's body, unwanted touching, filming to upset.",
    "unreasonable_demands": "Many calls a day, answers wanted within the hour, only one named person will do.",
    "online_trolling": "Mocking or hounding somebody in posts and comments.",
    "naming_colleagues_online": "A name, a picture or a workplace put online.",
    "other": "None of these, or you are not sure. Whoever reads it will sort it out.",
    "out_of_scope_refusal": "We said where the matter belongs, and it keeps coming back as a complaint.",
    "parallel_complaints": "The same matter with us, a councillor and the Ombudsman at once.",
    "refusal_to_cooperate": "Will not say what happened, or will not let us look.",
    "false_allegations": "Says things of a colleague that they know did not happen.",
    "shifting_scope": "New points each time an answer is near.",
    "persistence_without_new_evidence": "The answer was final, and the same letter comes again.",
}
"""What kinds of conduct look like, for somebody who has not read the policy. A kind that is not here has no example."""


def _always(_: Journey) -> bool:
    return True


def _ticked(tick: str) -> Callable[[Journey], bool]:
    return lambda journey: tick in journey.begun.ticks


PAGES: tuple[Asked, ...] = (
    Asked(
        "who",
        "Who was it about, or where?",
        ReportIncident,
        ("subject_description", "where", "home"),
        _always,
        labels={
            "subject_description": ("If you do not know who it was", "What you saw of them, or how they signed."),
            "where": ("Where it was", "Leave this out if you have said who it was and the place does not matter."),
        },
    ),
    Asked("what", "What happened?", ReportIncident, ("what_happened", "words_said", "happened_on", "channel"), _always),
    Asked(
        "kind",
        "What kind of thing was it?",
        ReportIncident,
        ("behaviours", "between_customers"),
        _always,
        "Tick as many as fit, or none if you are not sure.",
        {
            "behaviours": ("Kinds of conduct", ""),
            "between_customers": ("It was between customers", "Not towards us or our contractors."),
        },
    ),
    Asked(
        "amount",
        "How much, how often?",
        ReportIncident,
        ("volume", "impact", "topic"),
        lambda journey: journey.is_about_amount,
        "Roughly is fine, and you can leave out what you do not know.",
    ),
    Asked(
        "between",
        "Who was the other customer?",
        ReportIncident,
        ("other_customer",),
        lambda journey: journey.begun.says("between_customers"),
        "Leave this out if you do not know.",
    ),
    Asked("more", "Do any of these apply?", ReportIncident, (), _always),
    Asked(
        "safe",
        "What was done to keep people safe?",
        MakeSafe,
        ("actions", "what", "until"),
        _ticked("safe"),
        "Call 999 first if anyone is still in danger.",
    ),
    Asked(
        "injury",
        "Who is hurt, and how?",
        RecordInjury,
        ("person", "what", "absent_from", "days_absent"),
        _ticked("hurt"),
    ),
    Asked(
        "police",
        "What do the police know?",
        ReportToPolice,
        ("emergency", "force", "reference", "reported_on", "what"),
        _ticked("police"),
        "Call 999 if anyone is in danger now. The reference can be added later.",
    ),
    Asked(
        "behalf",
        "For whom are you reporting this?",
        ReportIncident,
        ("reporter", "reporter_name"),
        _ticked("behalf"),
        labels={
            "reporter": ("A colleague", "They will find it among their own reports."),
            "reporter_name": (
                "Or somebody without a sign-in",
                "Their name, and whom they work for, or that they gave none.",
            ),
        },
    ),
    Asked(
        "others",
        "Who else was affected, or saw it?",
        ReportIncident,
        ("affected", "witnesses"),
        _ticked("others"),
    ),
    Asked(
        "aimed",
        "What was it aimed at?",
        ReportIncident,
        ("characteristic",),
        _ticked("aimed"),
        labels={"characteristic": ("It was about somebody's", "As it seemed to them, or to you.")},
    ),
    Asked(
        "same",
        "Is it one of these?",
        ReportIncident,
        (),
        lambda journey: bool(journey.near),
    ),
)  # fmt: skip
