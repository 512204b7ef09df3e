"""Every list, with every filter and order it has, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from evenhand.cases.models import FileIndex, FilePerson, FileStaff, FlagIndex, OpenDuty, SanctionIndex
from evenhand.cases.seeing import Viewer
from evenhand.casework.registers import CustomerRecord, Home, Registers, StaffMember
from evenhand.people.models import Team
from evenhand.people.reading import registers_on
from evenhand.people.writing import enter
from evenhand.web.lists import team, today
from evenhand.web.lists.cases import CASES
from evenhand.web.lists.filters import Filter, read_filters
from evenhand.web.lists.listing import Asked, Listing
from evenhand.web.views.lists import LISTINGS

DAY = date(2026, 8, 3)
AT = datetime(2026, 8, 3, 9, tzinfo=UTC)


@pytest.fixture
def mina(database) -> Viewer:
    """A manager and her officer with one case, its duty, its measure, and a flag, all overdue; and an inquiry."""
    staff = {"mina": StaffMember("mina", "Mina Rao", frozenset({"manager"})), "olu": StaffMember("olu", "Olu Lamb")}
    customers = {"carol": CustomerRecord("carol", "Carol Ashdown", "assured", "1")}
    enter(Registers(staff, customers, {"1": Home("1", "14 Quarry Rise")}))
    Team.objects.create(id="north", title="North team")
    rows: list[Model] = [
        _file("case", "UC-1", "opened"), _file("flag", "FL-1", "proposed"), _file("inquiry", "IQ-1", "open"),
    ]  # fmt: skip
    rows += [FileStaff(file=name, staff="olu", stays=True) for name in ("UC-1", "FL-1", "IQ-1")]
    for file, duty in (("UC-1", "endorse_case"), ("FL-1", "approve_flag")):
        said = {"file": file, "made_by": f"{file}#1", "about": f"{file}#1", "clause": "1.3", "owners": "manager"}
        rows.append(OpenDuty(**said, duty=duty, keeper="", due_on=DAY.replace(day=1)))
    measure = {"file": "UC-1", "subject": "carol", "kinds": "", "proposed_by": "olu", "proposed_on": DAY}
    rows.append(SanctionIndex(**measure, ref="UC-1#2", remedy="x", imposed_on=DAY, review_by=DAY.replace(day=1)))
    rows.append(SanctionIndex(**measure, ref="UC-1#3", remedy=""))
    rows.append(FlagIndex(file="FL-1", subject="carol", place="", category="x", set_on=DAY, is_declined=False))
    for row in rows:
        row.save(force_insert=True)
    registers = registers_on(DAY)
    return Viewer(
        registers.staff["mina"], registers, DAY, AT, frozenset({"manager"}), "all", frozenset({"mina", "olu"})
    )


def _file(kind: str, name: str, state: str) -> FileIndex:
    said = {"kind": kind, "name": name, "state": state, "subject": "carol", "officer": "olu", "edition": ""}
    return FileIndex(**said, opened_on=DAY, last_on=DAY, is_open=True, is_restricted=False)


def _values(one: Filter, viewer: Viewer) -> list[str]:
    return list(one.options(viewer)) or {"day": ["2026-08-01"], "tick": ["yes"], "words": ["carol quarry"]}[one.kind]


def _shown(listing: Listing, viewer: Viewer, **query: str) -> list[list[str]]:
    chosen = read_filters(listing.filters, query, viewer, listing.sorts)
    assert chosen.errors == []
    page = listing.page(chosen, viewer)
    return [[cell.words for cell in line] for line in listing.lines(page.rows, viewer)]


@pytest.mark.parametrize("name", LISTINGS)
def test_every_filter_and_order_of_a_list_can_be_asked_for(mina, name):
    listing = LISTINGS[name]
    for one in listing.filters:
        for value in _values(one, mina):
            _shown(listing, mina, **{one.name: value})
    shown = [_shown(listing, mina, sort=sort, whose="all", state="any") for sort in listing.sorts]
    assert {len(rows) for rows in shown} == {{"duties": 2, "sanctions": 2}.get(name, 1)}
    assert {len(line) for rows in shown for line in rows} == {len(listing.columns)}


def test_sanctions_are_found_by_the_category_of_the_conduct_they_answer(mina):
    SanctionIndex.objects.filter(ref="UC-1#2").update(behaviours=" unreasonable_demands  abusive ")
    SanctionIndex.objects.filter(ref="UC-1#3").update(behaviours=" shifting_scope ")
    asked = ("demands", "behaviours", "lack_of_cooperation", "arguments")
    found = {one: len(_shown(LISTINGS["sanctions"], mina, conduct=one, whose="all", state="any")) for one in asked}
    assert found == {"demands": 1, "behaviours": 1, "lack_of_cooperation": 1, "arguments": 0}


@pytest.mark.parametrize("name", LISTINGS)
def test_no_part_of_a_list_asks_the_database_while_its_statement_is_put_together(mina, name):
    listing = LISTINGS[name]
    queries = [{one.name: value} for one in listing.filters for value in _values(one, mina)]
    queries += [{"sort": sort} for sort in listing.sorts]
    for query in queries:
        chosen = read_filters(listing.filters, query, mina, listing.sorts)
        with CaptureQueriesContext(connection) as asked:
            Asked(listing, chosen, mina, "", "").rows().query.sql_with_params()
        assert [one["sql"] for one in asked] == []


def test_a_statement_is_put_together_anew_for_whoever_sees_something_else(mina):
    FilePerson.objects.create(file="UC-1", person="carol")
    chosen = read_filters(CASES.filters, {"whose": "all"}, mina, CASES.sorts)
    kept_away = replace(mina, ties=frozenset({"carol"}))
    assert [len(CASES.page(chosen, who).rows) for who in (mina, kept_away, mina)] == [1, 0, 1]
    later, moved = replace(mina, at=AT.replace(hour=10)), replace(mina, registers=replace(mina.registers))
    asked = [Asked(CASES, chosen, who, "", "") for who in (mina, later, kept_away, moved)]
    assert [asked[0] == other for other in asked] == [True, True, False, False]


def test_the_first_page_and_the_managers_view_can_be_asked_for(mina):
    assert [item.what for item in today.overdue(mina).items] == [
        "Endorse the case, or decline it",
        "Approve the flag, or decline it",
    ]
    assert today.this_week(mina).items == []
    assert [(item.file, item.label) for item in today.waiting(mina).items] == [("UC-1", "Endorse the case")]
    assert today.own_cases(mina) == ([], {}, False)
    assert [(row.who, [n.number for n in row.numbers]) for row in team.duties_by_person(mina)] == [
        ("You", [0, 2, 0, 0])
    ]
    assert [(row.who, [n.number for n in row.numbers]) for row in team.caseloads(mina)] == [("Olu Lamb", [1, 1, 1])]
    assert [item.file for item in team.past_their_day(mina).items] == ["UC-1", "FL-1"]
