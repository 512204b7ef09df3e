"""The short form of `make mutants`: breadth-first search finds what each seeded rule break lets through."""

from __future__ import annotations

import pytest

from tests.explore.breaking import NothingBroken, dropped
from tests.mutants import MUTANTS, by_breadth


@pytest.mark.unmeasured
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutants_of_the_rules_are_found(mutant):
    assert by_breadth(mutant.edition(), mutant.lets_through)


def test_mutants_that_break_nothing_are_an_error():
    with pytest.raises(NothingBroken, match="add_note has no line reasons_given to break"):
        dropped("add_note", "reasons_given")("[steps.add_note]\ngate = [\n]\n")
