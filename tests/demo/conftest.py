"""The demonstration, loaded once by its command for all tests that only look at it."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest
import time_machine
from click.testing import CliRunner

from evenhand.cli.demo import demo
from tests.postgres import serving

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def command(migrated_sqlite, tmp_path_factory, django_db_blocker):
    """What `evenhand demo --scale 12` says on an empty home one Monday morning, and the home it leaves."""
    home = tmp_path_factory.mktemp("demo")
    for name in (migrated_sqlite.name, "looks.sqlite3"):
        shutil.copy(migrated_sqlite.with_name(name), home)
    with django_db_blocker.unblock(), serving("", home), time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        yield CliRunner().invoke(demo, ["--scale", "12"], catch_exceptions=False)
