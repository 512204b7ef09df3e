"""What `evenhand check` says about evidence: no scanner, no sandbox, a scanner that does not answer."""

from __future__ import annotations

from evenhand.evidence import standing
from evenhand.evidence.sandbox import NO_SANDBOX
from evenhand.evidence.standing import NO_SCANNER, cautions, scanner_faults
from tests.evidence.making import clamd


def test_what_is_missing_is_said(settings, monkeypatch):
    settings.CLAMD = ""
    monkeypatch.setattr(standing, "bubblewrap", lambda: None)
    assert (list(cautions()), list(scanner_faults())) == ([NO_SCANNER, NO_SANDBOX], [])


def test_nothing_is_said_where_all_is_there(settings, monkeypatch):
    monkeypatch.setattr(standing, "bubblewrap", lambda: "/usr/bin/bwrap")
    with clamd() as settings.CLAMD:
        assert (list(cautions()), list(scanner_faults())) == ([], [])


def test_a_scanner_that_does_not_answer_is_a_fault(settings):
    with clamd("closes") as settings.CLAMD:
        faults = list(scanner_faults())
    assert [fault.endswith("Evidence is held until it answers.") for fault in faults] == [True]
