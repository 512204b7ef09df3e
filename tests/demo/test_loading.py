"""Loading the demonstration landlord: the same every time, on any day, into an empty home, all of it or nothing."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from evenhand.cases.models import FileIndex, FlagIndex, OpenDuty, SanctionIndex
from evenhand.demo.customers import Size
from evenhand.demo.loading import NotAllowed, NotEmpty, load_demo
from evenhand.demo.telling import tellings
from evenhand.people.models import Customer
from tests.demo.conftest import TODAY
from tests.postgres import serving

pytestmark = pytest.mark.unmeasured

SMALL = Size(homes=150, joint=40, household=4, applicants=10)


def some(*spines):
    return [telling for telling in tellings() if telling.spine in spines]


def made():
    """What a few stories make, as the projections and the registers have it."""
    loaded = load_demo(TODAY, SMALL, told=some("counter", "legacy", "mediated"))
    listed = [list(model.objects.order_by("pk").values()) for model in (FileIndex, SanctionIndex, FlagIndex, Customer)]
    return loaded, listed, list(OpenDuty.objects.order_by("file", "duty", "about").values("file", "duty", "due_on"))


def test_the_same_day_makes_the_same_landlord_on_either_database(database, migrated_sqlite, tmp_path_factory):
    first, home = made(), tmp_path_factory.mktemp("again")
    for name in (migrated_sqlite.name, "looks.sqlite3"):
        shutil.copy(migrated_sqlite.with_name(name), home)
    with serving("", home):
        assert made() == first


@pytest.mark.parametrize("day", ["2027-01-02", "2028-02-29", "2026-04-06"])
def test_any_day_will_do(sqlite, day):
    loaded = load_demo(date.fromisoformat(day), SMALL, told=some("urgent", "flags", "joint"))
    assert (loaded.files["case"], loaded.files["flag"]) == (4, 13)


def test_a_home_with_somebody_in_it_is_refused(sqlite):
    Customer.objects.create(id="carol", name="Carol")
    with pytest.raises(NotEmpty) as refused:
        load_demo(TODAY, SMALL, told=[])
    assert str(refused.value).startswith("There are people or files in this home already")


def test_a_step_that_is_refused_leaves_nothing_behind(database, monkeypatch):
    monkeypatch.setattr("evenhand.demo.casting.above", lambda _manager: ("sam", "sam"))
    with pytest.raises(NotAllowed) as refused:
        load_demo(TODAY, SMALL, told=[one for one in some("warned") if "assigned" in one.parts])
    assert "assign_appeal" in str(refused.value)
    assert (Customer.objects.count(), FileIndex.objects.count()) == (0, 0)
