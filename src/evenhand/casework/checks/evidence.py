"""Checks on what a decision says and rests on: reasons, evidence, impact (clauses 2.2 and 2.3)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from evenhand.casework.case import CaseFile
from evenhand.casework.checks.measure import bound_by
from evenhand.casework.entry import AnyEntry, File, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.privacy import is_privileged, privileged_among
from evenhand.casework.steps.appeal import DecideAppeal
from evenhand.casework.steps.casefacts import AddEvidence, RecordContact
from evenhand.casework.steps.decision import Measure
from evenhand.casework.steps.incident import AddStatement, ReportIncident, Volume
from evenhand.casework.steps.notice import RecordBreach, ReviewSanction
from evenhand.casework.steps.person import AnswerQuestion
from evenhand.casework.wording import listed, plain_day
from evenhand.policy.findings import Verdict, met, not_met

Shown = AddEvidence | AddStatement | ReportIncident | RecordContact | RecordBreach
"""What may be cited to show conduct."""
PRIVILEGED = "The customer is told what a decision rests on, and legal advice shown to them may be privileged no more."


class Reasoned(Protocol):
    """A decision that gives its reasons."""

    @property
    def reasons(self) -> str | None: ...


def reasons_given(draft: Reasoned) -> Verdict:
    """Does the decision give its reasons? (clauses 2.3 and 5.2)"""
    if draft.reasons:
        return met("Reasons are given.")
    return not_met("No reasons are given: say why, in words the person can understand.")


def due_regard_noted(draft: Measure | ReviewSanction | DecideAppeal) -> Verdict:
    """Does the decision say how the equality duty was weighed? (clause 6.5)"""
    if draft.due_regard:
        return met("It is noted how the equality duty was weighed.")
    return not_met(
        "It is not noted how the equality duty was weighed for this decision: say it in two or three sentences."
    )


def evidence_cited(facts: Facts, measure: Measure, *, at_least: int = 1, first_hand: bool = True) -> Verdict:
    """Does the measure cite dated evidence of this person's conduct, seen or heard at first hand? (clause 2.3)"""
    if kept := privileged_among(facts, measure.evidence):
        return not_met(f"{PRIVILEGED} Leave out {kept}, and cite what shows the conduct itself.")
    faults = [fault(facts, ref, bound_by(facts, measure), first_hand) for ref in dict.fromkeys(measure.evidence)]
    sound = faults.count("")
    if sound >= at_least:
        return met("It rests on a dated first-hand account." if first_hand else "It rests on dated evidence.")
    if not faults:
        return not_met("Nothing is cited that shows what happened: name a dated report or piece of evidence.")
    wrong = "; ".join(words for words in faults if words)
    lacking = f"It needs {at_least} and cites {sound} that can count" if sound else "Nothing cited can count"
    return not_met(f"{lacking}{': ' if wrong else ''}{wrong}.")


def fault(facts: Facts, ref: str, who: str, first_hand: bool) -> str:
    """Why something cited does not count, or '' where it does."""
    entry = facts.entry(ref)
    if entry is None or not isinstance(entry.data, Shown):
        return f"{ref} is not, or no longer, something that shows conduct"
    if is_privileged(entry.data):
        return f"{_called(entry)} is privileged legal advice"
    day = dated(entry.data)
    if day is None:
        return f"{_called(entry)} does not say which day it is from"
    if day > facts.day:
        return f"{_called(entry)} is from a later day than this decision"
    if first_hand and not getattr(entry.data, "first_hand", True):
        return f"{_called(entry)} is hearsay"
    if not who or shown_by(facts, entry) != who:
        return f"{_called(entry)} is not about the conduct of this person"
    if _is_right_used(facts, entry.data):
        return f"{_called(entry)} shows the use of a right, which is never misconduct"
    return ""


def _is_right_used(facts: Facts, data: Shown) -> bool:
    """Whether it shows no more than somebody using a right, or in touch on something essential."""
    if isinstance(data, AddEvidence):
        return data.about_protected is not None
    return isinstance(data, RecordContact | RecordBreach) and data.topic in facts.edition.essential_topics


_CALLED = {AddEvidence: "the evidence", ReportIncident: "the report", AddStatement: "the statement"}


def _called(entry: AnyEntry) -> str:
    return f"{_CALLED.get(type(entry.data), 'the record')} entered on {plain_day(entry.taken_on)}"


