"""The service's role on PostgreSQL can do its work and nothing to the past."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections

from evenhand.record.checkpoints import make_checkpoint
from evenhand.record.erasing import whole_file
from evenhand.record.guards import KEYS
from evenhand.record.reading import read_entries
from evenhand.record.receipts import RequestKey
from evenhand.record.roles import NoSuchRole, grant_application, owns_record
from evenhand.record.scrubbing import CannotScrub, scrub_storage
from evenhand.record.verify import verify
from tests.postgres import serving
from tests.record.making import NOON, an_entry, record
from tests.record.tampering import run

ROLE = "evenhand_service"


@pytest.fixture
def as_service(postgresql, postgresql_server, tmp_path):
    """Runs the test as the service's own role."""
    if not run("SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
        run(f"CREATE ROLE {ROLE} LOGIN")
    grant_application(ROLE)
    with serving(postgresql_server.url(postgresql, ROLE), tmp_path):
        yield


def test_h20_the_service_can_do_all_its_work(as_service):
    record(an_entry(), request=RequestKey("k", "digest"))
    record(an_entry(), erases=whole_file("case", "case-1", "retention"))
    kept = make_checkpoint(NOON)
    assert verify(kept).is_sound
    assert [sorted(entry.erased) for entry in read_entries("case", "case-1")] == [["facts", "findings", "main"], []]
    assert not owns_record()


DENIED = [f"UPDATE {table} SET {key[0]} = {key[0]}" for table, key in KEYS.items()]
DENIED += [f"DELETE FROM {table}" for table in ("record_entry", "record_erasure", "record_checkpoint", "record_head")]
DENIED += [f"TRUNCATE {table}" for table in ("record_part", "record_head", "record_receipt")]
DENIED += ["UPDATE looks_look SET staff = staff", "DELETE FROM looks_look"]
DENIED += [
    "ALTER TABLE record_entry DISABLE TRIGGER record_entry_no_update",
    "DROP TRIGGER record_part_no_delete ON record_part",
    "DROP TABLE record_part",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "SET ROLE evenhand_owner",
]


@pytest.mark.parametrize("statement", DENIED)
def test_h20_the_service_cannot_touch_the_past(as_service, statement):
    record(an_entry())
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


def test_h20_the_service_may_not_delete_content_that_no_erasure_names(as_service):
    record(an_entry())
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM record_part")


def test_h18_the_service_cannot_scrub_and_is_told_who_can(as_service):
    with pytest.raises(CannotScrub) as refused:
        scrub_storage()
    assert str(refused.value) == (
        "Only the owner of the tables may rewrite them: run this with the owner's database address."
    )


def test_grant_application_refuses_a_role_that_could_do_more(postgresql):
    with pytest.raises(NoSuchRole) as refused:
        grant_application("evenhand_owner")
    assert str(refused.value) == (
        "The role 'evenhand_owner' owns the tables or is a superuser; give the service one that is neither."
    )
    assert owns_record()


def test_grant_application_refuses_a_role_that_is_missing(postgresql):
    with pytest.raises(NoSuchRole) as refused:
        grant_application("nobody_here")
    assert str(refused.value) == (
        "There is no role 'nobody_here'; make it with CREATE ROLE nobody_here LOGIN, then try again."
    )


def test_sqlite_has_no_roles(sqlite):
    assert not owns_record()
    with pytest.raises(NoSuchRole) as refused:
        grant_application(ROLE)
    assert str(refused.value) == "SQLite has no roles: protect the file, and keep checkpoints elsewhere."
    assert connections["default"].vendor == connection.vendor == "sqlite"
