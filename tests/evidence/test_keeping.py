"""Uploads from their arrival to what becomes of them: sealed, held, looked at, recorded and let go."""

from __future__ import annotations

import stat
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.models import FileIndex
from evenhand.evidence import settling, sweeping
from evenhand.evidence.keeping import discard, keep, move_drafts
from evenhand.evidence.models import Blob
from evenhand.evidence.reading import blobs_for, waiting_for
from evenhand.evidence.recording import record_evidence
from evenhand.evidence.settling import settle
from evenhand.evidence.storage import vault
from evenhand.evidence.sweeping import let_go, return_claims, settle_held, sweep
from evenhand.evidence.telling import NotAccepted
from tests.desk import NOW
from tests.evidence.making import CAMERA, EICAR, WRITER, clamd, picture, pixel_bomb, telling_picture, upload

pytestmark = pytest.mark.usefixtures("evidence_folder")


@pytest.fixture
def incident(desk) -> str:
    """An incident that Fay reported."""
    desk.take("report_incident", "incident", "IN-1", by="fay", subject="carol", happened_on="2026-08-01")
    return "IN-1"


def _keep(content: bytes, name: str, file: str = "IN-1", by: str = "fay") -> Blob:
    return keep(upload(content, name), kind="incident", file=file, by=by, at=NOW)


def _settled(blob: Blob) -> Blob:
    settle.call(blob.id)
    blob.refresh_from_db()
    return blob


def test_h13_the_original_is_sealed_as_it_came(incident, evidence_folder):
    content = telling_picture()
    blob = _settled(_keep(content, "wall.jpg"))
    path = evidence_folder / blob.id
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (content, 0o400)
    assert stat.S_IMODE(evidence_folder.stat().st_mode) == 0o700
    assert (blob.size, len(blob.sha256), blob.type, blob.name) == (len(content), 64, "jpeg", "wall.jpg")


def test_two_of_the_same_are_kept_apart(incident, evidence_folder):
    first, second = _keep(picture(), "wall.jpg"), _keep(picture(), "wall.jpg")
    assert (first.sha256 == second.sha256, len(list(evidence_folder.iterdir()))) == (True, 2)
    discard(first)
    assert [path.name for path in evidence_folder.iterdir()] == [second.id]


def test_h14_only_copies_without_place_or_device_are_shared(incident, evidence_folder):
    blob = _settled(_keep(telling_picture(), "wall.jpg"))
    copies = [(evidence_folder / name).read_bytes() for name in (blob.shared, blob.thumbnail)]
    assert (blob.state, blob.carries) == ("clean", ["author", "device", "place", "time"])
    assert [word for copy in copies for word in (CAMERA.encode(), WRITER.encode(), b"Exif") if word in copy] == []


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (pixel_bomb(), "bomb.png", "The picture has more than 64 million points."),
        (picture()[:900], "cut.jpg", "The picture cannot be read: it may be cut off or damaged."),
    ],
)
def test_h13_a_picture_nobody_can_read_is_kept_and_never_shown(incident, evidence_folder, content, name, says):
    blob = _settled(_keep(content, name))
    assert (blob.state, blob.shared, blob.thumbnail) == ("failed", "", "")
    assert blob.reason == f"{says} There is no copy to show or share; the original is kept."
    assert (evidence_folder / blob.id).read_bytes() == content


def test_h13_what_the_scanner_finds_is_given_to_nobody(incident, settings):
    with clamd() as settings.CLAMD:
        blob = _settled(_keep(b"Look: " + EICAR, "note.txt"))
    assert (blob.state, blob.may_be_given_out, waiting_for(_viewer("fay"), "incident", "IN-1")) == (
        "refused",
        False,
        [],
    )
    assert blob.reason.startswith("The virus scanner found Eicar-Test-Signature in it.")


def test_h13_everything_is_held_while_the_scanner_is_down_and_let_through_afterwards(incident, settings):
    blobs = [_keep(picture(), "wall.jpg"), _keep(b"hello", "note.txt")]
    with clamd("closes") as settings.CLAMD:
        assert settle_held() == 0
    assert [_fresh(blob).state for blob in blobs] == ["held", "held"]
    ends = "It is held until the scanner has looked at it; nothing has to be sent again."
    assert [_fresh(blob).reason.endswith(ends) for blob in blobs].count(True) == 1  # it stops at the first
    assert [_fresh(blob).may_be_given_out for blob in blobs] == [False, False]
    with clamd() as settings.CLAMD:
        assert settle_held() == 2
    assert [(blob.state, blob.reason) for blob in map(_fresh, blobs)] == [("clean", ""), ("clean", "")]


def test_settling_twice_changes_nothing(incident, evidence_folder):
    blob = _settled(_keep(picture(), "wall.jpg"))
    before = sorted(path.name for path in evidence_folder.iterdir())
    assert (settle.call(blob.id), sorted(path.name for path in evidence_folder.iterdir())) == ("settled before", before)


def test_copies_made_by_the_slower_of_two_are_removed(incident, evidence_folder):
    blob = _keep(picture(), "wall.jpg")
    slow = Blob.objects.get(pk=blob.pk)
    settle.call(blob.id)
    before = sorted(path.name for path in evidence_folder.iterdir())
    settling._copied(slow)
    assert sorted(path.name for path in evidence_folder.iterdir()) == before


