"""Whether an entry says enough to stand for what a duty or a decision asks of it (clauses 1.5, 4.2, 4.14 and 6.4).

Predicates on the data of one entry alone: the checks of a gate and the discharge of a duty ask the same thing.
"""

from collections.abc import Mapping

from evenhand.casework.steps.assessment import (
    AssessConduct,
    AssessEquality,
    ConductAnswer,
    ConsiderConversation,
    RecordAgencyAnswer,
)
from evenhand.casework.steps.casefacts import RecordAccount
from evenhand.casework.steps.incident import RecordConversation
from evenhand.casework.wording import listed
from evenhand.policy.shapes import Question


def equality_lacks(data: AssessEquality, form: str) -> list[str]:
    """What an equality assessment lacks for the form needed, `short` or `full`; each as the end of a sentence."""
    missing = [says for given, says in _asked(data, form) if not given]
    faults = (
        (form == "full" and data.form == "short", "is the short form, and the full one is needed"),
        (data.characteristic == "not_asked", "did not ask about protected characteristics: ask"),
        (bool(missing), f"does not say {listed(missing)}"),
        (
            _may_be_linked(data, form) and not (data.legitimate_aim and data.still_proportionate),
            "leaves a link to a protected characteristic open, and does not say what the aim is, or why it is fair",
        ),
        (data.conclusion == "no_sanction", "concludes that nothing should be imposed"),
    )
    return [says for wrong, says in faults if wrong]


def _may_be_linked(data: AssessEquality, form: str) -> bool:
    """Linked, or for the full form not known to be free of a characteristic that the person has or may have."""
    if data.linked_to_conduct == "unclear":
        return form == "full" and data.characteristic in ("known", "suspected")
    return data.linked_to_conduct == "yes"


def _asked(data: AssessEquality, form: str) -> list[tuple[object, str]]:
    short: list[tuple[object, str]] = [
        (data.characteristic, "whether there is a protected characteristic"),
        (data.details or data.asked_customer, "what is known, or how the person was asked"),
        (data.linked_to_conduct, "whether the conduct comes from it"),
        (data.effect, "what the decision would do to the person"),
    ]
    if form == "short":
        return short
    return [
        *short,
        (data.household, "who else in the household would feel it"),
        (data.vulnerabilities, "what makes them vulnerable"),
        (data.outside_support, "which support from outside there is"),
        (data.adjustments_tried, "which adjustments were tried"),
        (data.alternatives, "which gentler ways there are"),
    ]


def conduct_lacks(questions: Mapping[str, Question], data: AssessConduct) -> list[str]:
    """What an assessment of conduct lacks: questions without answer, reasons or sources, and the agencies asked."""
    asked = {code: question.text for code, question in questions.items() if question.set == "conduct"}
    missing = [text for code, text in asked.items() if not _is_answered(data.answers.get(code))]
    return missing if data.agencies_consulted else [*missing, "Which agencies were asked, or why were none?"]


def _is_answered(answer: ConductAnswer | None) -> bool:
    return answer is not None and bool(answer.reasons and answer.sources)


def conversation_is_enough(data: ConsiderConversation | RecordConversation) -> bool:
    """Whether a talk was held on a day, was offered and declined, or would not have been right for a reason given."""
    if data.outcome == "held":
        return data.held_on is not None
    return data.outcome == "offered_and_declined" or (data.outcome == "not_appropriate" and bool(data.reasons))


def account_is_enough(data: RecordAccount) -> bool:
    """Whether the person gave their side in words or did not want to, or gave no reply to a way of asking on record."""
    needed = {"replied": data.account, "declined": "declined", "no_reply": data.attempt}
    return bool(needed[data.outcome])


def agency_answer_is_enough(data: RecordAgencyAnswer) -> bool:
    """Whether an agency's answer is there in words, or what else became of the question."""
    return data.outcome != "replied" or bool(data.reply)
