"""Who sees which upload: whoever sees its file, but what is kept to a few only these, and whoever sent it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import Viewer, handles_advice, handles_reports
from evenhand.casework.steps.casefacts import GUARDED, PRIVILEGED
from evenhand.evidence.models import Blob


def blobs_for(viewer: Viewer, kind: str, name: str) -> list[Blob]:
    """Everything uploaded to one file that the viewer may know of, oldest first; one statement.

    The caller has made sure that the viewer may see the file.
    """
    return list(_open_to(viewer).filter(kind=kind, file=name).order_by("uploaded_at", "name", "id"))


def counted(viewer: Viewer, kind: str, names: Collection[str]) -> dict[str, int]:
    """How many uploads the viewer may know of on each of some files, those with none left out; one statement."""
    found = _open_to(viewer).filter(kind=kind, file__in=sorted(names)).order_by("file")
    return dict(found.values_list("file").annotate(number=Count("pk")))


def waiting_for(viewer: Viewer, kind: str, name: str) -> list[Blob]:
    """What the viewer uploaded to a file and has not described yet, oldest first."""
    own = Blob.objects.filter(kind=kind, file=name, uploaded_by=viewer.id, entry="")
    return list(own.exclude(state="refused").order_by("uploaded_at", "name", "id"))


def blob_seen(viewer: Viewer, blob_id: str) -> Blob:
    """One upload, as far as its own privacy goes. Raises `Http404`: for one that may not be known of, too."""
    found = _open_to(viewer).filter(pk=blob_id).first()
    if found is None:
        raise Http404
    return found


def _open_to(viewer: Viewer) -> QuerySet[Blob]:
    drafts = Q(kind="draft") & ~Q(uploaded_by=viewer.id)
    kept = set() if handles_reports(viewer, in_force()) else set(GUARDED)
    kept |= set() if handles_advice(viewer, in_force()) else {PRIVILEGED}
    return Blob.objects.exclude(drafts).exclude(Q(sensitivity__in=kept) & ~Q(uploaded_by=viewer.id))
