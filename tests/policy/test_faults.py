"""What is wrong with an edition, said in plain English."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from evenhand.policy.faults import BadPolicy, Fault, explained, near, strictly


def test_fault_is_one_line_with_its_place():
    assert str(Fault("appeals.period", 12, "no.")) == "line 12: appeals.period: no."
    assert str(Fault("ladder", None, "no.")) == "ladder: no."
    assert str(Fault("", 3, "no.")) == "line 3: no."


def test_fault_stays_on_its_line_whatever_was_written():
    assert str(Fault("a\nb", 1, "role \x1b[2J is not in this edition.")) == (
        "line 1: a\\nb: role \\x1b[2J is not in this edition."
    )
    assert str(Fault("a", 1, "x" * 1000)) == "line 1: a: " + "x" * 389 + "..."


def test_bad_policy_tells_each_fault_once_in_the_order_of_lines():
    last, first, nowhere = Fault("b", 9, "x"), Fault("a", 2, "y"), Fault("c", None, "z")
    error = BadPolicy([last, first, nowhere, first])
    assert error.faults == (nowhere, first, last)
    assert str(error) == "c: z\nline 2: a: y\nline 9: b: x"


def test_near_hints_at_the_likest_word_or_none():
    assert near("4.99", ["4.8", "4.9"]) == " (did you mean 4.9?)"
    assert near("tea", ["coffee"]) == ""
    assert near("", []) == ""


def test_strictly_reads_lists_as_tuples_and_days_and_guesses_nothing():
    assert strictly(tuple[str, ...], ["a"]) == ("a",)
    assert strictly(date, date(2021, 3, 1)) == date(2021, 3, 1)
    for hint, given in ((int, True), (int, "1"), (bool, 1), (str, 1)):
        with pytest.raises(ValidationError):
            strictly(hint, given)


def test_explained_says_in_its_own_words_what_it_has_no_words_for():
    with pytest.raises(ValidationError) as caught:
        strictly(bytes, 1)
    assert explained(bytes, caught.value) == [((), "Input should be a valid bytes")]
