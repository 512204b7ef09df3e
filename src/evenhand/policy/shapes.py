"""The tables of a policy edition: what a landlord's policy says, as typed data.

Code knows *how* to ask a check; the edition says *which* check, under *which clause*, with *which numbers*.
Every table forbids unknown keys, so that a misspelt setting is a fault and never a silent default.
"""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from evenhand.policy.clock import Period
from evenhand.policy.findings import Effect


class Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


SettledBy = Literal["policy", "landlord", "law"]
NameOrNone = Annotated[str | None, AfterValidator(lambda name: name or None)]
"""TOML has no word for none: an empty text says it."""


class About(Table):
    """Which issue of which policy this is, and when it should be looked at again (clause 7.0)."""

    id: str
    title: str
    landlord: str
    nation: str
    approved_on: date | None = None
    review_by: date | None = None
    review_every_months: int | None = Field(default=None, ge=1)
    supersedes: str | None = None
    extra_holidays: tuple[date, ...] = ()
    not_holidays: tuple[date, ...] = ()


class PeriodRule(Table):
    """A number with legal effect, once, typed, with its clause and who settled it.

    `soft` marks 'normally' and 'aim': it may be departed from with a recorded reason.
    """

    clause: str
    days: int | None = Field(default=None, ge=0)
    working_days: int | None = Field(default=None, ge=0)
    months: int | None = Field(default=None, ge=0)
    years: int | None = Field(default=None, ge=0)
    settled_by: SettledBy = "policy"
    soft: bool = False

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(unit is not None for unit in (self.days, self.working_days, self.months, self.years)) != 1:
            raise ValueError("give exactly one of days, working_days, months or years")
        return self

    @cached_property
    def period(self) -> Period:
        return Period(days=self.days, working_days=self.working_days, months=self.months, years=self.years)


class ReviewRule(Table):
    """When something comes back for review, who reviews it, and what the day brings if nobody does (clause 5.2)."""

    clause: str
    earliest_months: int | None = Field(default=None, ge=0)
    latest_months: int | None = Field(default=None, ge=1)
    counted_from: Literal["last_review", "imposed"] = "last_review"
    meetings: tuple[date, ...] = ()
    per_decision: bool = False
    if_undecided: Literal["stands", "lifts", "ends"] = "stands"
    cap_months: int | None = Field(default=None, ge=1)
    by: tuple[str, ...] = ()
    soft: bool = False
    shorter_than_months: int = 0
    settled_by: SettledBy = "policy"

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum((self.latest_months is not None, bool(self.meetings), self.per_decision)) != 1:
            raise ValueError("give exactly one of latest_months, meetings or per_decision")
        if (self.if_undecided == "ends") is not (self.cap_months is not None):
            raise ValueError("cap_months goes with if_undecided = 'ends': give both or neither")
        return self


class Deciders(Table):
    """Who decides: any of some roles, all of some, two of a grade, a body, one post, or a post relative to the case."""

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    two_of_grade: int | None = None
    body: str | None = None
    post: str | None = None
    relative: str | None = None
    consulted: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plain_list(cls, given: Any) -> Any:
        ways = {"any_of": given} if isinstance(given, list | tuple) else given
        if not isinstance(ways, dict):
            return given
        # After this step a strict reader no longer takes a list for a tuple.
        return {way: tuple(who) if isinstance(who, list) else who for way, who in ways.items()}

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.any_of, self.all_of, self.two_of_grade, self.body, self.post, self.relative)
        if sum(bool(way) for way in ways) != 1:
            raise ValueError("say who may approve by one of any_of, all_of, two_of_grade, body, post and relative")
        return self


class Kind(StrEnum):
    """What a measure does to a person."""

    WARNING = "warning"
    RESTRICTION = "restriction"
    AGREEMENT = "agreement"
    COURT = "court"
    ACTION = "action"
    STATUS = "status"
    HANDLING = "handling"
    TENANCY_NOTICE = "tenancy_notice"
    PRECONDITION = "precondition"


class Remedy(Table):
    """One measure of the catalogue (clause 4.5)."""

    title: str
    says: str
    clause: str
    kind: Kind
    rung: int = Field(ge=0)
    approvers: Deciders
    approvers_beyond: Deciders | None = None
    equality: Literal["short", "full"] = "full"
    longest_months: int | None = Field(default=None, ge=1)
    longest_soft: bool = False
    open_ended: bool = False
    lifts_with_condition: bool = False
    life_months: int | None = Field(default=None, ge=1)
    life_restarts_on_breach: bool = False
    parameters: tuple[str, ...] = ()
    tenures: tuple[str, ...] = ()
    review: NameOrNone = "standard"
    reviews: int | None = Field(default=None, ge=1)
    appealable: bool = True
    includes: tuple[str, ...] = ()
    possession: bool = False
    names_every_joint_tenant: bool = False
    unlisted: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset({self.kind.value, "possession"} if self.possession else {self.kind.value})


