"""What every step has in common: its data model, and the kinds of word that its fields may hold.

A step's data is one pydantic model: validation, JSON Schema, forms and API come from it. What a clause requires is
optional here, so that its absence is refused under that clause; shape errors are only wrong types and unknown words.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic import GetJsonSchemaHandler as Handler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from evenhand.policy.clock import london_instant

FileKind = Literal["incident", "case", "flag", "person", "inquiry"]
EVERY_FILE: tuple[FileKind, ...] = ("incident", "case", "flag", "person", "inquiry")
ON_CONDUCT: tuple[FileKind, ...] = ("incident", "case", "flag", "person")
"""The files on which what a customer did, or needs, is dealt with."""

LONGEST_TEXT = 20_000
LARGEST_COUNT = 1_000_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
YEAR_MONTH_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character, which no letter can print: take it out")
    return text


def _written_out(day: Any) -> Any:
    # pydantic reads a bare number as seconds since 1970: nobody who types one means that
    if isinstance(day, int | float | str) and not YEAR_MONTH_DAY.match(str(day)):
        raise ValueError("must be written like 2026-08-20")
    return day


def _number(given: Any) -> Any:
    # pydantic reads true as 1: nobody who answers yes means that
    if isinstance(given, bool):
        raise ValueError("expected a whole number")
    return given


def _amount(given: Any) -> Any:
    text = str(given).strip().removeprefix("£").replace(",", "")
    if not AMOUNT.fullmatch(text):
        raise ValueError("expected an amount in pounds, such as 1,250 or 1,250.50")
    return text


def _sane_day(day: date) -> date:
    if not FIRST_DAY <= day < LAST_DAY:
        raise ValueError("must lie between 1900 and 2199")
    return day


def _sane_instant(instant: datetime) -> datetime:
    _sane_day(instant.date())
    return london_instant(instant)


Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT), AfterValidator(_printable)]
Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_printable),
]
Day = Annotated[date, BeforeValidator(_written_out), AfterValidator(_sane_day)]
Instant = Annotated[datetime, BeforeValidator(_written_out), AfterValidator(_sane_instant)]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT), BeforeValidator(_number)]
Pounds = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema({"type": "string", "format": "pounds"})]
OneOrMore = Annotated[int, Field(ge=1, le=LARGEST_COUNT), BeforeValidator(_number)]


@dataclass(frozen=True, slots=True)
class Code:
    """The field holds a code of one of the edition's lists (`behaviours`, `remedies`, `channels`, ...).

    `without` is a set of the edition's codes that no form offers for it, because a check refuses them.
    """

    of: str
    without: str = ""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> JsonSchemaValue:
        return {**handler(schema), "x-code": self.of}


@dataclass(frozen=True, slots=True)
class Person:
    """The field holds a person the registers know: staff, customer, or either.

    `takes` is a step that a colleague named here must be able to take, whom alone a form then offers; `is_other` says
    that it is never the person whom the file is about nor, of a colleague, whoever takes the step.
    """

    kind: Literal["staff", "customer", "any"] = "any"
    takes: str = ""
    is_other: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> JsonSchemaValue:
        return {**handler(schema), "x-person": self.kind}


@dataclass(frozen=True, slots=True)
class Points:
    """The field points back at an entry or file; where exactly one candidate fits, it may be left out."""

    at: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Handler) -> JsonSchemaValue:
        return {**handler(schema), "x-points": self.at}


What = Literal[
    "today", "past", "begins", "subject", "actor", "reporter", "reported", "affected", "supported", "standing",
    "subject_kind", "tenure", "tenants", "channel", "format", "address", "unnamed", "system", "concluded", "alleged",
    "ahead",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A form starts the field from what the record knows, for its writer to see and to change.

    `today` is for days that are read as the day of the step where they are left out, and `past` for others on which
    something happened: a form takes no day to come for either, but does for what only `begins` today, and none gone by
    for what lies `ahead`: it is asked for by then, or looked at again. `standing` is for
    a reference that only one entry fits; `channel` for a way to reach the person, of which some may not be safe. What
    is `unnamed` is asked where nobody is named as the subject, and what the `system` knows is not asked at all.
    What has to be `concluded` by whoever takes the step a form starts from nothing, though it has a usual answer.
    What is `alleged` stands in the entry in which a customer said it of a colleague; what was `reported`, in the
    reports that the case rests on.
    """

    what: What


Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_printable)]
Today = Annotated[Day, Known("today")]
Past = Annotated[Day, Known("past")]
Ahead = Annotated[Day, Known("ahead")]
Staff = Annotated[Name, Person("staff")]
FrontLine = Annotated[Name, Person("staff", takes="open_case")]
Manager = Annotated[Name, Person("staff", takes="approve_sanction")]
Customer = Annotated[Name, Person("customer")]
Subject = Annotated[Customer, Known("subject")]
OtherCustomer = Annotated[Name, Person("customer", is_other=True)]
Anyone = Annotated[Name, Person("any")]
AnyoneElse = Annotated[Name, Person("any", is_other=True)]
Behaviour = Annotated[Name, Code("behaviours")]
Behaviours = tuple[Behaviour, ...]
Channel = Annotated[Name, Code("channels")]
Topic = Annotated[Name, Code("topics")]
ClosableTopic = Annotated[Name, Code("topics", without="essential_topics")]
Remedy = Annotated[Name, Code("remedies")]
Need = Annotated[Name, Code("needs")]
Format = Annotated[Name, Code("formats")]
TheirChannel = Annotated[Channel, Known("channel")]
TheirFormat = Annotated[Format, Known("format")]
Question = Annotated[Name, Code("questions")]
Clause = Annotated[Name, Code("clauses")]
Tenure = Annotated[Name, Code("tenures"), Known("tenure")]
Characteristic = Annotated[Name, Code("characteristics")]
ControlMeasures = tuple[Annotated[Name, Code("control_measures")], ...]
Reply = Literal["accepted", "declined", "waiting"]
ConversationOutcome = Literal["held", "offered_and_declined", "not_appropriate"]
Strength = Literal["strong", "fair", "weak"]
ToSanction = Annotated[Name, Points("sanction")]
ToAppeal = Annotated[Name, Points("appeal")]
ToAssessment = Annotated[Name, Points("assessment"), Known("standing")]
ToEvidence = Annotated[Name, Points("evidence")]
ToIncident = Annotated[Name, Points("incident")]
ToTold = Annotated[Name, Points("told")]
ToEntry = Annotated[Name, Points("entry")]


