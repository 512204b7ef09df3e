from datetime import date

import pytest

from evenhand.casework.wording import listed, plain_day


def test_plain_day_is_written_as_in_a_letter():
    assert plain_day(date(2021, 8, 6)) == "6 August 2021"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["one"], "one"), (["one", "two"], "one and two"), (["one", "two", "three"], "one, two and three")],
)
def test_listed_joins_words(words, sentence):
    assert listed(words) == sentence


def test_listed_takes_another_last_word():
    assert listed(["post", "phone"], "or") == "post or phone"