class Role(Table):
    title: str
    grade: int = 0
    includes: tuple[str, ...] = ()


class Body(Table):
    title: str
    roles: tuple[str, ...]
    quorum: int = Field(ge=1)


class Behaviour(Table):
    """A kind of conduct (clauses 2.2 and 4.13), what choosing it brings, and where it belongs in a second ordering."""

    title: str
    clause: str
    triggers: tuple[Literal["conduct_assessment", "danger", "impact", "medical_question", "online"], ...] = ()
    category: str = ""


class Channel(Table):
    title: str
    written: bool = False
    inbound: bool = True


class Topic(Table):
    """A reason to be in touch; essential ones stay open under every restriction (clause 6.1)."""

    title: str
    clause: str
    essential: bool = False
    every_channel: bool = False
    settled_by: SettledBy = "landlord"


ALWAYS_ESSENTIAL = frozenset(
    {
        "emergency",
        "emergency_repair",
        "hazard",
        "safeguarding",
        "repairs",
        "gas_and_fire_safety",
        "building_safety",
        "domestic_abuse",
        "reporting_asb_or_crime",
        "complaint",
        "appeal",
        "ombudsman",
        "data_rights",
        "information_request",
        "rent_and_benefits",
        "service_charges",
        "legal_proceedings",
    }
)
"""Subjects that stay open whatever an edition marks: where it has a topic of this name, it is essential (a floor)."""


class Need(Table):
    """A need or vulnerability, the channels it shuts, and the formats that meet it (clauses 6.2 to 6.4)."""

    title: str
    characteristic: str | None = None
    shuts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


class Question(Table):
    """A question with its own answers; `conduct` are the seven of clause 4.14, `own` are the landlord's."""

    text: str
    clause: str
    set: Literal["conduct", "own"] = "own"
    answers: tuple[str, ...] = ("yes", "no", "partly", "not known")


class FlagCategory(Table):
    title: str
    clause: str
    subject: Literal["person", "place", "animal"] = "person"
    latest_months: int = Field(default=6, ge=1)
    restarts_on_incident: bool = False


class Appeals(Table):
    """What may be appealed, by when, on which grounds, heard by whom; or no internal appeal and who is outside."""

    clause: str
    internal: bool = True
    of: tuple[Kind, ...] = tuple(Kind)
    counted_from: Literal["notice", "letter", "imposed", "decision"] = "notice"
    period: NameOrNone = "appeal"
    grounds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    officer_role: str = "senior_officer"
    outside: tuple[str, ...] = ()


class Ladder(Table):
    """How many warnings come first, which count, and the coded reasons for skipping them (clause 4.3)."""

    clause: str
    warnings: int = Field(default=1, ge=0)
    counting: Literal["live", "given"] = "live"
    skip_reasons: tuple[str, ...] = ()


class Scope(Table):
    """Whose conduct the policy covers, and where the rest goes."""

    clause: str
    subjects: tuple[str, ...]
    routes: dict[str, str] = {}


class LetterRule(Table):
    """What a kind of letter must hold, who sends it and how (clauses 3.1, 5.1, 6.2)."""

    clause: str
    parts: tuple[str, ...]
    sender: tuple[str, ...] = ()
    sender_apart: bool = False
    channels: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()


class Outside(Table):
    """An outside body to name, by nation and subject."""

    title: str
    nation: str
    subjects: tuple[str, ...]
    reached: str


class DutyRule(Table):
    """What is owed, by whom, within which period, and how loudly it is chased."""

    title: str
    clause: str
    owners: tuple[str, ...]
    period: str | None = None
    remind_days_before: tuple[int, ...] = ()
    overdue_to: tuple[str, ...] = ()


class Retention(Table):
    clause: str
    months: int = Field(ge=1)
    settled_by: SettledBy = "landlord"


class Settings(Table):
    """The landlord's switches where the policy is silent."""

    suspend_overdue_sanctions: bool = False
    face_to_face_channels: tuple[str, ...] = ()
    training_modules: tuple[str, ...] = ()
    highest_approvers: tuple[str, ...] = ()


class Rule(BaseModel):
    """One line of a gate as written: a check or a duty, its clause, its force, when it is asked, and its parameters."""

    model_config = ConfigDict(frozen=True, extra="allow")
    check: str | None = None
    duty: str | None = None
    clause: str
    force: Effect
    when: dict[str, tuple[str, ...]] = {}
    unless: dict[str, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.check is None) == (self.duty is None):
            raise ValueError("give either check or duty")
        if (self.duty is not None) != (self.force is Effect.OWE):
            raise ValueError("a duty goes with force owe, a check with stop or warn")
        return self


class StepRule(Table):
    """Who may take a step, and its gate in the order its reasons are given."""

    title: str
    roles: tuple[str, ...]
    clause: str | None = None
    gate: tuple[Rule, ...] = ()
