"""Which words does a stored file hold: read once, when it came in, and kept beside its bytes?"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path

from gongkai.kernel import Place, place_json
from gongkai_web.files import storage
from gongkai_web.files.passages import FileText, Passage, Unchecked

SUFFIX = ".text.gz"
_AT_ONCE = 32


def keep(digest: str, text: FileText) -> None:
    """Keep the words of the bytes that lie under a digest."""
    lines = {
        "passages": [[p.text, place_json(p.place), p.part, p.member] for p in text.passages],
        "unchecked": [[u.sentence, place_json(u.place), u.member] for u in text.unchecked],
    }
    data = json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()
    storage.write(_place(digest), gzip.compress(data, mtime=0))


def of(digest: str) -> FileText | None:
    """The words of a stored file; None when they were never read."""
    place = _place(digest)
    return _read(place) if place.is_file() else None


@lru_cache(maxsize=_AT_ONCE)
def _read(place: Path) -> FileText:
    """The words that lie at a place; what lies under a digest never changes, but that nothing lies there may."""
    lines = json.loads(gzip.decompress(place.read_bytes()))
    return FileText(
        tuple(Passage(text, _spot(spot), part, member) for text, spot, part, member in lines["passages"]),
        tuple(Unchecked(sentence, _spot(spot), member) for sentence, spot, member in lines["unchecked"]),
    )


def is_read(digest: str) -> bool:
    """Whether the words of a stored file were ever read."""
    return _place(digest).is_file()


def _spot(raw: dict[str, object]) -> Place:
    return Place(**{**raw, "box": tuple(raw["box"])} if raw.get("box") else raw)  # type: ignore[arg-type]  # as place_json wrote it


def _place(digest: str) -> Path:
    place = storage.path_of(digest)
    return place.with_name(place.name + SUFFIX)
