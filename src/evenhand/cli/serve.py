"""`evenhand serve` and `evenhand work`: the whole service on one machine, and the work behind the pages."""

# ruff: noqa: PLC0415 - whatever needs a database is imported once Django is set up, and only by the commands that use it.

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click

from evenhand.cli.record import open_safe_database

STARTS_WITHIN, STOPS_WITHIN = 60, 30  # seconds
LOOKS_EVERY = 0.2  # seconds
SWEEPS_EVERY = 120.0  # seconds
IDLES = 0.5  # seconds
THREADS = 4
WORK = "from evenhand.cli import main; main(['work'])"
END_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG

Children = Mapping[str, "subprocess.Popen[bytes]"]


@click.command()
@click.option("--host", envvar="EVENHAND_HOST", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", envvar="EVENHAND_PORT", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any."
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes for pages.")
@click.option("--demo", is_flag=True, help="Fill an empty home with the demonstration landlord first.")
@click.pass_context
def serve(context: click.Context, host: str, port: int, workers: int, demo: bool) -> None:
    """Run the whole service on one machine: pages, and the work behind them."""
    with closing(_door(host, port)) as door:
        os.environ |= {"EVENHAND_HOST": host, "EVENHAND_PORT": str(door.getsockname()[1])}
        open_safe_database()
        if demo:
            _fill_if_empty(context)
        with _told_to_stop() as asked, _running(door, workers) as children:
            context.exit(_watch(door, children, asked))


@click.command()
def work() -> None:
    """Do the work behind the pages, until told to stop: check evidence files, make previews, remind colleagues."""
    open_safe_database()
    from django_tasks_db.management.commands.db_worker import Worker

    from evenhand.evidence.sweeping import sweep
    from evenhand.web.reminding.sending import is_time, remind

    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,  # it comes back when the queue is empty
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:30]}-{os.getpid()}",
        excluded_queue_names=[],
    )
    with _told_to_stop(lambda: setattr(worker, "running", False)) as asked:
        next_sweep = 0.0
        while not asked:
            if time.monotonic() >= next_sweep:
                at = datetime.now(UTC)
                sweep(at)
                if is_time(at):
                    remind(at)
                next_sweep = time.monotonic() + SWEEPS_EVERY
            worker.run()
            time.sleep(IDLES)


def _door(host: str, port: int) -> socket.socket:
    """A listening socket: ours before anything is started, so that a port in use is found at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise click.ClickException(
            f"Nothing can listen on {host}:{port} ({why}): stop what is there, or name another with --port."
        ) from None


def _fill_if_empty(context: click.Context) -> None:
    """Loads the demonstration landlord on a first start; later starts say again how to sign in."""
    from evenhand.cases.models import FileIndex
    from evenhand.cli.demo import demo, sign_ins

    if not FileIndex.objects.exists():
        context.invoke(demo)
        return
    for line in sign_ins():
        click.echo(line)


@contextmanager
def _told_to_stop(also: Callable[[], None] = lambda: None) -> Iterator[list[int]]:
    """The signals by which this process was asked to stop: empty until then."""
    # No Event: what a signal finds half-done in the main thread, it waits for in that same thread, for ever.
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        also()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _running(door: socket.socket, workers: int) -> Iterator[Children]:
    """The web server and the worker; both have ended when this is left."""
    children = {"The web server": _start(*_gunicorn(door, workers), door=door), "The worker": _start("-c", WORK)}
    try:
        yield children
    finally:
        for child in children.values():
            child.terminate()
        for child in children.values():
            _end(child)


def _gunicorn(door: socket.socket, workers: int) -> list[str]:
    options = {
        "bind": f"fd://{door.fileno()}",
        "workers": str(workers),
        "threads": str(THREADS),
        "worker-class": "gthread",
        "worker-tmp-dir": "/dev/shm" if Path("/dev/shm").is_dir() else "",  # noqa: S108 - memory, so a slow disk kills none
        "graceful-timeout": str(STOPS_WITHIN - 10),
        "log-level": "warning",
    }
    words = [f"--{name}={value}" for name, value in options.items() if value]
    return ["-m", "gunicorn", *words, "--no-control-socket", "evenhand.wsgi"]


def _start(*arguments: str, door: socket.socket | None = None) -> subprocess.Popen[bytes]:
    # A session of its own, so that Ctrl+C reaches this process alone, which then ends its children in order.
    return subprocess.Popen(  # noqa: S603 - our own interpreter, with arguments of our own
        [sys.executable, *arguments],
        pass_fds=[door.fileno()] if door else [],
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread was started in this process
    )


def _end_with_parent() -> None:
    """Whoever is killed outright can end nobody: the kernel ends its children instead."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGTERM)


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _watch(door: socket.socket, children: Children, asked: list[int]) -> int:
    """Waits until told to stop (0), or until a child has ended, which none should (1); says when pages answer."""
    from evenhand.web.reminding.sending import cautions

    until, said = time.monotonic() + STARTS_WITHIN, False
    while not asked:
        time.sleep(LOOKS_EVERY)
        for name, child in children.items():
            if child.poll() is not None:
                return _failed(f"{name} ended by itself, so everything is stopped; what it said stands above.")
        if not said and (said := _answers(door)):
            for caution in cautions():
                click.echo(caution)
            click.echo(f"Evenhand is at {_address(door)} (stop it with Ctrl+C).")
        if not said and time.monotonic() > until:
            return _failed(f"No page answered within {STARTS_WITHIN} seconds, so everything is stopped.")
    click.echo("Stopping.")
    return 0


def _failed(says: str) -> int:
    click.echo(f"evenhand: {says}", err=True)
    return 1


def _address(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _answers(door: socket.socket) -> bool:
    """Whether a page comes back, whatever it says."""
    host, port = door.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked for by whoever started it
    try:
        with closing(http.client.HTTPConnection(here, port, timeout=5)) as visit:
            visit.request("GET", "/health/")
            visit.getresponse()
    except OSError:
        return False
    return True
