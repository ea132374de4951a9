"""Where does one report end and the next begin when a file holds several?

A new report begins where a title opens a stretch that has tables of its own – another year's, another body's, or the same
labels over again – and, without titles, where the labels of a table start over.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.reading.alignment import Marks
from gongkai.reading.identity import TextLine, Title, above, signed_below
from gongkai.reading.stream import Stream
from gongkai.reading.vocabulary import Vocabulary

_FEWEST = 5
_SHORTEST = 5


def beginnings(
    stream: Stream,
    seen: Marks,
    lines: Sequence[TextLine],
    titles: Sequence[Title],
    words: Sequence[Vocabulary],
    parts: Sequence[int] = (),
) -> list[int]:
    """The rows of the stream at which a report begins; the first is always 0. ``parts``: blocks that begin a document."""
    known = {core for w in words for core in w.by_core if len(core) >= _SHORTEST}
    where = [(stream.pieces[i].row, core) for i, core in enumerate(seen.cores) if core in known and not _mentioned(stream, i)]
    starts = [0]
    for part in parts:
        first = next((line.index for line in stream.lines if stream.pieces[line.first].block >= part), len(stream.lines))
        before = {core for row, core in where if starts[-1] <= row < first}
        after = {core for row, core in where if row >= first}
        if len(before) >= _FEWEST and len(after) >= _FEWEST:
            starts.append(first)
    return _where_labels_restart(stream, seen, where, _titled(starts, where, lines, titles), words)


def _titled(
    forced: Sequence[int], where: Sequence[tuple[int, str]], lines: Sequence[TextLine], titles: Sequence[Title]
) -> list[int]:
    """The beginnings together with those that a title makes."""
    headed = bool(titles) and (above(titles[0], lines, titles) is not None or not signed_below(lines))
    starts: list[int] = []
    for at, first in enumerate(forced):
        starts.append(first)
        for title in titles:
            if title.row <= starts[-1] or (at + 1 < len(forced) and title.row >= forced[at + 1]):
                continue
            before = {core for row, core in where if starts[-1] <= row < title.row}
            end = forced[at + 1] if at + 1 < len(forced) else None
            after = {core for row, core in where if row > title.row and (end is None or row < end)}
            again = len(before & after) >= 0.4 * min(len(before), len(after)) or _another_year(title, starts[-1], titles)
            if len(before) >= _FEWEST and len(after) >= _FEWEST and again:
                starts.append(_top(title, lines, titles, headed))
    return starts


def _mentioned(stream: Stream, at: int) -> bool:
    return len(stream.pieces[at].text) > 120


def _another_year(title: Title, start: int, titles: Sequence[Title]) -> bool:
    own = [t.year for t in titles if start <= t.row < title.row and t.year is not None]
    return title.year is not None and bool(own) and title.year not in own and not title.table


def _top(title: Title, lines: Sequence[TextLine], titles: Sequence[Title], headed: bool) -> int:
    """The row where the title begins: a body's name on a line of its own right above belongs to it.

    Where reports are not ``headed`` by their body, such a name is the signature of the report before.
    """
    name = above(title, lines, titles) if headed else None
    if name is not None and (title.body is None or name.text.strip() in title.text):
        return name.row
    at = title.row
    while at > 0 and at - 1 in {t.row for t in titles}:
        at -= 1
    return at


def _where_labels_restart(
    stream: Stream, seen: Marks, where: Sequence[tuple[int, str]], starts: list[int], words: Sequence[Vocabulary]
) -> list[int]:
    heads = {core for w in words for core in (*w.heads, *w.blocks, *w.list_heads)}
    short = {core for w in words for core in w.by_core if len(core) < _SHORTEST}
    often = {core: max(len({e.index for e in w.by_core.get(core, ())}) for w in words) for _, core in where}
    out = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(stream.lines)
        inside = [(row, core) for row, core in where if start <= row < end]
        last: dict[str, int] = {}
        for row, core in inside:
            last[core] = max(row, last.get(core, row))
        out.append(start)
        met: dict[str, int] = {}
        times: dict[str, int] = {}
        for row, core in inside:
            times[core] = times.get(core, 0) + 1
            if core in met and row > met[core] and times[core] > often[core]:  # some forms print one label in several places
                again = sum(last[known] >= row for known in met)
                if again >= max(_FEWEST, 0.6 * len(met)) and len(met) >= _FEWEST:
                    out.append(_header_above(stream, seen, row, heads, short))
                    met, times = {}, {core: 1}
            met.setdefault(core, row)
    return out


def _header_above(stream: Stream, seen: Marks, row: int, heads: set[str], short: set[str]) -> int:
    """The first row of the header right above a row, and above rows whose label is too ``short`` to prove anything."""
    at = row
    while at > 0:
        line = stream.lines[at - 1]
        cores = [seen.cores[p] for p in range(line.first, line.last) if seen.cores[p]]
        if cores and cores[0] not in short and not all(core in heads or "勾稽关系" in core for core in cores):
            break
        if not cores and any(not stream.pieces[p].blank for p in range(line.first, line.last)):
            break
        at -= 1
    return at
