"""Saying what an upload shows: the form of `add_evidence`, for one upload or for all that wait beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from django.http import QueryDict

from evenhand.cases.seeing import Viewer
from evenhand.cases.taking import TooBusy
from evenhand.casework.decide import NotOffered
from evenhand.casework.shape import BadStep, read_draft
from evenhand.casework.steps.base import FileKind
from evenhand.casework.steps.casefacts import AddEvidence
from evenhand.evidence.models import Blob
from evenhand.evidence.recording import KINDS, record_evidence
from evenhand.record.append import ClockWentBack
from evenhand.web.file.opening import opened
from evenhand.web.steps.fields import Field
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.sending import BUSY, CLOCK, in_plain_words, refuse_unseen

FIRST = ("what", "kind", "dated", "first_hand", "sensitivity")
UNASKED = ("sha256", "departures")
"""Worked out by the system, and of no meaning here."""


@dataclass(frozen=True)
class Describing:
    """A form for the first of some uploads, and what became of it."""

    blob: Blob
    others: Sequence[Blob]
    form: StepForm
    for_all: bool = False
    says: tuple[str, ...] = ()
    recorded: int = 0

    @classmethod
    def of(cls, viewer: Viewer, waiting: Sequence[Blob], posted: QueryDict | None) -> Describing:
        """The form for the upload that was posted, or for the first that waits; `waiting` is not empty."""
        blob = next((one for one in waiting if posted and one.id == posted.get("blob")), waiting[0])
        others = [one for one in waiting if one is not blob]
        asking = opened(cast("FileKind", blob.kind), blob.file, viewer).asking
        if posted is None:
            return cls(blob, others, StepForm.blank(AddEvidence, asking, {"kind": [KINDS.get(blob.type, "other")]}))
        typed: Mapping[str, list[str]] = dict(posted.lists())
        return cls(blob, others, StepForm.posted(AddEvidence, typed, asking), for_all="all" in posted)

    @property
    def first(self) -> list[Field]:
        """What is asked at first sight."""
        return [self.form.field(name) for name in FIRST]

    @property
    def more(self) -> list[Field]:
        """What hardly any upload needs."""
        return [field for field in self.form.fields if field.name not in (*FIRST, *UNASKED)]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, each with its anchor."""
        return [*((sentence, "#form") for sentence in self.says), *self.form.errors]

    @property
    def is_done(self) -> bool:
        """Whether everything that was asked for is on the file."""
        return self.recorded > 0 and not self.errors

    @property
    def done(self) -> str:
        """What was recorded, in words."""
        return f"‘{self.blob.name}’ is on the file." if self.recorded == 1 else f"{self.recorded} files are recorded."

    def sent(self, at: datetime) -> Describing:
        """The same after recording it, and with it the others where that was asked for."""
        if self.form.unsettled:
            return self
        now = self
        for blob in (self.blob, *(self.others if self.for_all else ())):
            now = now._with(blob, at)
            if now.errors:
                break
        return now

    def _with(self, blob: Blob, at: datetime) -> Describing:
        raw = {name: value for name, value in self.form.raw.items() if name not in UNASKED}
        try:
            refuse_unseen(read_draft(AddEvidence, raw), self.form.asking.viewer, blob.file)
            taken = record_evidence(blob, raw, actor=self.form.asking.viewer.id, at=at)
        except BadStep as bad:
            return replace(self, form=self.form.with_problems(map(in_plain_words, bad.problems)))
        except NotOffered:
            return replace(self, says=("Evidence cannot be added to this file now.",))
        except (TooBusy, ClockWentBack) as error:
            return replace(self, says=(BUSY if isinstance(error, TooBusy) else CLOCK,))
        if not taken.entries:
            return replace(self, says=tuple(finding.verdict.sentence for finding in taken.decision.refusals))
        return replace(self, recorded=self.recorded + 1)
