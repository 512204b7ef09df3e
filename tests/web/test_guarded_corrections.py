"""What is kept private in evidence stays private in what corrects it, on forms and in search (H3)."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from tests.desk import NOW
from tests.web.steps_at_the_desk import CASE, opened_case, words


def test_h3_why_guarded_evidence_was_corrected_is_told_to_nobody_else(desk):
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        opened_case(desk)
        said = {"what": "Her letter.", "sensitivity": "third_party", "dated": "2026-08-01"}
        ref = desk.take("add_evidence", "case", CASE, "olu", **said).entries[0].ref
        slip = {"changes": {"dated": "2026-07-31"}, "reasons": "Zebra wrote it earlier."}
        desk.take("correct_entry", "case", CASE, "olu", entry=ref, **slip)
        pages = (f"/case/{CASE}/", f"/case/{CASE}/do/erase_content/", "/search/?q=zebra")
        fay = desk.client("fay")
        assert ["Zebra" in words(fay.get(page)) for page in pages] == [False, False, False]
