"""What a start does with its environment."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password

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


KEY = "k3y" * 10 + "of-fifty-and-more-signs"
UNENCRYPTED = "The way to the database on db.example is not surely encrypted: "
PUBLIC = {"EVENHAND_URL": "https://conduct.example.org", "EVENHAND_SECRET_KEY": KEY}
IN_FORCE = """
from evenhand import settings as s
print(s.PRODUCTION, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SECURE_SSL_REDIRECT, s.SECURE_PROXY_SSL_HEADER, s.ALLAUTH_TRUSTED_PROXY_COUNT)
"""


def run(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a Python command in a process of its own, with nothing in its environment but what is given."""
    given = {"PATH": os.environ["PATH"], "EVENHAND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "evenhand.settings"}
    return subprocess.run([sys.executable, *command], env=given | environment, capture_output=True, text=True)


def refusal(home: Path, **environment: str) -> str:
    """The one line in which the settings refuse an environment."""
    done = run(home, "-c", IN_FORCE, **environment)
    assert done.returncode == 1
    return done.stderr.splitlines()[-1].removeprefix("django.core.exceptions.ImproperlyConfigured: ")


def test_without_an_address_only_this_machine_is_served(tmp_path):
    assert run(tmp_path, "-c", IN_FORCE).stdout.split("\n")[0] == (
        "False ['127.0.0.1', 'localhost', '[::1]', '127.0.0.1'] [] False False False None 0"
    )


def test_an_address_over_https_is_production(tmp_path):
    assert run(tmp_path, "-c", IN_FORCE, **PUBLIC).stdout.strip() == (
        "True ['conduct.example.org'] ['https://conduct.example.org'] True True True None 0"
    )
    behind = run(tmp_path, "-c", IN_FORCE, **PUBLIC, EVENHAND_BEHIND_PROXY="1").stdout.strip()
    assert behind.endswith("True True True ('HTTP_X_FORWARDED_PROTO', 'https') 1")


def test_production_settings_pass_every_check_of_django(tmp_path):
    done = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "DEBUG", **PUBLIC)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


def test_production_refuses_to_show_the_inside_of_faults(tmp_path):
    assert refusal(tmp_path, **PUBLIC, EVENHAND_DEBUG="1") == (
        "EVENHAND_DEBUG shows the inside of every fault to whoever meets it: unset it."
    )


@pytest.mark.parametrize("key", ["short", "a" * 60, "django-insecure-" + KEY])
def test_production_refuses_a_key_that_can_be_guessed(tmp_path, key):
    assert refusal(tmp_path, **PUBLIC | {"EVENHAND_SECRET_KEY": key}).startswith("The secret key can be guessed: ")


def test_production_refuses_a_short_key_in_the_home(tmp_path):
    (tmp_path / "secret-key").write_text("short")
    assert refusal(tmp_path, EVENHAND_URL="https://conduct.example.org").startswith("The secret key can be guessed: ")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgres://u:p@db.example/even", UNENCRYPTED),
        ("postgres://u:p@db.example/even?sslmode=prefer", UNENCRYPTED),
        (
            "postgres://u:p@localhost/even?options=-c%20synchronous_commit%3Doff",
            "EVENHAND_DATABASE_URL changes synchronous_commit, so acknowledged entries could be lost: ",
        ),
    ],
)
def test_production_refuses_unsafe_ways_to_a_database(tmp_path, url, says):
    assert refusal(tmp_path, **PUBLIC, EVENHAND_DATABASE_URL=url).startswith(says)


def test_production_serves_nothing_from_a_database_whose_guards_are_off(tmp_path):
    making = "import django; django.setup(); from evenhand.databases import migrate; migrate()"
    assert run(tmp_path, "-c", making).returncode == 0
    assert run(tmp_path, "-c", "import evenhand.wsgi", **PUBLIC).returncode == 0
    with sqlite3.connect(tmp_path / "evenhand.sqlite3") as database:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record_entry'"
        (guard,) = database.execute(guards).fetchone()
        database.execute(f"DROP TRIGGER {guard}")
    database.close()
    done = run(tmp_path, "-c", "import evenhand.wsgi", **PUBLIC)
    assert done.stderr.splitlines()[-1].startswith(f"evenhand.record.safety.UnsafeDatabase: The guard {guard} is gone")


@pytest.mark.parametrize("url", ["https://", "https://a.example/path", "https://a.example:port", "https://u@a.example"])
def test_an_address_that_is_none_is_refused(tmp_path, url):
    assert refusal(tmp_path, EVENHAND_URL=url) == (
        "EVENHAND_URL must look like https://conduct.example.org: a name, and a port if need be, nothing more."
    )


@pytest.mark.parametrize("given", [{"EVENHAND_HOST": "0.0.0.0"}, {"EVENHAND_URL": "http://conduct.example.org"}])
def test_plain_http_is_for_this_machine_unless_told(tmp_path, given):
    assert "would be served over plain http" in refusal(tmp_path, **given)
    assert run(tmp_path, "-c", IN_FORCE, **given, EVENHAND_PLAIN_HTTP="1").returncode == 0


def test_check_names_what_is_in_force_and_what_is_unsafe(tmp_path):
    checking = "from evenhand.cli import main; main(['check'])"
    safe = run(tmp_path, "-c", checking)
    unsafe = run(tmp_path, "-c", checking, EVENHAND_DEBUG="1", EVENHAND_HOST="0.0.0.0", EVENHAND_PLAIN_HTTP="1")
    public = run(tmp_path, "-c", checking, **PUBLIC)
    faults = [
        [line for line in run.stdout.splitlines() if line.startswith("unsafe:")] for run in (safe, unsafe, public)
    ]
    assert [(done.returncode, len(found)) for done, found in zip((safe, unsafe, public), faults, strict=True)] == [
        (0, 0),
        (1, 2),
        (1, 1),
    ]
    assert faults[2][0].startswith("unsafe: No role asks for more than a password (H24)")
    assert f"EVENHAND_URL{' ' * 13}https://conduct.example.org" in public.stdout


def test_passwords_are_kept_by_argon2():
    assert make_password("four words quite apart").startswith("argon2$argon2id$")
