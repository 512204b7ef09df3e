"""From an account to the viewer, in one statement."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.db import connections
from django.test.utils import CaptureQueriesContext

from evenhand.accounts import rules
from evenhand.accounts.making import new_account
from evenhand.accounts.sessions import SessionStore
from evenhand.accounts.viewing import viewer_of
from evenhand.casework.registers import Registers, StaffMember
from evenhand.looks.models import Grant
from evenhand.people.models import Deputy, StaffRole, TeamMember
from evenhand.people.reading import stamp_now
from evenhand.people.writing import enter, mark_changed
from tests.accounts.signing import account_of, browser
from tests.desk import NOW

LATER = NOW + timedelta(days=36_500)


def seen_by(who, at=NOW):
    return viewer_of(account_of(who), at)


def test_scopes_are_those_of_the_roles_by_default(desk):
    found = {who: seen_by(who).sees for who in ("fay", "olu", "mina", "sam", "audra", "dara", "pol", "ada")}
    assert found == {
        "fay": "own",
        "olu": "team",
        "mina": "team",
        "sam": "all",
        "audra": "all",
        "dara": "all",
        "pol": "own",
        "ada": "own",
    }


def test_the_widest_scope_of_several_roles_counts_and_the_strictest_proof(desk):
    rules.settle("colleague", sees="own", needs_second_factor=True)
    assert rules.together({"colleague", "senior_officer"}) == rules.Rule("all", needs_second_factor=True)
    assert rules.together(()) == rules.rule_of("portal") == rules.Rule("own", needs_second_factor=False)


def test_a_changed_rule_counts_at_once(desk):
    assert seen_by("fay").sees == "own"
    rules.settle("colleague", sees="team", needs_second_factor=False)
    assert seen_by("fay").sees == "team"
    rules.settle("colleague", sees="own", needs_second_factor=False)
    assert seen_by("fay").sees == "own"


def test_a_team_is_its_members_and_everybody_managed_directly_or_through_others(desk):
    assert [seen_by(who).team for who in ("olu", "nils", "sam", "ada")] == [
        {"olu", "fay", "mina"},
        {"otto", "nils"},
        {"sam", "mina", "nils", "olu", "fay", "otto"},
        {"ada"},
    ]


def test_who_stands_in_sees_whom_the_other_manages_while_they_do(desk):
    day = NOW.date()
    Deputy.objects.create(staff_id="nils", deputy_id="ada", since=day, until=day)
    mark_changed()
    assert seen_by("ada").team == {"ada", "otto"}
    assert (seen_by("ada").roles, seen_by("ada").sees) == ({"administrator", "manager"}, "team")
    tomorrow = seen_by("ada", NOW + timedelta(days=1))
    assert (tomorrow.team, tomorrow.roles, tomorrow.sees) == ({"ada"}, {"administrator"}, "own")


def test_who_has_left_a_team_no_longer_sees_its_work(desk):
    TeamMember.objects.filter(staff_id="fay").update(until=NOW.date() - timedelta(days=1))
    mark_changed()
    assert (seen_by("fay").team, seen_by("olu").team) == ({"fay"}, {"olu", "mina"})


def test_a_colleague_who_is_in_no_register_holds_nothing(desk):
    StaffRole.objects.filter(staff_id="sam").delete()
    mark_changed()
    assert (seen_by("sam").roles, seen_by("sam").sees) == (frozenset(), "own")


def test_a_warm_request_takes_one_statement_for_session_account_and_viewer(desk, settings):
    settings.ROOT_URLCONF = "benchmarks.hello_urls"
    client = desk.client("olu")
    client.get("/hello/")
    with (
        CaptureQueriesContext(connections["sessions"]) as asked,
        CaptureQueriesContext(connections["default"]) as others,
    ):
        answer = client.get("/hello/")
    assert (answer.content, len(asked)) == (b"Hello, Olu Lamb.", 1)
    assert [query["sql"] for query in others if not query["sql"].startswith("PRAGMA query_only")] == []


def test_a_session_is_read_with_who_stands_behind_it(database):
    enter(Registers({"olu": StaffMember("olu", "Olu Lamb", frozenset({"case_officer"}))}))
    account = new_account("olu@example.org", "olu")
    client = browser()
    client.force_login(account)
    found = SessionStore(client.session.session_key)
    assert found["_auth_user_id"] == str(account.id)
    assert (found.principal.account, found.principal.account.email) == (account, "olu@example.org")
    assert (found.principal.stamp, found.principal.has_second_factor, found.principal.has_opened) == (
        stamp_now(),
        False,
        False,
    )
    TOTP.activate(account, "secret")
    Grant.objects.create(staff="olu", file="UC-1", kind="case", reason="-", opened_at=NOW, until=LATER)
    again = SessionStore(client.session.session_key)
    assert (again.keys(), again.principal.has_second_factor, again.principal.has_opened) == (found.keys(), True, True)


def test_a_session_that_ran_out_or_never_was_is_nobodys(database):
    kept = SessionStore()
    kept["word"] = 1
    kept.set_expiry(-1)
    kept.create()
    for key in (kept.session_key, "never-was", None):
        found = SessionStore(key)
        assert (dict(found.items()), found.principal) == ({}, None)
