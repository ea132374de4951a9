"""Is a virus scanner asked in its own protocol, and its silence not taken for a clean bill?"""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from gongkai_web.files import clamd


class Scanner(socketserver.BaseRequestHandler):
    """Answers as clamd does to zINSTREAM: finds the word EICAR."""

    def handle(self) -> None:
        assert self._take(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!I", self._take(4))[0]:
            data += self._take(size)
        self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in data else self.server.answer)  # type: ignore[attr-defined]  # set by the fixture

    def _take(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += self.request.recv(count - len(data))
        return data


@pytest.fixture
def scanner(settings: Any) -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        server.answer = b"stream: OK\0"  # type: ignore[attr-defined]  # read by the handler
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_clean_bytes__are_clean(scanner: Any) -> None:
    assert clamd.look(b"x" * 200_000).is_clean


def test_what_the_scanner_finds__is_named(scanner: Any) -> None:
    assert clamd.look(b"...EICAR...").found == "Eicar-Test-Signature"


def test_an_error_of_the_scanner__is_no_clean_bill(scanner: Any) -> None:
    scanner.answer = b"INSTREAM size limit exceeded. ERROR\0"
    with pytest.raises(clamd.ScannerSilent, match="size limit"):
        clamd.look(b"abc")


def test_a_scanner_that_is_not_there__is_silent(settings: Any) -> None:
    settings.CLAMD = "/nowhere/clamd.sock"
    with pytest.raises(clamd.ScannerSilent):
        clamd.look(b"abc")
