"""What somebody about to visit is told: a flag with what to do, none, or unknown (clause 5.3). Never nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenhand.casework.entry import File
from evenhand.casework.flag import FlagFile
from evenhand.casework.person import ids_of
from evenhand.casework.registers import Registers
from evenhand.casework.steps.flag import ReviewFlag
from evenhand.casework.steps.person import RecordChange
from evenhand.policy.edition import Edition


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """`unknown` is to be treated as a risk; `do` are codes of control measures, and `instructions` what to do in words.

    A flag whose review is overdue, or that is disputed, is shown, and says so.
    """

    answer: Literal["flag", "none", "unknown"]
    do: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    is_overdue: bool = False
    is_disputed: bool = False
    as_at: date | None = None


def visit(
    files: Iterable[File],
    registers: Registers,
    people: Collection[str],
    place: str,
    day: date,
    edition: Edition,
) -> VisitAnswer:
    """What to do on a visit to a place, or to people, on a day: by person, by home and by household.

    `files` are flags, and person files for those who moved and for records that are of one person.
    """
    read = list(files)
    known = {one for who in people if who in registers.customers for one in ids_of(who, read)}
    homes_of = _homes(registers, read)
    homes = {place} if place else {home for who in known for home in _where(who, homes_of, registers)}
    living = {who for who, theirs in homes_of.items() if any(_is_one_of(home, theirs, registers) for home in homes)}
    near = known.union(*(_with(who, registers) for who in (living if place else living | known)))
    met = {one for who in near for one in ids_of(who, read)}
    shown = [flag for flag in _live(read, day) if flag.subject in met or _is_one_of(flag.place, homes, registers)]
    is_known = known.issuperset(people) and (_is_known(place, homes_of, registers) if place else bool(homes))
    return _answer(shown, day, edition.codes.get("control_measures", {}), is_known=is_known)


def _answer(shown: list[FlagFile], day: date, order: Mapping[str, str], *, is_known: bool) -> VisitAnswer:
    if not shown:
        return VisitAnswer("none" if is_known else "unknown", as_at=day)
    wanted = {code for flag in shown for code in flag.control_measures}
    return VisitAnswer(
        "flag",
        tuple(code for code in order if code in wanted),
        tuple(dict.fromkeys(words for flag in shown if (words := _instruction(flag)))),
        any(flag.review_overdue_on(day) for flag in shown),
        any(flag.open_dispute is not None for flag in shown),
        day,
    )


def _instruction(flag: FlagFile) -> str:
    """What a visitor should do, in words, as last reviewed."""
    reviewed = [entry.data.instruction for entry in flag.all(ReviewFlag) if entry.data.instruction]
    proposed = [flag.proposal.data.instruction] if flag.proposal else []
    return [*proposed, *reviewed][-1] or ""


def _live(files: Iterable[File], day: date) -> Iterator[FlagFile]:
    return (file for file in files if isinstance(file, FlagFile) and file.live_on(day))


def _homes(registers: Registers, files: Iterable[File]) -> dict[str, set[str]]:
    """Where everybody lives: as the register has it, and where they last said they moved, for a register lags."""
    homes = {customer.id: {customer.home} - {""} for customer in registers.customers.values()}
    for file in files:
        moved = [e.data.new_home for e in file.all(RecordChange) if e.data.new_home]
        if moved:
            homes.setdefault(file.subject, set()).add(moved[-1])
    return homes


def _with(who: str, registers: Registers) -> set[str]:
    """Somebody, with their household and joint tenants, whichever of them the register names as such."""
    customers = registers.customers.values()
    near = {one.id for one in customers if who in one.household or who in one.joint_with}
    own = registers.customers.get(who)
    return {who, *near, *(own.household | own.joint_with if own else ())}


def _where(who: str, homes_of: Mapping[str, set[str]], registers: Registers) -> set[str]:
    """Where somebody may be visited: their own home, and that of their household and joint tenants."""
    return {home for near in _with(who, registers) for home in homes_of.get(near, ())}


def _is_known(place: str, homes_of: Mapping[str, set[str]], registers: Registers) -> bool:
    return _is_one_of(place, {*registers.homes, *(home for homes in homes_of.values() for home in homes)}, registers)


def _is_one_of(place: str, homes: Collection[str], registers: Registers) -> bool:
    """Whether a property number or address names one of these homes."""
    return bool(place) and not _names_of(place, registers).isdisjoint(
        {n for h in homes for n in _names_of(h, registers)}
    )


def _names_of(place: str, registers: Registers) -> set[str]:
    """A home by its property number and by its address, whichever of them was written."""
    names = {place.casefold()}
    for home in registers.homes.values():
        both = {home.uprn.casefold(), home.address.casefold()} - {""}
        names |= both if names & both else set()
    return names - {""}
