"""Which labels were believed although they are not printed as the form prints them, and how is that told?

What reading puts right it says: a label broken over lines, cut off, run into its neighbour, damaged, or written in
traditional characters. One note of a kind tells them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.kernel import Finding, Place
from gongkai.reading.alignment import Marks, Node
from gongkai.reading.headings import Zone
from gongkai.reading.labels import without_notes
from gongkai.reading.notes import note
from gongkai.reading.stream import Piece, Stream
from gongkai.reading.traditional import is_folded
from gongkai.reading.vocabulary import Vocabulary, heading_core

_NAMED = 6
_SHORTEST_PART = 2

Mended = tuple[str, Place]
"""A label as it stands in the source, and where."""


def repairs(
    stream: Stream, seen: Marks, picked: Sequence[Node], zones: Sequence[Zone], tables: set[str], words: Vocabulary
) -> Iterator[Finding]:
    """The notes on the labels of a chain and on the headings of the tables it met (``tables``, their keys)."""
    heads = [stream.pieces[i] for zone in zones for i in range(zone.first, zone.last) if zone.columns.keys() & tables]
    parts = _wanted(tables, words)
    broken = [_whole(stream, node) for node in picked if len(_shown(stream, node)) > 1]
    broken += [_quoted(p.text.strip(), p) for p in heads if _is_part(p, parts)]
    cut = [_whole(stream, node) for node in picked if _is_cut(stream, seen, node, words)]
    mixed = [_whole(stream, node) for node in picked if _is_mixed(stream, seen, node, words)]
    folded = [_whole(stream, node) for node in picked if any(is_folded(p.text) for p in _shown(stream, node))]
    folded += [_quoted(p.text.strip(), p) for p in heads if is_folded(p.text)]
    yield from _told("R917", broken, "分成了几段或者只剩一部分，已按表样拼合为完整的标题后读取")
    yield from _told("R917", cut, "没有写完，后面的字被截去了；表样里只有一个标题这样开头，已按那个标题读取")
    yield from _told("R918", mixed, "多字、少字或者有错字，表样在这个位置只有一个标题与它相符，已按那个标题读取")
    yield from _told("R919", folded, "写作繁体字或者带有注音，已对应到表样的标题后读取")


def _told(code: str, labels: Sequence[Mended], words: str) -> Iterator[Finding]:
    if labels:
        names = list(dict.fromkeys("".join(text.split()) for text, _ in labels))
        told = "、".join(f"“{name[:40]}”" for name in names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
        yield note(code, f"{told}{words}；请对照原文核对。", [place for _, place in labels[:40]], [words[:4], *names[:40]])


def _shown(stream: Stream, node: Node) -> list[Piece]:
    return [stream.pieces[i] for i in node.pieces if not stream.pieces[i].blank]


def _whole(stream: Stream, node: Node) -> Mended:
    pieces = _shown(stream, node)
    return _quoted("".join(piece.text.strip() for piece in pieces), pieces[0])


def _quoted(text: str, piece: Piece) -> Mended:
    return text, replace(piece.place, quote=text)


def _wanted(tables: set[str], words: Vocabulary) -> set[str]:
    return {core for key in tables if key in words.headings for path in words.headings[key].paths for core in path}


def _is_part(piece: Piece, wanted: set[str]) -> bool:
    """Whether a heading is no heading of the form but a part of one."""
    core = heading_core(piece.text)
    if len(core) < _SHORTEST_PART or core in wanted or heading_core(without_notes(piece.text)) in wanted:
        return False
    return any(core in whole for whole in wanted)


def _core(seen: Marks, node: Node) -> str:
    return seen.cores[node.first]


def _is_known(stream: Stream, seen: Marks, node: Node, words: Vocabulary) -> bool:
    """Whether the label is one of the form's wordings, with a note in brackets or without."""
    return _core(seen, node) in words.by_core or without_notes(stream.pieces[node.first].text) in words.by_core


def _is_cut(stream: Stream, seen: Marks, node: Node, words: Vocabulary) -> bool:
    return len(_shown(stream, node)) == 1 and not _is_known(stream, seen, node, words) and _core(seen, node) in words.prefixes


def _is_mixed(stream: Stream, seen: Marks, node: Node, words: Vocabulary) -> bool:
    known = _is_known(stream, seen, node, words) or _core(seen, node) in words.prefixes
    return len(_shown(stream, node)) == 1 and not known
