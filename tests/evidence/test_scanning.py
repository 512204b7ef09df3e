"""Asking the virus scanner: what it finds, and every way in which it gives no verdict."""

from __future__ import annotations

import io
import socket
import time
from socketserver import ThreadingUnixStreamServer
from threading import Thread
from typing import Any

import pytest

from evenhand.evidence.scanning import ScannerDown, found_in
from tests.evidence.making import EICAR, FakeClamd, clamd


def test_what_is_harmful_is_named_and_what_is_not_is_not():
    with clamd() as address:
        found = [found_in(io.BytesIO(content), address) for content in (b"hello", EICAR, bytes(300_000) + EICAR)]
    assert found == ["", "Eicar-Test-Signature", "Eicar-Test-Signature"]


def test_a_scanner_may_have_a_socket_of_its_own(tmp_path):
    path = str(tmp_path / "clamd.sock")
    server: Any = ThreadingUnixStreamServer(path, FakeClamd)
    server.manner = "scans"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    assert (found_in(io.BytesIO(EICAR), path), found_in(io.BytesIO(b""), f"unix:{path}")) == (
        "Eicar-Test-Signature",
        "",
    )
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("manner", ["closes", "hangs", "limited"])
def test_h13_a_scanner_without_a_verdict_counts_as_down_and_soon(manner):
    began = time.monotonic()
    with clamd(manner) as address, pytest.raises(ScannerDown):
        found_in(io.BytesIO(bytes(5_000_000)), address, within=0.3)
    assert time.monotonic() - began < 3


def test_a_scanner_that_is_not_there_counts_as_down():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(ScannerDown, match=r"^The virus scanner cannot be reached \("):
        found_in(io.BytesIO(b"x"), f"127.0.0.1:{port}")


def test_an_address_that_is_none_is_said_to_be():
    with pytest.raises(ScannerDown, match=r"must be host:port, or the path of a socket"):
        found_in(io.BytesIO(b"x"), "clamd")
