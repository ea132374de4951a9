"""Of what does the search of a static edition consist: pairs of characters in shards, and the items' titles in pieces?

Files are scripts that hand over JSON, one pair or one item a line, so that an item is cut out of them line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai_web.publishing.access import ListRow
from gongkai_web.publishing.baked_pages import GRAMS, page_of
from gongkai_web.search.grams import runs

CHUNK = 200
"""Items are kept in pieces by their keys: so many keys a piece."""
SHARDS = ((2_000, 16), (20_000, 64))
MOST_SHARDS = 256


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the index and the items that stand in it."""

    path: str
    content: bytes
    tells: tuple[str, ...]


def shards_for(count: int) -> int:
    """Into how many shards the pairs of so many items go."""
    return next((shards for limit, shards in SHARDS if count < limit), MOST_SHARDS)


def shard_of(pair: str, shards: int) -> int:
    """The shard of a pair, by the same sum as the script's."""
    made = pair.encode("utf-16-le")
    total = 0
    for at in range(0, len(made), 2):
        total = (total * 31 + made[at] + 256 * made[at + 1]) % shards
    return total


def pieces(rows: Iterable[tuple[int, ListRow]], count: int) -> Iterator[Piece]:
    """All files of the index."""
    shards = shards_for(count)
    grams: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    docs: dict[int, list[str]] = {}
    told_of: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for key, row in sorted(rows, key=lambda pair: pair[0]):
        names[key] = row.index_number
        number = f"{row.document_number} {row.index_number}".strip()
        page = page_of(row.index_number)
        line = [key, row.title, number, row.summary, row.published_on.isoformat(), row.category_name, page]
        docs.setdefault(key // CHUNK, []).append(_json(line))
        told_of.setdefault(key // CHUNK, []).append(row.index_number)
        for pair in {p for text in (row.title, number, row.summary) for run in runs(text) for p in _pairs(run)}:
            grams[shard_of(pair, shards)].setdefault(pair, []).append(key)
    for n, found in enumerate(grams):
        lines = [f"{_json(pair)}:{_json(keys)}," for pair, keys in sorted(found.items())]
        told = sorted({names[key] for keys in found.values() for key in keys})
        yield Piece(f"{GRAMS}{n}.js", _script(f"grams/{n}", "{", lines, '"":0}'), tuple(told))
    for n, listed in sorted(docs.items()):
        yield Piece(f"search/docs/{n}.js", _script(f"docs/{n}", "[", [f"{d}," for d in listed], "0]"), tuple(told_of[n]))


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _script(name: str, begin: str, lines: list[str], end: str) -> bytes:
    return "\n".join([f'gongkai("{name}",{begin}', *lines, f"{end});", ""]).encode()


def _json(value: object) -> str:
    # These two end a line in a script, though not in JSON.
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return made.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
