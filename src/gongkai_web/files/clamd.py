"""Does the virus scanner of this host, where one is configured, find something in a file?"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from django.conf import settings

_PIECE = 1 << 16
_SECONDS = 120.0
_LONGEST_ANSWER = 4096


class ScannerSilent(Exception):
    """The scanner gives no answer; the file stays in quarantine and is tried again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said; ``found`` is the name of what it found, empty for nothing."""

    found: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.found


def is_configured() -> bool:
    """Whether uploads wait for a scanner."""
    return bool(settings.CLAMD)


def look(data: bytes) -> Verdict:
    """Hand bytes to clamd (``GONGKAI_CLAMD``: a socket's path or host:port). ScannerSilent when it does not answer as it should."""
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _PIECE):
                piece = data[start : start + _PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
                more = line.recv(_LONGEST_ANSWER)
                if not more:
                    break
                answer += more
    except OSError as fault:
        raise ScannerSilent(type(fault).__name__) from fault
    said = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if said == "OK":
        return Verdict("")
    if said.endswith(" FOUND"):
        return Verdict(said.removesuffix(" FOUND"))
    raise ScannerSilent(said[:100] or "no answer")


def _connected() -> socket.socket:
    written = settings.CLAMD
    if written.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(written)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = written.rpartition(":")
    return socket.create_connection((host or written, int(port) if port.isdigit() else 3310), timeout=_SECONDS)
