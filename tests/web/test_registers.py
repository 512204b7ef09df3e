"""Keeping the registers: colleagues and customers, what ties them to each other, and who may change it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from evenhand.accounts.models import Account
from evenhand.people.models import Change, Connection, Customer, Deputy, Staff, StaffRole, Tenancy, Training
from tests.desk import NOW


def day(name: str, when: date) -> dict[str, str]:
    """A day as the three inputs of its field are posted."""
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


@pytest.fixture
def ada(desk):
    """An administrator's browser, on the Monday of the desk."""
    with time_machine.travel(NOW, tick=False):
        yield desk.client("ada")


def posted(browser, path: str, **typed: str) -> tuple[int, str]:
    """The status, and where it leads or what it says."""
    answer = browser.post(path, typed)
    return answer.status_code, answer.get("Location") or answer.content.decode()


def test_a_new_colleague_has_an_account_that_nobody_can_sign_in_with_yet(ada):
    typed = {"id": "new", "name": "Nell Ives", "email": "Nell@Example.org"}
    assert posted(ada, "/settings/colleagues/new/", **typed) == (302, "/settings/colleagues/?q=new")
    account = Account.objects.get(staff_id="new")
    assert (account.email, account.has_usable_password(), account.is_address_sure) == ("nell@example.org", False, False)
    assert [change.said for change in Change.objects.order_by("id")] == ["Nell Ives added"]


def test_a_new_colleague_with_wrong_words_is_asked_again_and_loses_nothing(ada):
    status, says = posted(ada, "/settings/colleagues/new/", id="two words", name="Nell Ives", email="nell")
    assert (status, Staff.objects.filter(name="Nell Ives").exists()) == (422, False)
    assert 'value="two words"' in says
    assert "Use one word of letters, digits" in says
    assert says.count("nter a valid email address.") == 2
    assert "<title>Error: " in says


def test_a_reference_is_given_once(ada):
    status, says = posted(ada, "/settings/colleagues/new/", id="carol", name="Carol Two", email="c2@example.org")
    assert (status, "Somebody has this reference already" in says) == (422, True)


def test_a_role_is_given_and_ended_and_neither_is_overwritten(ada):
    path = "/settings/colleagues/fay/role/"
    assert posted(ada, f"{path}add/", role="manager", **day("since", date(2026, 8, 1)))[0] == 302
    row = StaffRole.objects.get(staff_id="fay", role="manager")
    assert posted(ada, f"{path}{row.id}/end/", **day("until", date(2026, 8, 2)))[0] == 302
    row.refresh_from_db()
    assert (row.since, row.until) == (date(2026, 8, 1), date(2026, 8, 2))
    assert [c.said for c in Change.objects.order_by("id")] == [
        "Manager since 1 August 2026",
        "Manager: ends 2 August 2026",
    ]


def test_nothing_ends_before_it_begins(ada):
    posted(ada, "/settings/colleagues/fay/role/add/", role="manager", **day("since", date(2026, 8, 1)))
    row = StaffRole.objects.get(staff_id="fay", role="manager")
    status, says = posted(ada, f"/settings/colleagues/fay/role/{row.id}/end/", **day("until", date(2026, 7, 1)))
    assert (status, says.count("nter a last day that is not before the first.")) == (422, 2)


def test_a_new_role_holds_from_the_next_page_on(ada, desk):
    fay = desk.client("fay")
    assert fay.get("/settings/").status_code == 403
    posted(ada, "/settings/colleagues/fay/role/add/", role="administrator")
    assert fay.get("/settings/").status_code == 200


def test_training_moves_to_the_last_time_it_was_done(ada):
    path = "/settings/colleagues/fay/training/add/"
    assert posted(ada, path, module="unacceptable_conduct", **day("done_on", date(2026, 7, 31)))[0] == 302
    assert [row.done_on for row in Training.objects.filter(staff_id="fay")] == [date(2026, 7, 31)]


def test_a_day_that_does_not_exist_is_named(ada):
    typed = {"module": "unacceptable_conduct", "done_on-day": "31", "done_on-month": "2", "done_on-year": "2026"}
    status, says = posted(ada, "/settings/colleagues/fay/training/add/", **typed)
    assert (status, says.count("nter a day that exists, such as 6 8 2026.")) == (422, 2)
    assert 'value="31"' in says


def test_an_account_switched_off_ends_its_sessions(ada, desk):
    fay = desk.client("fay")
    assert fay.get("/").status_code == 200
    assert posted(ada, "/settings/colleagues/fay/switch/") == (302, "/settings/colleagues/fay/")
    assert fay.get("/").status_code == 302
    posted(ada, "/settings/colleagues/fay/switch/")
    assert Account.objects.get(staff_id="fay").is_active is True


def test_an_administrator_does_not_switch_off_their_own_account(ada):
    assert posted(ada, "/settings/colleagues/ada/switch/")[0] == 403


def test_a_role_that_needs_a_second_factor_is_settled(ada, desk):
    assert posted(ada, "/settings/roles/manager/", sees="team", needs_second_factor="on")[0] == 302
    assert desk.client("mina").get("/").status_code == 302


