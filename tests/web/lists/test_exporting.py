"""Lists as files that no spreadsheet runs."""

from __future__ import annotations

import pytest

from evenhand.web.lists.exporting import harmless


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1"])
def test_what_a_spreadsheet_would_calculate_is_marked_as_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Carol", "3 - 4", "a=b"])
def test_plain_words_stay_as_they_are(text):
    assert harmless(text) == text
