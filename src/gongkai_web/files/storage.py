"""Where do the bytes of a stored file lie, and how do they get there whole?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from gongkai_web.trail import digests

FOLDER = "files"


def root() -> Path:
    """The folder of all stored files."""
    return Path(settings.DATA) / FOLDER


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie: files/<algorithm>/<first two digits>/<the rest>. ValueError for what is no digest."""
    algorithm, _, written = digest.partition(":")
    if algorithm not in digests.ALGORITHMS or not written or set(written) - set("0123456789abcdef"):
        raise ValueError("no digest of a stored file")
    return root() / algorithm / written[:2] / written[2:]


def keep(data: bytes) -> str:
    """Store bytes under their digest; written beside and renamed, so that a file is there whole or not at all."""
    digest = digests.digest(data, settings.DIGEST)
    place = path_of(digest)
    if not place.is_file():
        write(place, data)
    return digest


def write(place: Path, data: bytes) -> None:
    """Write a file beside its place and rename it, so that it is there whole or not at all, even when the machine stops."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def read(digest: str) -> bytes:
    """The bytes of a digest."""
    return path_of(digest).read_bytes()
