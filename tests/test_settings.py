"""What a start does with its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SHOW = "from evenhand import settings as s; print(s.SECRET_KEY, s.DATABASES['default']['NAME'], s.TIME_ZONE, s.USE_TZ)"


def start(home: Path | str) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of its own."""
    environment = {"PATH": os.environ["PATH"], "EVENHAND_HOME": str(home)}
    return subprocess.run([sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True)


def test_a_missing_home_is_made_and_kept_private(tmp_path):
    home = tmp_path / "new" / "home"
    key, *rest = start(home).stdout.split()
    assert rest == [str(home / "evenhand.sqlite3"), "Europe/London", "True"]
    assert (home / "secret-key").read_text() == key
    assert (len(key), (home / "secret-key").stat().st_mode & 0o777, home.stat().st_mode & 0o777) == (67, 0o600, 0o700)


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        answers = {answer.stdout for answer in pool.map(start, [tmp_path] * 4)}
    assert len(answers) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret-key"]


def test_a_home_that_cannot_be_made_is_refused_in_one_line(tmp_path):
    (tmp_path / "a-file").touch()
    home = tmp_path / "a-file" / "home"
    assert start(home).stderr.splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: EVENHAND_HOME is {home}, which cannot be made "
        "(Not a directory); name a folder you may write to."
    )
