"""Steps that propose, decide and carry out a measure against somebody's conduct (clauses 4.3 to 4.7)."""

from datetime import time
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from evenhand.casework.steps.base import (
    Behaviour,
    Behaviours,
    Channel,
    ClosableTopic,
    Count,
    Customer,
    Data,
    Day,
    FrontLine,
    Known,
    Manager,
    Name,
    OtherCustomer,
    Points,
    Pounds,
    Remedy,
    Said,
    StepData,
    Subject,
    Tenure,
    TheirChannel,
    ToAssessment,
    Today,
    ToEvidence,
    ToIncident,
    ToSanction,
    Words,
    ask,
    need,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Reach = Literal["person", "team", "service", "subject", "organisation"]


def _by_our_clocks(hour: time) -> time:
    if hour.tzinfo is not None:
        raise ValueError("must be a time by our own clocks, like 14:30, without an offset")
    return hour


Hour = Annotated[time, AfterValidator(_by_our_clocks)]


class Terms(Data):
    """What a measure asks of the person and of us, in a form that a machine can follow (clause 4.5)."""

    channels_open: tuple[TheirChannel, ...] = ask(
        "Ways to reach us that stay open", "Pick those they can really use.", ()
    )
    channels_closed: tuple[Channel, ...] = ask(
        "Ways to reach us that are closed", "Urgent and essential matters stay open whatever you pick here.", ()
    )
    days: tuple[Weekday, ...] = ask("Days they may be in touch", "Leave empty for every day.", ())
    from_time: Hour | None = ask("From", "Like 09:00.")
    to_time: Hour | None = ask("Until", "Like 17:00.")
    times_a_week: Count | None = ask("Times a week", "How often they may be in touch.")
    named_contact: FrontLine | None = ask("Named contact", "The one colleague they deal with.")
    deputy: FrontLine | None = ask("Deputy", "Who answers when the named contact is away.")
    agency: Words | None = ask("Through which agency", "Who speaks for them to us.")
    agency_agreed: bool = ask("The agency has agreed", "Ask them before you rely on them.", default=False)
    offices: tuple[Words, ...] = ask("Offices they may not visit", default=())
    appointment_only: bool = ask("By appointment only", default=False)
    topics_closed: tuple[ClosableTopic, ...] = ask(
        "Subjects we no longer answer", "Essential ones stay open, and so are not in the list.", ()
    )
    call_minutes: Count | None = ask("Minutes a call", "After this we may end a call politely.")
    reach: Reach = ask("How far it reaches", "A person, a team, a service, one subject, or all of us.", "organisation")
    reach_name: Words | None = ask("Which person, team, service or subject", "Not needed where it reaches all of us.")
    allocations_reference: Words | None = ask("Allocations reference", "For a bar on applying for a home.")
    partial: Words | None = ask("What they may still take part in", "For a limit on involvement.")
    undertakings: Words | None = ask("What each side promises", "For a contract: their side and ours.")
    support: Words | None = ask("Support that goes with it", "Who helps them to keep to it.")
    order: Words | None = ask("What the court is asked to order", "In words the person will understand.")
    handling: Words | None = ask("How our side handles it", "For example: read, file, and answer only what is new.")


class Measure(StepData):
    """What every measure must say, however it comes about (clause 4.5)."""

    remedy: Remedy | None = ask("Measure", "Start with the gentlest that could work.")
    described: Words | None = ask("Measure in your own words", "Only for one that is not in the list.")
    subject: Subject | None = ask("Whom it binds", "The person the case is about, unless you name somebody else.")
    binds: tuple[OtherCustomer, ...] = ask(
        "Anybody else it would bind", "Each needs their own evidence and a letter.", ()
    )
    reasons: Words | None = ask("Reasons", "What happened, and why something must be done. The person will read this.")
    behaviours: Behaviours = ask("Kinds of conduct it answers", default=())
    evidence: tuple[Annotated[ToEvidence, Known("reported")], ...] = ask(
        "What shows it", "Dated, and seen or heard at first hand.", ()
    )
    alternatives: tuple[Words, ...] = ask("What else you thought of", "And why each would not do.", ())
    proportionate_because: Words | None = ask("Why this one is fair", "It should do no more than is needed.")
    departure_reason: Words | None = ask("Why no warning comes first", "Only where you skip a lower step.")
    departure_code: Name | None = ask("Kind of reason", "Only where your policy lists the reasons for skipping a step.")
    terms: Terms = ask("Terms", "What exactly they may and may not do.", Terms())
    starts_on: Day | None = ask("First day", "It counts only once they have been told.")
    ends_on: Day | None = ask("Last day", "Everything ends: say when.")
    review_on: Day | None = ask("First review", "The day somebody asks whether it is still needed.")
    lifts_when: Words | None = ask("What would end it early", "Something the person can do.")
    obligation: Words | None = ask("Part of the tenancy or lease", "The obligation that was not kept.")
    no_obligation_because: Words | None = ask("Why none applies", "Then name the standard you rely on.")
    equality: ToAssessment | None = ask("Equality assessment", "The one made for this decision.")
    due_regard: Words | None = ask("Equality duty", "How you weighed it for this decision, in two or three sentences.")
    relies_on: tuple[ToSanction, ...] = ask("Earlier measures it builds on", default=())
    assurance_answered: Words | None = ask("Earlier promise to the person", "Why it does not stand in the way.")
    clash_resolved: Words | None = ask("How their needs are met", "Where a term would clash with a need they have.")


class ProposeSanction(Measure):
    """Propose a measure for somebody else to decide (clause 4.5)."""

    decides: ClassVar[bool] = True

    behaviours: tuple[Annotated[Behaviour, Known("reported")], ...] = ask("Kinds of conduct it answers", default=())
    severe_because: Words | None = ask("Why it is severe", "Where possession comes before everything else was tried.")
    joint_tenants: tuple[Customer, ...] = ask("Joint tenants", "Each one is named and served.", ())
    ground: Words | None = ask("Ground for possession", "As the law numbers it.")
    particulars: Words | None = ask("Particulars", "The facts that make out the ground.")
    guardian: Words | None = ask("Parent or guardian", "For somebody under age.")
    similar_cases: Words | None = ask("What was done in similar cases", "And why this is the same or different.")


class ApproveSanction(StepData):
    """Decide that a proposed measure goes ahead (clause 4.5)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Proposed measure")
    reasons: Words | None = ask("Reasons", "Why you agree, in your own words.")
    departure_accepted: bool | None = ask("You accept skipping a lower step", "Answer only where one is skipped.")
    review_on: Day | None = ask("First review", "Leave empty to keep the day proposed.")
    equality: ToAssessment | None = ask("Equality assessment", "Look again: has anything changed?")
    present: tuple[FrontLine, ...] = ask("Members present", "Where a panel decides.", ())
    minute: Words | None = ask("Minute", "Where the panel's decision is written down.")
    consulted: tuple[FrontLine, ...] = ask("Who was asked for a view", default=())


class DeclineSanction(StepData):
    """Decide that a proposed measure does not go ahead (clause 2.3)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Proposed measure")
    reasons: Words | None = ask("Reasons", "What would be fairer, or what is missing.")


class DecideNoSanction(StepData):
    """Decide that nothing is imposed, and say why (clause 2.3)."""

    decides: ClassVar[bool] = True

    reasons: Words | None = ask("Reasons", "The person and the colleague concerned will be told.")
    equality: ToAssessment | None = ask("Equality assessment", "Where one led you here.")


class TakeUrgentAction(Measure):
    """Act at once where somebody could come to harm (clauses 4.4 and 4.6)."""

    decides: ClassVar[bool] = True

    harm: Words | None = ask("Harm you fear", "What could happen if we waited.")
    to_whom: Words | None = ask("Harm to whom", "A name, or who they are.")
    manager: Manager | None = ask("Manager who took part", "Any manager or deputy you could reach.")


class InstructLegal(StepData):
    """Record that a legal adviser has been instructed (clause 4.6)."""

    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Measure")
    adviser: Said = need("Legal adviser", "The firm or the person.")
    instructed_on: Today | None = ask("Instructed on")
    matter: Words | None = ask("Matter reference", "Theirs, so that you can find each other again.")
    pack: Words | None = ask("What they were sent", "The instruction pack: statements, letters, the tenancy agreement.")
    evidence: tuple[ToEvidence, ...] = ask("Evidence that went with it", default=())
    privileged: bool = ask("It is privileged", "Legal advice stays between us and the adviser.", default=False)
    costs: Words | None = ask("Costs agreed")


class RecordLegalAdvice(StepData):
    """Record what a legal adviser answered, and what it cost (clauses 4.4 and 4.6)."""

    target: ClassVar[str] = "instruction"

    instruction: Annotated[Name, Points("instruction")] | None = ask("What they were asked")
    answered_on: Today | None = ask("Answered on")
    advice: Words | None = ask("What they advise", "As they put it. What you decide on it is a step of its own.")
    privileged: bool = ask(
        "It is privileged", "It stays between us and the adviser: only those who act on it read it.", default=True
    )
    costs: Pounds | None = ask("What it cost", "With VAT, such as 1,250 or 1,250.50.")


class OfferContract(StepData):
    """Offer an acceptable behaviour contract to sign, freely and with support (clause 4.5)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Contract")
    offered_on: Today | None = ask("Offered on")
    terms: Words | None = ask("What each side promises", "Their side and ours, as the contract puts it.")
    support: Words | None = ask("Support offered with it", "Who helps them to keep to it.")
    guardian: Words | None = ask("Parent or guardian", "For somebody under age: who was with them.")
    capacity_considered: Words | None = ask("Understanding what they sign", "How you made sure that they could.")


class RecordContractAnswer(StepData):
    """Record what the person answered to a contract (clause 4.5)."""

    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Contract")
    answer: Literal["signed", "refused", "waiting"] = need("Answer", "Nobody has to sign.")
    answered_on: Today | None = ask("Answered on")
    signed_by: Words | None = ask("Signed by")
    signed_for_us: FrontLine | None = ask("Signed for us by")
    guardian: Words | None = ask("Parent or guardian", "For somebody under age: who signed with them.")


class ServeNoticeSeekingPossession(StepData):
    """Record that notice seeking possession was served on every tenant (clause 4.7)."""

    decides: ClassVar[bool] = True
    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Possession measure")
    tenure: Tenure | None = ask("Kind of tenancy", "Which law the notice falls under hangs on it.")
    ground: Words | None = ask("Ground for possession", "As the law numbers it; each one, where there are several.")
    particulars: Words | None = ask("Particulars", "The facts that make out the ground.")
    incidents: tuple[ToIncident, ...] = ask("Reports the particulars tell of", default=())
    named: Annotated[tuple[Customer, ...], Known("tenants")] = ask("Tenants named in it", "Every joint tenant.", ())
    served: tuple[Customer, ...] = ask("Tenants served", "Each one, not one for all.", ())
    served_on: Today | None = ask("Served on")
    how: TheirChannel | None = ask("How it was served")
    earliest_proceedings_on: Day | None = ask("Court no earlier than")
    lapses_on: Day | None = ask("Notice lapses on")


class RecordCourtOutcome(StepData):
    """Record what the court decided (clauses 4.5 to 4.7)."""

    target: ClassVar[str] = "sanction"

    sanction: ToSanction | None = ask("Measure before the court")
    outcome: Literal["made", "refused", "withdrawn", "discharged", "varied", "adjourned"] = need("What became of it")
    made_on: Today | None = ask("Decided on")
    expires_on: Day | None = ask("Order ends on", "The day in the order itself.")
    without_notice: bool = ask("The person was not there", "Made before they could be told.", default=False)
    terms: Words | None = ask("What the order says")
    area: Words | None = ask("Where it applies", "The home, the street or the offices it names.")
    power_of_arrest: Words | None = ask("Power of arrest", "To which parts it is attached, and until when.")
    supervisor: Words | None = ask("Who supervises it", "Where the order asks the person to do something.")
    court: Words | None = ask("Court and case number")
