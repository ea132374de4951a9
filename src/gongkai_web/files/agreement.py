"""Does the folder of files hold what the tables say, whole and nothing besides?"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai_web.files import storage
from gongkai_web.files.models import StoredFile
from gongkai_web.files.texts import SUFFIX
from gongkai_web.trail import digests

UNDER_WAY_SECONDS = 3600
"""A file without a row that is younger than this may belong to an act that is not over."""
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Agreement:
    """``checked`` files were read through. ``missing`` and ``damaged`` are digests, ``extra`` paths below the folder of files."""

    checked: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    extra: tuple[str, ...]


def compared() -> Agreement:
    """Every stored file read through, and every file looked for that no row names. Takes as long as reading the folder takes."""
    wanted = sorted(set(StoredFile.objects.values_list("digest", flat=True)))
    missing = tuple(digest for digest in wanted if not storage.path_of(digest).is_file())
    there = [digest for digest in wanted if digest not in set(missing)]
    damaged = tuple(digest for digest in there if not _is_whole(digest))
    return Agreement(len(there), missing, damaged, tuple(_extra({storage.path_of(digest) for digest in wanted})))


def _is_whole(digest: str) -> bool:
    algorithm = digests.algorithm_of(digest)
    running = hashlib.new(algorithm)
    with storage.path_of(digest).open("rb") as file:
        while chunk := file.read(_CHUNK):
            running.update(chunk)
    return digest == f"{algorithm}:{running.hexdigest()}"


def _extra(named: set[Path]) -> Iterator[str]:
    """What lies there beyond the files named and the words read from them."""
    root, last = storage.root(), time.time() - UNDER_WAY_SECONDS
    for path in sorted(root.rglob("*")):
        of = path.with_name(path.name.removesuffix(SUFFIX))
        if path.is_file() and of not in named and path.stat().st_mtime < last:
            yield path.relative_to(root).as_posix()