def test_what_is_not_accepted_leaves_nothing(incident, evidence_folder):
    with pytest.raises(NotAccepted):
        _keep(b"<html>", "page.html")
    assert (Blob.objects.count(), evidence_folder.exists()) == (0, False)


def test_what_cannot_be_written_down_is_not_kept_either(incident, evidence_folder):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE evidence_blob")
    with pytest.raises(DatabaseError):
        _keep(picture(), "wall.jpg")
    assert list(evidence_folder.iterdir()) == []


def test_a_state_nobody_knows_cannot_be_stored(incident):
    with pytest.raises(IntegrityError):
        Blob.objects.filter(pk=_keep(b"hello", "note.txt").pk).update(state="fine")


def test_an_upload_becomes_an_entry_with_its_fingerprint_once(incident):
    blob = _keep(b"hello", "note.txt")
    first = record_evidence(blob, {"what": "What he wrote", "sensitivity": "third_party"}, actor="fay", at=NOW)
    again = record_evidence(blob, {"what": "What he wrote", "sensitivity": "third_party"}, actor="fay", at=NOW)
    data = first.entries[0].data
    assert (first.entries[0].ref, data.sha256) == (again.entries[0].ref, blob.sha256)
    assert (_fresh(blob).entry, _fresh(blob).sensitivity) == (first.entries[0].ref, "third_party")


def test_h3_what_names_a_third_person_is_for_those_who_handle_reports(incident):
    blob, plain = _keep(b"hello", "note.txt"), _keep(b"hello", "plain.txt")
    record_evidence(blob, {"what": "Who told me", "sensitivity": "reporter_identity"}, actor="fay", at=NOW)
    seen = {who: [one.name for one in blobs_for(_viewer(who), "incident", "IN-1")] for who in ("fay", "olu", "audra")}
    assert seen == {"fay": ["note.txt", "plain.txt"], "olu": ["note.txt", "plain.txt"], "audra": [plain.name]}


def test_h19_what_is_privileged_is_for_those_who_act_on_legal_advice(incident):
    record_evidence(_keep(b"hello", "n.txt"), {"what": "Counsel", "sensitivity": "privileged"}, actor="fay", at=NOW)
    staff = ("fay", "olu", "dara", "pol", "sam", "audra")
    seen = {who for who in staff if blobs_for(_viewer(who), "incident", "IN-1")}
    assert seen == {"fay", "olu", "dara", "pol", "sam"}


def test_files_of_a_report_not_sent_are_its_writers_until_it_is(incident):
    blob = keep(upload(b"hello", "note.txt"), kind="draft", file="fay", by="fay", at=NOW)
    assert [one.id for one in blobs_for(_viewer("fay"), "draft", "fay")] == [blob.id]
    assert blobs_for(_viewer("sam"), "draft", "fay") == []
    assert move_drafts("fay", "incident", "IN-1") == 1
    assert [one.id for one in waiting_for(_viewer("fay"), "incident", "IN-1")] == [blob.id]


def test_reading_uploads_takes_one_statement_for_one_and_for_many(incident, django_assert_num_queries):
    viewer = _viewer("olu")
    for number in (1, 19):
        for _ in range(number):
            _keep(b"hello", "note.txt")
        with django_assert_num_queries(1):
            blobs_for(viewer, "incident", "IN-1")


def test_tasks_of_a_killed_worker_return_to_the_queue(incident):
    _keep(b"hello", "note.txt")
    task = DBTaskResult.objects.get()
    task.claim("killed")
    assert (
        return_claims(task.started_at + timedelta(minutes=9)),
        return_claims(task.started_at + timedelta(minutes=11)),
    ) == (
        0,
        1,
    )
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_a_sweep_settles_what_no_task_remembers(incident):
    blob = _keep(b"hello", "note.txt")
    DBTaskResult.objects.all().delete()
    sweep(NOW)
    assert _fresh(blob).state == "clean"


def test_files_disposed_of_take_their_uploads_with_them(incident, evidence_folder):
    blob, other = _settled(_keep(picture(), "wall.jpg")), _keep(b"hello", "note.txt", file="IN-2")
    FileIndex.objects.filter(name="IN-1").update(state="disposed")
    assert let_go(NOW) == 1
    assert ([one.id for one in Blob.objects.all()], [path.name for path in evidence_folder.iterdir()]) == (
        [other.id],
        [other.id],
    )
    assert vault().exists(blob.id) is False


def test_files_for_a_report_never_sent_go_after_a_month(incident):
    keep(upload(b"hello", "note.txt"), kind="draft", file="fay", by="fay", at=NOW)
    assert (let_go(NOW + timedelta(days=29)), let_go(NOW + sweeping.DRAFTS_LAST + timedelta(days=1))) == (0, 1)


def _fresh(blob: Blob) -> Blob:
    return Blob.objects.get(pk=blob.pk)


def _viewer(who: str):
    return viewer_of(Account.objects.get(staff_id=who), NOW)
