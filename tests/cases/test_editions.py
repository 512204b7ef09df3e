"""Which edition a step is decided under."""

from __future__ import annotations

import pytest

from evenhand.cases.editions import SHIPPED, edition_of, in_force, known, moved_to, named
from evenhand.casework.case import CaseFile
from evenhand.casework.flag import FlagFile
from evenhand.casework.steps.control import AddNote, AdoptEdition
from evenhand.policy.parsing import UnknownEdition
from tests.cases.making import an_open_case, file
from tests.cases.stories import ROOT

OTHER = ROOT / "tests" / "editions" / "glenmore-2023-09.toml"


def test_the_shipped_edition_is_in_force_until_another_is_named(monkeypatch):
    monkeypatch.delenv("EVENHAND_EDITION", raising=False)
    assert in_force() is named(SHIPPED)
    monkeypatch.setenv("EVENHAND_EDITION", str(OTHER))
    assert in_force().id == known("glenmore-2023-09").id == "glenmore-2023-09"
    assert known(SHIPPED).id == SHIPPED


def test_a_case_stays_under_the_edition_it_was_opened_under(sqlite):
    an_open_case()
    case, other = file("case-1"), named(str(OTHER))
    assert edition_of(case, other, named) is named(SHIPPED)
    assert edition_of(case, named(SHIPPED), named) is named(SHIPPED)
    assert edition_of(CaseFile("case-2", ()), other, named) is other
    assert edition_of(FlagFile("flag-1", ()), other, named) is other


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (AddNote(text="Hm."), None),
        (AdoptEdition(edition="nowhere-2030-01"), None),
        (AdoptEdition(edition=SHIPPED), SHIPPED),
    ],
)
def test_only_adopting_moves_a_case(draft, expected):
    moved = moved_to(draft, named)
    assert (moved and moved.id) == expected


def test_an_edition_that_is_neither_shipped_nor_in_force_is_unknown():
    with pytest.raises(UnknownEdition):
        known("nowhere-2030-01")
