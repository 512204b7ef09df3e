"""Thousands of random steps from the starts never come upon a forbidden state."""

from __future__ import annotations

import pytest

from tests.explore.walking import walk
from tests.explore.world import shipped_edition


@pytest.mark.unmeasured
def test_random_walks_h4_h5_h6_h8_come_upon_no_forbidden_state():
    steps = walk(shipped_edition(), walks=300, steps=25)
    print(f"{steps} steps tried")
    assert steps > 5000