def dated(data: Shown) -> date | None:
    """The day that something cited speaks of."""
    if isinstance(data, AddEvidence):
        return data.dated
    if isinstance(data, AddStatement):
        return data.made_on
    return data.contact_on if isinstance(data, RecordContact) else data.happened_on


def shown_by(facts: Facts, entry: AnyEntry) -> str:
    """Whose conduct something cited shows, or '' where that is not known."""
    data, file = entry.data, facts.files[file_of(entry.ref)]
    if isinstance(data, RecordBreach):
        sanctions = file.sanctions if isinstance(file, CaseFile) else {}
        return sanctions[data.sanction].subject if data.sanction in sanctions else ""
    if isinstance(data, ReportIncident):
        return data.subject or ""
    if isinstance(data, AddEvidence) and (data.author or data.incident):
        incident = facts.files.get(data.incident or "")
        return data.author or (incident.subject if incident else "")
    return file.subject


def person_identified(facts: Facts, measure: Measure) -> Verdict:
    """Is it known, and said how, that this person did what is cited? (clause 2.3)"""
    if not bound_by(facts, measure):
        return not_met("It is not known who did this: nobody can be sanctioned until they are identified.")
    cited = [entry for ref in measure.evidence if (entry := facts.entry(ref)) is not None]
    unsure = [f"{_called(entry)} {lacks}" for entry in cited if (lacks := _unsure(facts, entry))]
    if unsure:
        return not_met(f"It is not certain whose conduct this was: {'; '.join(unsure)}.")
    return met("The person is identified.")


def _unsure(facts: Facts, entry: AnyEntry) -> str:
    data = entry.data
    if not shown_by(facts, entry):
        return "does not name the person"
    if not isinstance(data, AddEvidence) or data.kind != "post_online":
        return ""
    asked = (
        (data.author, "who wrote it"),
        (data.how_known, "how that is known"),
        (data.address, "its web address"),
        (data.captured_at, "when it was captured"),
    )
    missing = [says for given, says in asked if not given]
    return f"was online and does not say {listed(missing)}" if missing else ""


def impact_described(facts: Facts) -> Verdict:
    """Is it recorded how much came in, and how often, where demands are called unreasonable? (clause 2.2)"""
    volumes = [incident.report.data.volume for incident in facts.incidents if incident.report is not None]
    volumes += [entry.data.volume for file in _files(facts) for entry in file.all(AddEvidence)]
    if any(map(_says_how_much, volumes)):
        return met("The number and regularity of the contacts are recorded.")
    contacts = (entry.data for file in _files(facts) for entry in file.all(RecordContact))
    if sum(contact.count for contact in contacts if contact.direction == "in" and contact.contact_on) > 1:
        return met("The contacts are recorded one by one or counted.")
    return not_met("It is not recorded how much came in, how often and over which time: count the contacts.")


def _files(facts: Facts) -> Iterable[File]:
    return (facts.file, *facts.incidents, facts.person.file)


def _says_how_much(volume: Volume | None) -> bool:
    return volume is not None and (volume.contacts is not None or bool(volume.requests))


def question_answered(
    facts: Facts, *, question: str, counts: tuple[str, ...] = ("yes",), asked_of: tuple[str, ...] = ()
) -> Verdict:
    """Is a question that the landlord asks answered, by one of those who may answer it, in a way that counts?"""
    asked = facts.edition.questions.get(question)
    text = asked.text if asked else question
    given = [
        e for file in (facts.file, facts.person.file) for e in file.all(AnswerQuestion) if e.data.question == question
    ]
    if not given:
        return not_met(f"This is not answered yet: {text}")
    last = max(given, key=lambda entry: entry.recorded_at)
    if asked_of and facts.edition.held(facts.registers.roles_of(last.by, last.taken_on), asked_of) is None:
        titles = [facts.edition.roles[role].title for role in asked_of if role in facts.edition.roles]
        return not_met(f"This must be answered by {listed(titles, 'or')}: {text}")
    if last.data.answer.casefold() not in {answer.casefold() for answer in counts}:
        return not_met(f"The answer given is '{last.data.answer}', and it must be {listed(counts, 'or')}: {text}")
    return met(f"Answered '{last.data.answer}': {text}")
