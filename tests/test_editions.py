"""Two further landlords, invented, who between them use everything that an edition can say: data, and no line of code.

Each mechanism has a test that an edition uses it, and a story in which it bites and passes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from evenhand.casework.case import CaseFile
from evenhand.casework.decide import NotOffered, decide
from evenhand.casework.facts import Facts
from evenhand.casework.registers import Registers
from evenhand.casework.scenario import read_story
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.story import Replay, play
from evenhand.casework.vocabulary import VOCABULARY
from evenhand.policy import parsing
from evenhand.policy.edition import Edition
from evenhand.policy.faults import BadPolicy

EDITIONS = Path(__file__).parent / "editions"
STORIES = EDITIONS / "stories"
HARBOURSIDE, GLENMORE = "harbourside-2024-04", "glenmore-2023-09"
Uses = Callable[[Edition], object]


@cache
def load(path: Path) -> Edition:
    return parsing.load(path, VOCABULARY)


def edition(name: str) -> Edition:
    return load(EDITIONS / f"{name}.toml")


@cache
def replayed(story: str) -> Replay:
    path = STORIES / story
    return play(read_story(story, path.read_bytes(), lambda name: load((path.parent / name).resolve())))


def told() -> list[str]:
    return sorted(str(path.relative_to(STORIES)) for path in STORIES.rglob("*.yaml"))


def gate_asks(step: str, check: str, **settings: object) -> Uses:
    """Whether a gate line of a step asks a check with these settings."""
    return lambda e: any(
        rule.name == check and settings.items() <= dict(rule.settings).items() for rule in e.gates[step]
    )


def measure_of(kind: str) -> Uses:
    return lambda e: any(remedy.kind == kind for remedy in e.remedies.values())


# Each mechanism: the edition that uses it, how that shows in its tables, and the story that tells of it.
MECHANISMS: dict[str, tuple[str, Uses, str]] = {
    # 1. Measures
    "a warning": (HARBOURSIDE, measure_of("warning"), "harbourside/social-worker-asked.yaml"),
    "a restriction": (HARBOURSIDE, measure_of("restriction"), "harbourside/two-heads-decide.yaml"),
    "a court measure": (HARBOURSIDE, measure_of("court"), "harbourside/between-residents.yaml"),
    "a handling rule on our side": (HARBOURSIDE, measure_of("handling"), "harbourside/fifteen-working-days.yaml"),
    "a status on a register": (
        HARBOURSIDE, measure_of("status"), "harbourside/a-letter-where-nothing-changes.yaml"),
    "a tenancy notice that is no court step": (
        GLENMORE, measure_of("tenancy_notice"), "glenmore/four-ways-to-come-back.yaml"),
    "a precondition": (GLENMORE, measure_of("precondition"), "glenmore/four-ways-to-come-back.yaml"),
    "tenures that a measure is for": (
        GLENMORE, lambda e: e.remedies["tenancy_conduct_notice"].tenures, "glenmore/four-ways-to-come-back.yaml"),
    # 2. Who decides
    "any of some roles": (
        HARBOURSIDE, lambda e: len(e.remedies["managed_contact_register"].approvers.any_of) == 2,
        "harbourside/a-letter-where-nothing-changes.yaml"),
    "all of some roles": (
        HARBOURSIDE, lambda e: len(e.remedies["one_contact"].approvers.all_of) == 2,
        "harbourside/two-heads-decide.yaml"),
    "two people of a grade": (
        GLENMORE, lambda e: e.remedies["tenancy_conduct_notice"].approvers.two_of_grade == 4,
        "glenmore/four-ways-to-come-back.yaml"),
    "a body with a quorum": (
        GLENMORE, lambda e: e.bodies["conduct_panel"].quorum == 3, "glenmore/the-panel.yaml"),
    "one named post": (
        HARBOURSIDE, lambda e: e.remedies["injunction"].approvers.post == "head_of_legal",
        "harbourside/between-residents.yaml"),
    "a post relative to the case": (
        HARBOURSIDE, lambda e: e.remedies["read_and_file"].approvers.relative == "director",
        "harbourside/fifteen-working-days.yaml"),
    "consulted but not deciding": (
        HARBOURSIDE, lambda e: e.remedies["one_contact"].approvers.consulted == ("safeguarding_lead",),
        "harbourside/two-heads-decide.yaml"),
    "a sender apart from the decider": (
        HARBOURSIDE, lambda e: e.letters["sanction_notice"].sender_apart, "harbourside/two-heads-decide.yaml"),
    # 3. Review
    "reviews rolling after each review": (
        HARBOURSIDE, lambda e: e.reviews["standard"].counted_from == "last_review",
        "harbourside/a-letter-where-nothing-changes.yaml"),
    "a review with a latest day only": (
        HARBOURSIDE, lambda e: e.reviews["standard"].earliest_months is None,
        "harbourside/a-letter-where-nothing-changes.yaml"),
    "a review on a fixed anniversary": (
        GLENMORE, lambda e: e.reviews["anniversary"].counted_from == "imposed",
        "glenmore/four-ways-to-come-back.yaml"),
    "reviews at fixed meetings": (
        GLENMORE, lambda e: e.reviews["panel_meetings"].meetings, "glenmore/four-ways-to-come-back.yaml"),
    "a review date per decision": (
        GLENMORE, lambda e: e.reviews["day_set_by_panel"].per_decision, "glenmore/four-ways-to-come-back.yaml"),
    "undecided, it stands": (
        HARBOURSIDE, lambda e: e.reviews["standard"].if_undecided == "stands",
        "harbourside/a-letter-where-nothing-changes.yaml"),
    "undecided, it lifts": (
        GLENMORE, lambda e: e.reviews["standard"].if_undecided == "lifts", "glenmore/four-ways-to-come-back.yaml"),
    "undecided, it ends at a cap": (
        HARBOURSIDE, lambda e: e.reviews["our_side"].cap_months == 9, "harbourside/fifteen-working-days.yaml"),
    "who reviews": (
        GLENMORE, lambda e: e.reviews["panel_meetings"].by == ("committee_member",),
        "glenmore/four-ways-to-come-back.yaml"),
    # 4. A landlord's own questions
    "an own question that stops": (
        HARBOURSIDE, gate_asks("propose_sanction", "question_answered", question="social_worker"),
        "harbourside/social-worker-asked.yaml"),
    "who answers an own question": (
        HARBOURSIDE, gate_asks("propose_sanction", "question_answered", asked_of=("case_officer",)),
        "harbourside/social-worker-asked.yaml"),
    "which answers to an own question count": (
        HARBOURSIDE, gate_asks("propose_sanction", "question_answered", counts=("asked", "none known")),
        "harbourside/social-worker-asked.yaml"),
    "an own question that warns": (
        GLENMORE, gate_asks("propose_sanction", "question_answered", question="crime_reference"),
        "glenmore/two-warnings.yaml"),
    # 5. Soft numbers
    "a soft number with a recorded departure": (
        HARBOURSIDE, lambda e: e.periods["notice"].soft, "harbourside/a-letter-where-nothing-changes.yaml"),
    "a soft window for review": (
        HARBOURSIDE, lambda e: e.reviews["standard"].soft, "harbourside/away-from-one-colleague.yaml"),
    "a soft longest term": (
        HARBOURSIDE, lambda e: e.remedies["managed_contact_register"].longest_soft,
        "harbourside/a-letter-where-nothing-changes.yaml"),
    # 6. Scope and routing
    "guests in scope": (
        HARBOURSIDE, lambda e: "guest" in e.scope.subjects, "harbourside/social-worker-asked.yaml"),
    "conduct between residents in scope": (
        HARBOURSIDE, lambda e: not gate_asks("open_case", "not_between_customers")(e),
        "harbourside/between-residents.yaml"),
    "where the rest goes": (
        HARBOURSIDE, lambda e: "visitor" in e.scope.routes, "harbourside/between-residents.yaml"),
    # 7. Ladder
    "two warnings first": (GLENMORE, lambda e: e.ladder.warnings == 2, "glenmore/two-warnings.yaml"),
    "warnings that count once given": (
        GLENMORE, lambda e: e.ladder.counting == "given", "glenmore/two-warnings.yaml"),
    "warnings that count while live": (
        HARBOURSIDE, lambda e: e.ladder.counting == "live", "harbourside/two-heads-decide.yaml"),
    "coded reasons for skipping a warning": (
        GLENMORE, lambda e: "weapon" in e.ladder.skip_reasons, "glenmore/the-panel.yaml"),
    "one step that makes two measures": (
        GLENMORE, lambda e: e.kinds("managed_contact") == {"restriction", "handling"}, "glenmore/the-panel.yaml"),
    # 8. Letters
    "required contents of a letter": (
        GLENMORE, lambda e: "ombudsman" in e.letters["sanction_notice"].parts, "glenmore/no-appeal-inside.yaml"),
    "enclosures of a letter": (
        HARBOURSIDE, lambda e: e.letters["sanction_notice"].enclosures, "harbourside/social-worker-asked.yaml"),
    "a letter's channels": (
        HARBOURSIDE, lambda e: "phone" not in e.letters["sanction_notice"].channels,
        "harbourside/two-heads-decide.yaml"),
    "a letter even where nothing changes": (
        HARBOURSIDE, lambda e: "review_outcome" in e.letters, "harbourside/a-letter-where-nothing-changes.yaml"),
    # 9. Outside bodies
    "outside bodies by nation and subject": (
        GLENMORE, lambda e: {b.nation for b in e.outside.values()} == {"scotland"} and len(e.outside) == 2,
        "glenmore/no-appeal-inside.yaml"),
    # 10. Behaviour codes
    "behaviour codes with triggers": (
        HARBOURSIDE, lambda e: e.behaviours["h5_demands"].triggers == ("impact", "medical_question"),
        "harbourside/a-letter-where-nothing-changes.yaml"),
    # 12. Flags
    "a flag's own window": (
        GLENMORE, lambda e: len({c.latest_months for c in e.flags.values()}) == 3,
        "glenmore/flags-that-start-again.yaml"),
    "a flag that an incident restarts": (
        GLENMORE, lambda e: e.flags["violence"].restarts_on_incident, "glenmore/flags-that-start-again.yaml"),
    "a flag on a place": (
        GLENMORE, lambda e: e.flags["place"].subject == "place", "glenmore/a-dog-and-a-stair.yaml"),
    "a flag on an animal": (
        GLENMORE, lambda e: e.flags["animal"].subject == "animal", "glenmore/a-dog-and-a-stair.yaml"),
    # 13. Appeals
    "what may be appealed": (
        HARBOURSIDE, lambda e: "warning" not in e.appeals.of, "harbourside/social-worker-asked.yaml"),
    "appeals in working days from receipt": (
        HARBOURSIDE, lambda e: e.periods["appeal"].working_days == 15 and e.appeals.counted_from == "notice",
        "harbourside/fifteen-working-days.yaml"),
    "grounds of appeal": (HARBOURSIDE, lambda e: len(e.appeals.grounds) == 4, "harbourside/fifteen-working-days.yaml"),
    "who hears an appeal": (
        HARBOURSIDE, lambda e: e.appeals.officer_role == "appeals_officer", "harbourside/fifteen-working-days.yaml"),
    "an aim for deciding an appeal": (
        HARBOURSIDE, lambda e: e.periods["decide_appeal"].soft, "harbourside/fifteen-working-days.yaml"),
    "no internal appeal": (GLENMORE, lambda e: not e.appeals.internal, "glenmore/no-appeal-inside.yaml"),
    # 14. Warnings
    "warnings of two lives": (
        GLENMORE, lambda e: {r.life_months for r in e.remedies.values() if r.kind == "warning"} == {6, 12},
        "glenmore/two-warnings.yaml"),
    "a lapse that depends on later events": (
        GLENMORE, lambda e: e.remedies["final_warning"].life_restarts_on_breach, "glenmore/two-warnings.yaml"),
    # 15. Calendar
    "another nation's holidays with local days": (
        GLENMORE, lambda e: e.about.extra_holidays and e.about.not_holidays, "glenmore/no-appeal-inside.yaml"),
    # 16. Reach
    "a measure that reaches one person or team": (
        HARBOURSIDE, lambda e: "reach" in e.remedies["away_from_team"].parameters,
        "harbourside/away-from-one-colleague.yaml"),
    "no end date": (
        HARBOURSIDE, lambda e: e.remedies["read_and_file"].open_ended, "harbourside/fifteen-working-days.yaml"),
    "conditional lifting": (
        HARBOURSIDE, lambda e: e.remedies["away_from_team"].lifts_with_condition,
        "harbourside/away-from-one-colleague.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", [HARBOURSIDE, GLENMORE])
def test_edition_reads_without_fault(name: str) -> None:
    assert edition(name).id == name


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_mechanism_is_used_and_told(mechanism: str) -> None:
    name, uses, story = MECHANISMS[mechanism]
    assert uses(edition(name))
    assert replayed(story).story.edition.id == name


@pytest.mark.parametrize("story", told())
def test_story_holds(story: str) -> None:
    replay = replayed(story)
    missed = [
        f"line {played.line.number}: {played.problem or f'{held.key} {held.expected}, seen {held.seen}'}"
        for played in replay.played
        for held in played.expectations
        if not held.holds
    ]
    assert missed == []


def test_every_story_tells_of_a_mechanism() -> None:
    assert sorted({story for _, _, story in MECHANISMS.values()}) == told()


@pytest.mark.parametrize("landlord", ["harbourside", "glenmore"])
def test_landlord_story_bites_and_passes(landlord: str) -> None:
    """Every landlord has at least four stories, and in each something is refused as well."""
    stories = [replayed(story) for story in told() if story.startswith(landlord)]
    assert len(stories) >= 4
    assert [r.story.name for r in stories if not any(held.key == "refused" for held in r.expectations)] == []


# 11. Edition dates


def test_dates_of_an_edition_that_follows_another() -> None:
    about = edition(HARBOURSIDE).about
    assert (about.approved_on, about.review_by, about.supersedes) == (
        date(2024, 4, 8), date(2027, 4, 8), "harbourside-2021-01",
    )  # fmt: skip


def test_dates_of_an_edition_with_a_cadence() -> None:
    about = edition(GLENMORE).about
    assert (about.approved_on, about.review_by, about.review_every_months) == (date(2023, 9, 4), None, 36)


# Floors and clauses


def test_floor_that_glenmore_goes_below_is_named() -> None:
    assert edition(GLENMORE).floors == (
        "floor 'equality assessment before a sanction' applies to approve_sanction: the edition asks less",
    )


def test_floor_that_glenmore_goes_below_refuses_by_its_name() -> None:
    refused = [p for p in replayed("glenmore/the-panel.yaml").played if p.line.expected.get("allowed") == "false"]
    stopping = [
        {finding.citation.clause for finding in played.findings if finding.stops}
        for played in refused
        if played.outcome == "refused" and any(finding.check == "equality_assessed" for finding in played.findings)
    ]
    assert stopping == [{"floor: equality assessment before a sanction"}]


def test_harbourside_goes_below_no_floor() -> None:
    assert edition(HARBOURSIDE).floors == ()


def test_clauses_that_nothing_serves_are_listed() -> None:
    assert edition(HARBOURSIDE).unused_clauses == ("1", "2")
    assert edition(GLENMORE).unused_clauses == ("A3",)


# No internal appeal

APPEAL_STEPS = (ReceiveAppeal, DecideLateAppeal, AssignAppeal, SuspendSanction, DecideAppeal)


def _on_a_case() -> Facts:
    case, at = CaseFile("case-1", ()), datetime(2024, 6, 3, 9, tzinfo=UTC)
    return Facts(edition(GLENMORE), at.date(), at, "ewan", case, {case.name: case}, Registers())


def test_no_internal_appeal_leaves_no_step_duty_or_letter() -> None:
    glenmore = edition(GLENMORE)
    assert [step.name for step in APPEAL_STEPS if step.name in glenmore.steps] == []
    assert [duty for duty in glenmore.duties if "appeal" in duty] == []
    assert [name for name, letter in glenmore.letters.items() if "appeal" in (name, *letter.parts)] == []


def test_no_internal_appeal_says_who_outside_hears_one() -> None:
    with pytest.raises(NotOffered, match="Scottish Public Services Ombudsman"):
        decide(ReceiveAppeal(), _on_a_case())


def test_no_internal_appeal_and_a_step_of_one_is_a_fault() -> None:
    text = (EDITIONS / f"{GLENMORE}.toml").read_text(encoding="utf-8")
    step = '\n[steps.receive_appeal]\ntitle = "Record an appeal"\nroles = ["officer"]\nclause = "D2"\n'
    with pytest.raises(BadPolicy) as caught:
        parsing.parse(text + step, VOCABULARY)
    assert [fault.key for fault in caught.value.faults] == ["steps.receive_appeal"]


# Calendars


@pytest.mark.parametrize(
    ("name", "day", "worked"),
    [
        (GLENMORE, date(2024, 7, 15), False),  # the local fair
        (GLENMORE, date(2024, 12, 2), True),  # St Andrew's Day, kept on a Monday that year, and worked here
        (GLENMORE, date(2024, 1, 2), False),
        (GLENMORE, date(2024, 8, 26), True),
        (HARBOURSIDE, date(2024, 1, 2), True),
        (HARBOURSIDE, date(2024, 8, 26), False),
        (HARBOURSIDE, date(2024, 7, 15), True),
    ],
)
def test_working_days_follow_nation_and_place(name: str, day: date, worked: bool) -> None:
    assert edition(name).calendar.is_working_day(day) is worked


def test_editions_name_only_steps_there_are() -> None:
    assert [step for name in (HARBOURSIDE, GLENMORE) for step in edition(name).steps if step not in STEPS] == []
