"""Which files a decision reads: this one, every file about its person, and those it refers to."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from evenhand.casework.case import CaseFile
from evenhand.casework.entry import File, file_of
from evenhand.casework.facts import Facts
from evenhand.casework.flag import FlagFile
from evenhand.casework.incident import IncidentFile
from evenhand.casework.inquiry import InquiryFile
from evenhand.casework.person import PersonFile, ids_of
from evenhand.casework.registers import Registers
from evenhand.casework.steps.base import FileKind, Points, StepData, said
from evenhand.casework.steps.markers import marked_as
from evenhand.policy.edition import Edition

FILES: Mapping[FileKind, type[File]] = {
    "incident": IncidentFile,
    "case": CaseFile,
    "flag": FlagFile,
    "person": PersonFile,
    "inquiry": InquiryFile,
}


class Archive(Protocol):
    """Where files come from: a story's memory, or the record."""

    def file(self, name: str) -> File | None:
        """The file of this name, or None."""

    def names_about(self, subject: str) -> Iterable[str]:
        """The names of every file about a person (their person file included) or about a place."""


def gather(
    archive: Archive,
    registers: Registers,
    edition: Edition,
    file: File,
    *,
    draft: StepData | None,
    actor: str,
    at: datetime,
    day: date,
    other_edition: Edition | None = None,
) -> Facts:
    """Everything a decision on this file may look at."""
    names = set(_named(file, draft))
    people = {who for who in (file.subject, said(draft, "subject"), said(draft, "home")) if who}
    people |= {s.subject for s in file.sanctions.values() if s.subject} if isinstance(file, CaseFile) else set()
    people |= {archived.subject for name in names if (archived := archive.file(name)) and archived.subject}
    people |= homes_of(file.subject, registers) if isinstance(file, PersonFile) else set()
    names |= {name for person in people for name in files_about(archive, person)}
    found = {name: archived for name in sorted(names) if (archived := archive.file(name)) is not None}
    incidents = {i for f in found.values() if isinstance(f, CaseFile) for i in f.incidents} - found.keys()
    found |= {name: archived for name in sorted(incidents) if (archived := archive.file(name)) is not None}
    return Facts(edition, day, at, actor, file, {**found, file.name: file}, registers, other_edition)


def files_about(archive: Archive, who: str) -> dict[str, File]:
    """Every file about a person under each of the records that are of them, or about a place; by name."""
    found: dict[str, File] = {}
    read: set[str] = set()
    while unread := ids_of(who, found.values()) - read:
        read |= unread
        names = [name for one in sorted(unread) for name in archive.names_about(one)]
        found |= {name: file for name in names if (file := archive.file(name)) is not None}
    return found


def homes_of(who: str, registers: Registers) -> frozenset[str]:
    """Where a person lives, by the home's number and by its address: a flag may warn of the place by either."""
    customer = registers.customers.get(who)
    home = registers.homes.get(customer.home) if customer else None
    return frozenset({customer.home if customer else "", home.address if home else ""} - {""})


def _named(file: File, draft: StepData | None) -> Iterable[str]:
    """Files that the file or the draft refers to."""
    if isinstance(file, CaseFile):
        yield from file.incidents
    if isinstance(file, FlagFile) and file.incident:
        yield file.incident
    if draft is not None:
        for marked in marked_as(Points, type(draft)):
            yield from (file_of(value) or value for value in marked.values(draft))
