"""Who may see which file and which customer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import Http404

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex
from evenhand.cases.seeing import (
    Viewer,
    file_seen,
    handles_advice,
    handles_reports,
    may_see_person,
    names_seen,
    people_seen,
    person_seen,
    tied_to,
    visible_to,
)
from evenhand.people.models import Customer, Home, Tenancy
from evenhand.people.reading import registers_on
from tests.cases.making import NOON, a_landlord, an_open_case, taken

pytestmark = pytest.mark.usefixtures("database")

DAY = NOON.date()
FLAG = {
    "subject": "carol",
    "category": "threats_and_abuse",
    "control_measures": ["two_people"],
    "incident": "incident-1",
    "reasons": "She threw a cup.",
}


def viewer(who: str, sees: str = "own", roles: tuple[str, ...] = ("colleague",), **given: Any) -> Viewer:
    registers = registers_on(DAY)
    given = {name: frozenset(value) for name, value in given.items()}
    return Viewer(registers.staff[who], registers, DAY, NOON, frozenset(roles), sees, **given)


def seen_by(who: str, sees: str = "own", **given: Any) -> list[str]:
    return sorted(visible_to(viewer(who, sees, **given)).values_list("name", flat=True))


def restricted(allowed: tuple[str, ...] = ("rae",)) -> None:
    """case-1 of olu about carol, kept by mina to a few."""
    an_open_case()
    taken("restrict_case", "case-1", "mina", minute=2, reasons="A colleague is in it.", allowed=allowed)


def test_a_colleague_sees_what_they_had_a_part_in():
    an_open_case()
    assert [seen_by("olu"), seen_by("rae")] == [["case-1", "incident-1"], []]


def test_whoever_is_named_on_a_file_sees_it():
    an_open_case()
    taken("report_incident", "incident-2", "olu", minute=2, what_happened="He hit the desk.", affected=["rae"])
    taken("assign_case", "case-1", "mina", minute=3, officer="rae")
    assert seen_by("rae") == ["case-1", "incident-2"]


def test_h3_reporting_opens_the_report_and_not_the_case_it_led_to():
    a_landlord()
    taken("report_incident", "incident-1", "mina", subject="carol", what_happened="She shouted.", reporter="rae")
    taken("open_case", "case-1", "olu", minute=1, subject="carol", incidents=["incident-1"], colleague="olu")
    assert seen_by("rae") == ["incident-1"]


def test_whom_a_counter_allegation_is_about_does_not_see_the_case_by_that():
    an_open_case()
    taken("record_counter_allegation", "case-1", minute=2, about="rae", what="He was rude.")
    assert seen_by("rae") == []


def test_what_only_follows_from_a_step_elsewhere_opens_nothing():
    an_open_case()
    taken("record_need", "carol", "rae", minute=2, need="cannot_write")
    assert seen_by("rae") == ["carol"]


def test_a_team_sees_what_any_of_it_had_a_part_in():
    an_open_case()
    assert [seen_by("rae", "team", team={"olu", "rae"}), seen_by("rae", "team", team={"rae", "max"})] == [
        ["case-1", "incident-1"],
        [],
    ]


def test_who_sees_all_sees_all_but_contractors_and_the_like_see_nothing():
    an_open_case()
    assert seen_by("dpo", "all") == ["case-1", "incident-1"]
    assert seen_by("dpo", "all", roles=("contractor", "portal", "system")) == []
    assert list(people_seen(viewer("olu", roles=("contractor",)))) == []
    assert not may_see_person(viewer("olu", roles=()), "carol")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("mina", ["case-1"]),  # she restricted it
        ("olu", ["case-1", "incident-1"]),  # its officer
        ("rae", ["case-1", "incident-1"]),  # let in
        ("max", []),
        ("dpo", []),
    ],
)
def test_h1_a_restricted_case_is_seen_by_the_few_it_is_kept_to(who, expected):
    restricted()
    assert seen_by(who, "own" if who == "mina" else "all") == expected


def test_h1_who_was_let_in_once_and_is_not_any_more_sees_it_no_more():
    restricted()
    taken("restrict_case", "case-1", "mina", minute=3, reasons="Fewer.", allowed=[])
    assert seen_by("rae", "all") == []


def test_h1_a_restricted_case_is_not_betrayed_by_its_reports_and_flags():
    restricted(allowed=())
    taken("report_incident", "incident-2", "olu", minute=3, subject="pat", what_happened="He swore.")
    taken("propose_flag", "flag-1", "olu", minute=4, **FLAG)
    assert seen_by("max", "all") == ["incident-2"]
    assert names_seen(viewer("max", "all"), ["case-1", "incident-1", "incident-2", "flag-1"]) == {"incident-2"}


def test_h1_whoever_reported_still_sees_the_report_of_a_restricted_case():
    a_landlord()
    taken("report_incident", "incident-1", "rae", subject="carol", what_happened="She shouted.")
    taken("open_case", "case-1", "olu", minute=1, subject="carol", incidents=["incident-1"], colleague="olu")
    taken("restrict_case", "case-1", "mina", minute=2, reasons="Few need to know.", allowed=())
    assert seen_by("rae", "all") == ["incident-1"]


def test_h1_of_what_the_viewer_is_tied_to_nothing_is_seen_not_even_by_breaking_the_glass():
    an_open_case()
    ties = tied_to({"carol"}, DAY)
    assert seen_by("olu", "all", ties=ties, opened={"case-1"}) == []
    assert [person.id for person in people_seen(viewer("olu", ties=ties))] == ["pat"]
    with pytest.raises(Http404):
        person_seen(viewer("olu", ties=ties), "carol")


def test_breaking_the_glass_opens_one_file_and_nothing_beside_it():
    restricted(allowed=())
    assert seen_by("max", "own", opened={"case-1"}) == ["case-1"]
    assert seen_by("max", "all", opened={"case-1"}) == ["case-1", "incident-1"]


def test_customers_and_their_own_files_are_seen_by_every_colleague():
    a_landlord()
    taken("record_need", "carol", "olu", need="cannot_write")
    assert seen_by("rae") == ["carol"]
    assert [person.id for person in people_seen(viewer("rae")).order_by("id")] == ["carol", "pat"]
    assert person_seen(viewer("rae"), "pat").name == "Pat"


def test_h1_a_file_that_is_hidden_is_as_one_that_is_not_there():
    restricted(allowed=())
    for kind, name in (("case", "case-1"), ("case", "case-9"), ("incident", "case-1"), ("person", "carol")):
        with pytest.raises(Http404) as raised:
            file_seen(viewer("max", "all"), kind, name)
        assert str(raised.value) == ""
    assert file_seen(viewer("olu"), "case", "case-1") == FileIndex.objects.get(name="case-1")


def test_an_address_stands_for_everybody_who_lives_there():
    a_landlord()
    for uprn, address in (("7", "14 Quarry Rise, Bristol"), ("8", "140 Quarry Rise, Bristol")):
        Home.objects.create(uprn=uprn, address=address)
    Customer.objects.filter(id="pat").update(home="7")
    Tenancy.objects.create(home_id="7", kind="assured").tenants.add("carol")
    Tenancy.objects.create(home_id="8", kind="assured", until=DAY).tenants.add("pat")
    assert tied_to({"14 quarry rise,"}, DAY) == {"14 quarry rise,", "7", "carol", "pat"}
    assert tied_to({"8"}, DAY) == {"8", "pat"}
    assert tied_to({"7", "olu"}, DAY) == {"7", "olu", "carol", "pat"}
    assert tied_to((), DAY) == frozenset()


@pytest.mark.parametrize(
    ("role", "reports", "advice"),
    [
        ("colleague", False, False),
        ("auditor", False, False),
        ("case_officer", True, True),
        ("senior_officer", True, True),
        ("data_protection_officer", False, True),
        ("policy_owner", False, True),
        ("legal_adviser", False, True),
    ],
)
def test_h3_h19_what_is_kept_to_a_few_is_read_by_those_who_handle_it(role, reports, advice):
    a_landlord()
    who = viewer("olu", roles=(role,))
    assert (handles_reports(who, in_force()), handles_advice(who, in_force())) == (reports, advice)


def test_h19_an_edition_without_legal_steps_lets_nobody_read_advice_by_their_role():
    a_landlord()
    edition = in_force()
    steps = {name: rule for name, rule in edition.steps.items() if "legal" not in name}
    assert handles_advice(viewer("olu", roles=("senior_officer",)), replace(edition, steps=steps)) is False
