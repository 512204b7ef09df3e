"""The case file: what the entries of one case add up to."""

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property

from evenhand.casework.appeal import Appeal
from evenhand.casework.entry import AnyEntry, Entry, File, file_of
from evenhand.casework.sanction import Sanction
from evenhand.casework.steps.appeal import AssignAppeal, DecideAppeal, DecideLateAppeal, ReceiveAppeal, SuspendSanction
from evenhand.casework.steps.assessment import AssessEquality
from evenhand.casework.steps.base import StepData
from evenhand.casework.steps.casefacts import AddEvidence, PutAllegation, RecordAccount
from evenhand.casework.steps.control import (
    AdoptEdition,
    AuditCase,
    AuditFinding,
    CloseCase,
    CompleteAuditAction,
    MarkDeath,
    ReopenCase,
)
from evenhand.casework.steps.decision import DecideNoSanction, DeclineSanction, ProposeSanction, TakeUrgentAction
from evenhand.casework.steps.notice import GiveNotice, LiftSanction, RecordReturn, ReviewSanction
from evenhand.casework.steps.opening import (
    AssignCase,
    BringInSanction,
    DeclineCase,
    EndorseCase,
    LinkIncident,
    OpenCase,
    RestrictCase,
)

MAKING = frozenset({ProposeSanction, TakeUrgentAction, BringInSanction})


@cache
def pointing(model: type[StepData]) -> tuple[str, ...]:
    """The fields by which an entry acts on a sanction, directly or through its appeal, notice, review or request."""
    return tuple(
        name for name in ("sanction", "against", "appeal", "about", "notice", "request") if name in model.model_fields
    )