@pytest.mark.parametrize("who", ["olu", "fay", "mina", "sam", "audra", "dara", "pol"])
@pytest.mark.parametrize("path", ["", "colleagues/", "colleagues/fay/", "teams/", "roles/", "homes/", "customers/new/"])
def test_settings_are_for_administrators(desk, who, path):
    assert desk.client(who).get(f"/settings/{path}").status_code == 403


@pytest.mark.parametrize("path", ["", "colleagues/", "colleagues/fay/", "teams/", "roles/", "homes/", "customers/new/"])
def test_every_page_of_the_settings_opens(ada, path):
    assert ada.get(f"/settings/{path}").status_code == 200


def test_a_deputy_is_named_by_whoever_goes_away_and_has_a_last_day(desk):
    with time_machine.travel(NOW, tick=False):
        mina = desk.client("mina")
        status, says = posted(mina, "/account/me/deputy/add/", deputy="olu", **day("since", date(2026, 8, 10)))
        assert (status, says.count("Fill this in."), says.count(": fill this in.")) == (422, 1, 1)
        both = {**day("since", date(2026, 8, 10)), **day("until", date(2026, 8, 21))}
        assert posted(mina, "/account/me/deputy/add/", deputy="olu", **both) == (302, "/account/me/")
    row = Deputy.objects.get(staff_id="mina")
    assert (row.deputy_id, row.since, row.until) == ("olu", date(2026, 8, 10), date(2026, 8, 21))


def test_one_deputy_stands_in_at_a_time_and_none_who_audits(desk):
    with time_machine.travel(NOW, tick=False):
        mina = desk.client("mina")
        form = mina.get("/account/me/deputy/add/").content.decode()
        assert [f'value="{who}"' in form for who in ("olu", "sam", "audra", "dara", "mina")] == [
            True, True, False, False, False,
        ]  # fmt: skip
        Deputy.objects.create(staff_id="mina", deputy_id="olu", since=date(2026, 8, 10), until=date(2026, 8, 21))
        days = {**day("since", date(2026, 8, 21)), **day("until", date(2026, 8, 24))}
        status, says = posted(mina, "/account/me/deputy/add/", deputy="sam", **days)
        asked = "n these days Olu Lamb stands in already, until 21 August 2026: choose others, or end that first."
        assert (status, asked in says) == (422, True)
        later = {**day("since", date(2026, 8, 22)), **day("until", date(2026, 8, 24))}
        assert posted(mina, "/account/me/deputy/add/", deputy="sam", **later) == (302, "/account/me/")


def test_h1_a_declared_connection_hides_the_customer_and_only_others_take_it_back(desk, ada):
    olu = desk.client("olu")
    assert olu.get("/person/carol/details/").status_code == 200
    assert posted(olu, "/account/me/connection/add/", to="carol") == (302, "/account/me/")
    assert olu.get("/person/carol/details/").status_code == 404
    row = Connection.objects.get(staff_id="olu")
    assert olu.get(f"/settings/colleagues/olu/connection/{row.id}/drop/").status_code == 403
    assert posted(ada, f"/settings/colleagues/olu/connection/{row.id}/drop/")[0] == 302
    assert olu.get("/person/carol/details/").status_code == 200
    said = [change.said for change in Change.objects.order_by("id")]
    assert said == [
        "Declared somebody or somewhere they keep away from",
        "A declared connection was taken back",
    ]


def test_nobody_gives_themselves_a_role(desk):
    assert desk.client("olu").get("/account/me/role/add/").status_code == 404


def test_a_customers_details_are_changed_and_the_change_is_noted(desk):
    with time_machine.travel(NOW, tick=False):
        olu = desk.client("olu")
        typed = {"name": "Carol Ashdown", "phone": "07700 900123", "format": "large_print", "home": "100001"}
        typed |= {"tenure": "assured", **day("born_on", date(1961, 5, 2))}
        assert posted(olu, "/person/carol/details/edit/", **typed) == (302, "/person/carol/details/")
    assert Customer.objects.get(id="carol").phone == "07700 900123"
    (change,) = Change.objects.all()
    assert (change.by, change.at) == ("olu", NOW)
    assert change.said == "phone was empty, is '07700 900123'; format was empty, is 'large_print'"


def test_a_home_that_is_not_there_is_named(desk):
    status, says = posted(desk.client("olu"), "/person/carol/details/edit/", name="Carol Ashdown", home="42")
    assert (status, says.count("here is no home 42. Add it under Homes first.")) == (422, 2)


def test_joint_tenants_hold_one_tenancy(desk):
    olu = desk.client("olu")
    typed = {"home": "100001", "kind": "assured", "joint": "dan", **day("since", date(2020, 1, 6))}
    assert posted(olu, "/person/carol/details/tenancy/add/", **typed)[0] == 302
    row = Tenancy.objects.get()
    assert (row.home_id, row.since) == ("100001", date(2020, 1, 6))
    assert sorted(row.tenants.values_list("id", flat=True)) == ["carol", "dan"]


def test_a_colleague_without_cases_does_not_change_details(desk):
    assert desk.client("fay").get("/person/carol/details/").status_code == 403


def test_a_manager_sees_the_training_of_those_they_manage(desk):
    with time_machine.travel(NOW, tick=False):
        says = desk.client("mina").get("/account/me/").content.decode()
    assert says.count("Unacceptable conduct on 1 June 2026, which lasts until 1 June 2027") == 3
