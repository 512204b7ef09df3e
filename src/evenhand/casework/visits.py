"""What somebody about to visit is told: a flag with what to do, none, or unknown (clause 5.3). Never nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenhand.casework.entry import File
from evenhand.casework.flag import FlagFile
from evenhand.casework.registers import Registers
from evenhand.casework.steps.flag import ReviewFlag
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
    """What to do on a visit to a place, or to people, on a day: by person, by home and by household."""
    known = {who for who in people if who in registers.customers}
    homes = {place} if place else {home for who in known for home in _homes_of(who, registers)}
    met = known.union(*(_living_at(home, registers) for home in homes))
    shown = [flag for flag in _live(files, day) if flag.subject in met or _is_one_of(flag.place, homes, registers)]
    is_known = bool(people or place) and known.issuperset(people) and (not place or _is_known(place, registers))
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


def _homes_of(who: str, registers: Registers) -> set[str]:
    """Where somebody lives: their own home, and that of whoever counts them as household."""
    customers = registers.customers.values()
    return {one.home for one in customers if one.home and (one.id == who or who in one.household)}


def _living_at(place: str, registers: Registers) -> Iterator[str]:
    """Everybody whose home it is, and their households."""
    for customer in registers.customers.values():
        if _is_one_of(place, {customer.home}, registers):
            yield customer.id
            yield from customer.household


def _is_known(place: str, registers: Registers) -> bool:
    homes = {*registers.homes, *(customer.home for customer in registers.customers.values())}
    return _is_one_of(place, homes, registers)


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
