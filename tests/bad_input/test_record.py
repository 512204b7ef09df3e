"""Bad input at the door of the record: kept as it was typed or refused in one line, with nothing half-written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from evenhand.cases.rebuild import verify
from evenhand.cases.taking import take_step
from evenhand.casework.entry import corrected
from evenhand.casework.registers import CustomerRecord, Registers
from evenhand.casework.shape import BadStep
from evenhand.casework.steps import UnknownStep
from evenhand.people.reading import registers_on
from evenhand.people.writing import enter
from evenhand.record.chain import WORD, BadHeader
from evenhand.record.models import Entry, Head, Part
from tests.bad_input.strings import HALF, HUGE, NAUGHTY, NUL, is_one_line, kept
from tests.cases.making import NOON, a_landlord, file, taken

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.unmeasured]