def ask(label: str, hint: str = "", default: Any = None) -> Any:
    """A field with the label and hint that its form, the API and the documents show."""
    return Field(default=default, title=label, description=hint or None)


def need(label: str, hint: str = "") -> Any:
    """A field whose absence is a shape error: without it the step says nothing at all."""
    return Field(title=label, description=hint or None)


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


HOW_STRONG = (
    "How strong it is",
    "Strong: seen from near, noted at once, and it fits the rest. Weak: told late, or at second hand.",
)
"""How a rating of evidence is asked for, wherever it is (clause 2.3)."""


class Data(BaseModel):
    """Frozen data that refuses unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class StepData(Data):
    """What must be filled in to take a step.

    Class variables say what the step is: `files` are the kinds of file it is taken on, `starts` those it may start,
    `decides` whether it can be stopped for more than who and shape, `target` the kind of thing it acts on,
    `target_field` the field that points at it (of the same name where nothing is said), `correctable` the fields a
    later correction may change (fact steps only), `follows` that nobody takes it: it follows from another step,
    `version` its schema version.
    """

    files: ClassVar[tuple[FileKind, ...]] = ("case",)
    starts: ClassVar[tuple[FileKind, ...]] = ()
    decides: ClassVar[bool] = False
    follows: ClassVar[bool] = False
    target: ClassVar[str] = ""
    target_field: ClassVar[str] = ""
    correctable: ClassVar[tuple[str, ...]] = ()
    version: ClassVar[int] = 1
    name: ClassVar[str] = ""

    departures: dict[Name, Words] = Field(
        default_factory=dict,
        title="Departures",
        description="Where the policy says 'normally': the period departed from, and why",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.name = snake(cls.__name__)
        cls.target_field = cls.target_field or cls.target


def said(data: StepData | None, field: str) -> Any:
    """What a step's data says in a field, or None: with no data, or no such field, which pydantic is slow to tell."""
    return None if data is None else vars(data).get(field)
