"""The product served by gunicorn for a landlord of a size, on SQLite or on a PostgreSQL server of our own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

WORKERS, THREADS = 2, 4
STARTS_WITHIN = 30.0
Landlord = dict[str, Any]
"""What `benchmarks.landlord` prints: names of cases, a session's cookies, whom to open cases about."""


@contextmanager
def served(database: str, cases: int, kept: Path | None) -> Iterator[tuple[int, Landlord]]:
    """A landlord of a size on a port. In the folder `kept`, if there is one, it is kept as it was made for another run;
    what is served is always a copy, which goes when it is done."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as home, _database(database) as server:
        url = server.url("bench") if server else ""
        told = {"EVENHAND_HOME": home, "EVENHAND_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        environment = {**os.environ, **told}
        store = kept / f"{database}-{cases}" if kept else None
        if store and store.exists():
            _restore(store, Path(home), url)
        landlord = _landlord(cases, environment)
        if store and not store.exists():
            _keep(store, Path(home), url)
        with _answering(environment) as port:
            yield port, landlord


def _landlord(cases: int, environment: dict[str, str]) -> Landlord:
    start = time.perf_counter()
    made = [sys.executable, "-m", "benchmarks.landlord", str(cases)]
    printed = subprocess.run(made, env=environment, check=True, stdout=subprocess.PIPE).stdout
    print(f"  (the landlord was ready in {time.perf_counter() - start:,.0f} s)", file=sys.stderr, flush=True)
    landlord: Landlord = json.loads(printed.splitlines()[-1])
    return landlord


def _keep(store: Path, home: Path, url: str) -> None:
    unfinished = store.with_suffix(".part")
    shutil.copytree(home, unfinished, dirs_exist_ok=True)
    if url:
        subprocess.run([_binaries() / "pg_dump", "-Fc", "-f", unfinished / "dump", url], check=True)
    unfinished.rename(store)


def _restore(store: Path, home: Path, url: str) -> None:
    shutil.copytree(store, home, dirs_exist_ok=True)
    if url:
        subprocess.run([_binaries() / "pg_restore", "-j2", "-d", url, home / "dump"], check=True)


@contextmanager
def _answering(environment: dict[str, str]) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    serve = [sys.executable, "-m", "gunicorn", "evenhand.wsgi", f"--workers={WORKERS}", f"--threads={THREADS}"]
    server = subprocess.Popen(
        [*serve, f"--bind=127.0.0.1:{port}", "--keep-alive=30", "--log-level=error"], env=environment
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(STARTS_WITHIN)


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _binaries() -> Path:
    # The tests' own throw-away server; only this part needs it.
    from tests.postgres import server_binaries  # noqa: PLC0415 - see above

    found = server_binaries()
    if found is None:
        raise SystemExit("bench: no PostgreSQL server here; as root: apt-get install postgresql")
    return found


@contextmanager
def _database(database: str) -> Iterator[Any]:
    """A server with an empty database; none for SQLite, which makes its own in the home."""
    if database == "SQLite":
        yield None
        return
    from tests.postgres import Server  # noqa: PLC0415 - as above

    server = Server(_binaries(), durable=True)
    try:
        server.run("CREATE DATABASE bench")
        yield server
    finally:
        server.stop()
