"""What every test run keeps: examples that can be repeated, and no skipped test where a change is judged."""

from __future__ import annotations

import os

import pytest
from coverage import Coverage
from hypothesis import settings

pytest_plugins = ["tests.postgres"]

IN_CI = bool(os.environ.get("CI"))

# No deadline: a busy machine is not a fault. In CI the same examples every time, so that a red run can be repeated.
settings.register_profile("evenhand", deadline=None, print_blob=True, derandomize=IN_CI, database=None)
settings.load_profile("evenhand")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Pauses the measuring of coverage for a test marked `unmeasured`, and for what it sets up."""
    measuring = Coverage.current() if item.get_closest_marker("unmeasured") else None
    if measuring is None:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """In CI a skipped test fails the run: what was not looked at must not pass for sound."""
    if IN_CI and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if IN_CI and _skipped(config):
        terminalreporter.section("skipped tests fail the run when CI is set", red=True)


def _skipped(config) -> int:
    """How many tests were skipped; 0 in an xdist worker: it has no reporter, its controller judges."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0
