"""Throw-away databases for tests: the same test on SQLite and PostgreSQL, each time on a fresh, migrated database.

A pytest plug-in. `database` runs a test once on each; `postgresql` and `sqlite` on one of them.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.signals import request_finished
from django.db import connections

from evenhand.databases import all_databases, migrate
from evenhand.reading_only import may_write

OWNER = "evenhand_owner"
STARTS_WITHIN = 30  # seconds


def server_binaries() -> Path | None:
    """The folder with PostgreSQL's server programs, newest version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("postgres")
    return Path(found).resolve().parent if found else None


class Server:
    """A PostgreSQL server of our own on the loopback address, run by somebody other than root."""

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="evenhand-postgresql-"))
        self.data, self.port = self.folder / "data", _free_port()
        self._as_user: dict[str, Any] = {"cwd": self.folder}
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")
            self._as_user |= {"user": "nobody", "group": "nogroup", "extra_groups": []}
        make: list[str | Path] = [binaries / "initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-N"]
        subprocess.run([*make, "-E", "UTF8", "--locale=C.UTF-8"], check=True, capture_output=True, **self._as_user)
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [binaries / "postgres", "-D", self.data, "-p", str(self.port), *_options(durable)],
                stderr=log,
                **self._as_user,
            )
        self._wait_until_it_answers()

    def url(self, name: str, role: str = OWNER) -> str:
        """The address of one of its databases."""
        return f"postgres://{role}@127.0.0.1:{self.port}/{name}"

    def run(self, statement: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """Runs one statement as the owner, outside Django."""
        with psycopg.connect(self.url(name), autocommit=True) as session:
            cursor = session.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """Ends the server and removes what it wrote."""
        self._process.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for sessions to end
        self._process.wait(STARTS_WITHIN)
        shutil.rmtree(self.folder)

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self.run("SELECT 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)


def _options(durable: bool) -> list[str]:
    # fsync guards against a machine's fall, which no test makes and every measurement must pay for; wal_recycle lets
    # erased words go from the log.
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "on" if durable else "off",
        "max_connections": "50",
        "shared_buffers": "32MB",
        "wal_recycle": "off",
        "deadlock_timeout": "200ms",
    }
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(url: str, home: Path) -> Iterator[None]:
    """Points Django at another database for a while, in this thread and in those started meanwhile."""
    before = connections.settings
    connections.close_all()
    connections.settings = connections.configure_settings(all_databases(url, home))
    _forget_connections()
    try:
        yield
    finally:
        connections.close_all()
        connections.settings = before
        _forget_connections()


def _forget_connections() -> None:
    for alias in connections.settings:
        # Asked for first, because there is nothing to forget in a thread that has not used it yet.
        connections[alias].close()
        del connections[alias]


def _writable_again(**_: Any) -> None:
    # A server's thread answers requests only; a test's thread takes steps between them.
    if connections["default"].connection is not None:
        may_write()


request_finished.connect(_writable_again)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """The session's PostgreSQL server."""
    binaries = server_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server programs found; install Debian's postgresql package")
    server = Server(binaries)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A migrated SQLite file to copy."""
    home = tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), serving("", home):
        migrate()
        for alias in ("default", "looks"):
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home / "evenhand.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgresql(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> str:
    """The name of a migrated PostgreSQL database to copy."""
    postgresql_server.run("CREATE DATABASE migrated")
    home = tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), serving(postgresql_server.url("migrated"), home):
        migrate()
    return "migrated"


_numbers = count(1)


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """Runs the test on a fresh SQLite database; gives its file."""
    for name in (migrated_sqlite.name, "looks.sqlite3"):
        shutil.copy(migrated_sqlite.with_name(name), tmp_path)
    with django_db_blocker.unblock(), serving("", tmp_path):
        yield tmp_path / migrated_sqlite.name


@pytest.fixture
def postgresql(
    migrated_postgresql: str, postgresql_server: Server, tmp_path: Path, django_db_blocker: Any
) -> Iterator[str]:
    """Runs the test on a fresh PostgreSQL database; gives its name."""
    name = f"fresh_{next(_numbers)}"
    postgresql_server.run(f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql} STRATEGY file_copy")
    with django_db_blocker.unblock(), serving(postgresql_server.url(name), tmp_path):
        yield name
    postgresql_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each database; gives its vendor."""
    request.getfixturevalue(request.param)
    return str(request.param)