class CaseFile(File):
    kind = "case"

    @cached_property
    def opening(self) -> Entry[OpenCase] | Entry[BringInSanction] | None:
        return self.last(OpenCase) or self.last(BringInSanction)

    @cached_property
    def subject(self) -> str:
        return (self.opening.data.subject or "") if self.opening else ""

    @property
    def is_urgent(self) -> bool:
        opened = self.last(OpenCase)
        return bool(opened and opened.data.urgent)

    @property
    def endorsement(self) -> Entry[EndorseCase] | None:
        return self.last(EndorseCase)

    @cached_property
    def state(self) -> str:
        """`none`, `opened`, `endorsed`, `declined`, `closed` or `disposed`."""
        if self.is_disposed:
            return "disposed"
        ends = [*self.all(CloseCase), *self.all(DeclineCase), *self.all(ReopenCase)]
        last = max(ends, key=lambda entry: entry.sequence, default=None)
        if last is not None and not isinstance(last.data, ReopenCase):
            return "closed" if isinstance(last.data, CloseCase) else "declined"
        if self.endorsement:
            return "endorsed"
        return "opened" if self.exists else "none"

    @property
    def edition(self) -> str:
        """The edition the case is under: the one of its first entry, or the last one adopted."""
        adopted = self.last(AdoptEdition)
        return adopted.data.edition or "" if adopted else self.recorded[0].edition if self.recorded else ""

    def findings_waiting(self, audit: Entry[AuditCase]) -> Mapping[int, AuditFinding]:
        """The findings of an audit that nobody has put right yet, by their number, the first being 1."""
        done = {entry.data.number for entry in self.about(CompleteAuditAction, audit.ref)}
        return {number: finding for number, finding in enumerate(audit.data.findings, 1) if number not in done}

    @property
    def officer(self) -> str:
        assigned = self.last(AssignCase)
        return assigned.data.officer if assigned else self.recorded[0].by if self.recorded else ""

    @property
    def is_restricted(self) -> bool:
        return bool(self.all(RestrictCase))

    @cached_property
    def kept_to(self) -> frozenset[str]:
        """Whom a restriction lets in: as last said, with its officer, who restricted it, and appeal officers."""
        restrictions = self.all(RestrictCase)
        if not restrictions:
            return frozenset()
        hear = {entry.data.officer or "" for entry in self.all(AssignAppeal)}
        return frozenset({self.officer, *restrictions[-1].data.allowed, *(entry.by for entry in restrictions), *hear})

    @property
    def in_hands_of(self) -> str:
        return self.officer

    @cached_property
    def incidents(self) -> frozenset[str]:
        """The incident files this case stands on: those it names, and those whose reports its measures cite."""
        opened = self.last(OpenCase)
        linked = {entry.data.incident for entry in self.all(LinkIncident)}
        made = [*self.all(ProposeSanction), *self.all(TakeUrgentAction)]
        cited = {file_of(ref) for entry in made for ref in entry.data.evidence}
        return frozenset(linked.union(opened.data.incidents if opened else (), cited - {self.name}))

    @cached_property
    def sanctions(self) -> dict[str, Sanction]:
        trails: dict[str, list[AnyEntry]] = {}
        of: dict[str, str] = {}
        for entry in self.entries:
            model, ref = type(entry.data), entry.ref
            if model in MAKING:
                trails[ref], of[ref] = [entry], ref
            elif model is MarkDeath:
                for trail in trails.values():
                    if self._binds(trail[0]) == (getattr(entry.data, "subject", None) or self.subject):
                        trail.append(entry)
            elif pointers := pointing(model):
                made = next((of[named] for name in pointers if (named := getattr(entry.data, name)) in of), None)
                if made is not None:
                    trails[made].append(entry)
                    of[ref] = made
        return {made: Sanction(self.name, self.subject, trail) for made, trail in trails.items()}

    def _binds(self, made: AnyEntry) -> str:
        """Whom the measure made by an entry binds."""
        return getattr(made.data, "subject", None) or self.subject

    @cached_property
    def appeals(self) -> dict[str, Appeal]:
        appeals = {}
        for received in self.all(ReceiveAppeal):
            ref = received.ref
            appeals[ref] = Appeal(
                received,
                self.sanction_of(received.data.against or ""),
                self.about(DecideLateAppeal, ref),
                self.about(AssignAppeal, ref),
                [entry for entry in self.all(SuspendSanction) if entry.data.appeal == ref],
                self.about(DecideAppeal, ref),
            )
        return appeals

    def sanction_of(self, ref: str) -> str:
        """The sanction whose trail holds the entry `ref`, or ''."""
        return self._made_by.get(ref, "")

    @cached_property
    def _made_by(self) -> dict[str, str]:
        return {entry.ref: made for made, sanction in self.sanctions.items() for entry in sanction.trail}

    def live_sanctions(self, day: date) -> list[Sanction]:
        return [sanction for sanction in self.sanctions.values() if sanction.bound_on(day)]

    @property
    def is_decided(self) -> bool:
        """Whether a measure was approved or brought in, or it was decided that nothing is imposed."""
        approved = any(one.approved_on is not None or one.is_legacy for one in self.sanctions.values())
        return approved or bool(self.all(DecideNoSanction))

    @cached_property
    def evidence(self) -> dict[str, Entry[AddEvidence]]:
        return {entry.ref: entry for entry in self.all(AddEvidence)}

    @cached_property
    def allegations(self) -> dict[str, Entry[PutAllegation]]:
        return {entry.ref: entry for entry in self.all(PutAllegation)}

    def accounts_of(self, allegation: str) -> list[Entry[RecordAccount]]:
        return self.about(RecordAccount, allegation)

    @property
    def assessments(self) -> list[Entry[AssessEquality]]:
        return self.all(AssessEquality)

    @cached_property
    def outcomes_to_tell(self) -> dict[str, AnyEntry]:
        """Every decision that the customer must be told of, and was not: by the entry that a notice would name."""
        returned = {entry.data.notice for entry in self.all(RecordReturn)}
        told = {entry.data.about for entry in self.all(GiveNotice) if entry.ref not in returned}
        waiting: dict[str, AnyEntry] = {}
        for entry in self.entries:
            if isinstance(
                entry.data, DecideNoSanction | ReviewSanction | LiftSanction | DecideAppeal | DecideLateAppeal
            ):
                waiting[entry.ref] = entry
        for sanction in self.sanctions.values():
            if sanction.is_legacy and sanction.told_on:
                waiting.update({entry.ref: entry for entry in sanction.all(DeclineSanction)})
            known = sanction.notices or (sanction.is_legacy and sanction.told_on) or sanction.is_ended_untold
            if sanction.approved_on and not known:
                waiting[sanction.ref] = sanction.made
        return {ref: entry for ref, entry in waiting.items() if ref not in told}

    @property
    def died_on(self) -> date | None:
        death = self.last(MarkDeath)
        return (death.data.happened_on or death.taken_on) if death else None
