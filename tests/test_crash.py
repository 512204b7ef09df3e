"""A writing process killed at any moment loses nothing it acknowledged and leaves nothing by half: the short form."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.cases.stories import ROOT
from tests.crash import Tally


@pytest.mark.parametrize(
    ("database", "kills"), [("sqlite", 15), pytest.param("postgres", 3, marks=pytest.mark.postgres)]
)
def test_h27_nothing_acknowledged_is_lost_and_nothing_is_left_by_half(database, kills, request):
    if database == "postgres":
        request.getfixturevalue("postgresql_server")  # skips where there is none
    words = [sys.executable, "-m", "tests.crash", "--kills", str(kills), "--database", database]
    done = subprocess.run(words, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    sound = rf"{kills} kills on {database}: (\d+) entries acknowledged, 0 lost, 0 faults; \d+ kills left .*\n"
    said = re.fullmatch(sound, done.stdout)
    assert (done.returncode, done.stderr, said is None) == (0, "", False)
    assert said is None or int(said[1]) >= kills


def test_h27_what_is_lost_or_by_half_is_a_failure():
    assert Tally().is_sound
    assert not Tally(lost={"incident-1#1"}).is_sound
    assert not Tally(faults=["incident/incident-1#2 was recorded by half"]).is_sound
