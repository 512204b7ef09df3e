"""What the worker does besides its queue: takes up what was dropped, lets go of what was disposed of. Idempotent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from evenhand.cases.models import FileIndex
from evenhand.evidence.keeping import discard
from evenhand.evidence.models import Blob
from evenhand.evidence.settling import settle

CLAIM_LASTS = timedelta(minutes=10)
"""Longer than any task may take: whoever holds one for longer was killed."""
RESULTS_LAST = timedelta(days=7)
DRAFTS_LAST = timedelta(days=30)
"""As long as what was uploaded for a report may wait for the report to be sent."""


def sweep(at: datetime) -> None:
    """Everything below, once."""
    return_claims(at)
    DBTaskResult.objects.filter(finished_at__lt=at - RESULTS_LAST).delete()
    let_go(at)
    settle_held()


def return_claims(at: datetime) -> int:
    """Puts tasks back into the queue whose worker was killed; how many there were."""
    dropped = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - CLAIM_LASTS)
    return dropped.update(status=TaskResultStatus.READY, started_at=None)


def settle_held() -> int:
    """Settles every upload that is still held; stops at the first that stays so, as the scanner is down. How many."""
    settled = 0
    for blob_id in Blob.objects.filter(state="held").order_by("uploaded_at", "id").values_list("id", flat=True):
        if settle.call(blob_id) == "held":
            break
        settled += 1
    return settled


def let_go(at: datetime) -> int:
    """Removes uploads of files that were disposed of, and those for reports that were never sent. How many."""
    disposed = FileIndex.objects.filter(name=OuterRef("file"), state="disposed")
    gone = Blob.objects.filter(Exists(disposed)).exclude(kind="draft")
    unsent = Blob.objects.filter(kind="draft", uploaded_at__lt=at - DRAFTS_LAST)
    return sum(discard(blob) for blob in [*gone, *unsent])
