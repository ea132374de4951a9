"""How do paragraphs and grids become one stream of rows of cells, so that one alignment reads them all?

A row is *firm* when the source itself says where it ends: a row of a grid, a line with tabs, pipes or wide gaps, a group
of indented lines between blank ones. One cell per line without such marks gives rows of one cell that are not firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.kernel import Place
from gongkai.reading.blocks import OPEN_END, Grid, GridCell, Paragraph, Source
from gongkai.reading.labels import core_of, wording
from gongkai.reading.values import UNITS, is_marked, is_value, plain, visible
from gongkai.reading.vocabulary import INDICATOR_HEADS

_LONGEST_CELL = 160
_WIDEST = 30
_FEW_GAPS = 0.2
_MANY = 10
_BROKEN = 3
_FEWEST_VALUES = 5
_RULE = re.compile(r"[\s|:+=-]+")
_GAP = re.compile(r"[\t\u3000]| {2,}|\u00a0{2,}")
_BARS = re.compile(r"\s*\|+\s*")
_PIPE = re.compile(r"[|｜]")
_WORD = re.compile(r"\S+")
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十]+[)）]\S|[0-9]{1,2}[.．、][^0-9]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell of the stream. ``row`` is its row's index; ``column`` counts from 0, None when only the order is known.

    ``block`` is the index of what it came from, ``cells`` how many of its cells it is; ``end`` marks what ends a row and is none.
    """

    text: str
    place: Place
    row: int
    block: int
    column: int | None = None
    width: int = 1
    height: int = 1
    end: bool = False
    cells: int = 1

    @property
    def blank(self) -> bool:
        """Whether nothing visible stands in it; the mark of a note alone is something."""
        return not plain(self.text) and not is_marked(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the stream: its pieces from ``first`` to before ``last`` in the stream's flat list.

    ``table`` numbers the grid (or run of lines of equal width) whose columns its pieces' columns count; None without.
    ``tight`` when an empty cell shows in it; ``whole`` when it is one line or one row of a grid, so that no part of it can
    have been lost on its own; ``open`` when empty cells at its end may have been left out; ``closed`` when a bar ends it.
    """

    index: int
    first: int
    last: int
    firm: bool
    table: int | None
    tight: bool
    whole: bool
    open: bool
    closed: bool


@dataclass(frozen=True)
class Stream:
    """A source as rows of pieces in reading order."""

    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    ended: bool = True  # whether the last row is certainly whole: more rows stand below, or the source ends it
    paged: bool = False  # whether its lines are lines of a page: values on a line below a label may be the next label's

    def cut(self, first: int, last: int) -> Stream:
        """The rows from ``first`` to before ``last``, renumbered."""
        lines = self.lines[first:last]
        if len(lines) == len(self.lines):
            return self
        shift = lines[0].first if lines else 0
        pieces = tuple(replace(p, row=p.row - first) for p in self.pieces[shift : lines[-1].last if lines else 0])
        moved = tuple(replace(n, index=n.index - first, first=n.first - shift, last=n.last - shift) for n in lines)
        return Stream(pieces, moved, self.ended or last < len(self.lines), self.paged)


@dataclass(slots=True)
class _Draft:
    pieces: list[Piece]
    firm: bool
    table: int | None = None
    tight: bool = True
    whole: bool = True
    open: bool = False
    closed: bool = False


def stream(source: Source) -> Stream:
    """The source's blocks as one stream."""
    drafts: list[_Draft] = []
    tables = 0
    run: list[tuple[int, Paragraph]] = []
    for index, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            run.append((index, block))
            continue
        drafts += _lines(run)
        run = []
        drafts += _grid_rows(block, index, tables)
        tables += 1
    drafts += _lines(run)
    ended = not any(key == OPEN_END for key, _ in source.metadata)
    return _numbered(_unfolded(_columns(drafts, tables)), ended, source.format == "pdf")


def _numbered(drafts: Sequence[_Draft], ended: bool, paged: bool) -> Stream:
    pieces: list[Piece] = []
    lines = []
    for index, d in enumerate(drafts):
        first = len(pieces)
        pieces += [Piece(p.text, p.place, index, p.block, p.column, p.width, p.height, p.end, p.cells) for p in _once(d.pieces)]
        lines.append(Line(index, first, len(pieces), d.firm, d.table, d.tight, d.whole, d.open, d.closed))
    return Stream(tuple(pieces), tuple(lines), ended, paged)


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a label that stands in each of the cells it was merged over set down once."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last is not None and _is_again(piece, last):
            out[-1] = replace(last, width=last.width + piece.width, cells=last.cells + 1)
        else:
            out.append(piece)
    return out


def _is_again(piece: Piece, last: Piece) -> bool:
    """Whether a piece is the label left of it once more."""
    if last.column is None or piece.column != last.column + last.width or piece.text != last.text:
        return False
    return piece.height == last.height and not piece.blank and not is_value(piece.text)


def _columns(drafts: list[_Draft], tables: int) -> list[_Draft]:
    """Number the columns of neighbouring lines with separators: lines of one width are a table, others keep only order."""
    start = 0
    while start < len(drafts):
        end = start + 1
        if drafts[start].table is None and _separated(drafts[start]):
            width = len(drafts[start].pieces)
            while end < len(drafts) and _separated(drafts[end]) and len(drafts[end].pieces) == width:
                end += 1
            if end - start > 2:
                for draft in drafts[start:end]:
                    draft.table = tables
                    draft.pieces = [replace(piece, column=c) for c, piece in enumerate(draft.pieces)]
                tables += 1
        start = end
    return drafts


def _unfolded(drafts: list[_Draft]) -> list[_Draft]:
    """The rows with a list printed in two halves side by side set one below the other."""
    out: list[_Draft] = []
    at = 0
    while at < len(drafts):
        cut = _second_half(drafts[at])
        end = at + 1
        while cut is not None and end < len(drafts) and drafts[end].table == drafts[at].table:
            end += 1
        rows = drafts[at:end]
        if cut is None or any(piece.column is None for row in rows for piece in row.pieces):
            out += rows
        else:
            out += [replace(row, pieces=[p for p in row.pieces if (p.column or 0) < cut]) for row in rows]
            out += [replace(row, pieces=[p for p in row.pieces if (p.column or 0) >= cut]) for row in rows]
        at = end
    return out


def _second_half(draft: _Draft) -> int | None:
    """The column where a header names its indicators a second time."""
    if draft.table is None or len(draft.pieces) < 4:
        return None
    heads = [p.column for p in draft.pieces if p.text and core_of(p.text) in INDICATOR_HEADS]
    return heads[1] if len(heads) == 2 else None


def _separated(draft: _Draft) -> bool:
    return draft.firm and draft.tight and draft.whole and draft.table is None and len(draft.pieces) > 1


def _grid_rows(grid: Grid, block: int, table: int) -> Iterator[_Draft]:
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.column)
        yield _Draft([Piece(c.text, c.place, 0, block, c.column, c.column_span, c.row_span) for c in row], firm=True, table=table)


def _lines(run: Sequence[tuple[int, Paragraph]]) -> list[_Draft]:
    """A run of paragraphs as rows: split where a line has separators, grouped where the indentation groups them."""
    drafts: list[_Draft] = []
    group: _Draft | None = None  # the open group of indented lines
    previous: int | None = None
    led = _led(run)
    single = _one_a_line(run)
    apart = _barred_apart(run)
    close_set = sum(_gap(run, at) for at in range(1, len(run))) < _FEW_GAPS * len(run)
    for at, (block, paragraph) in enumerate(run):
        text = paragraph.text
        number = paragraph.place.line
        gap = previous is not None and number is not None and number > previous + 1
        previous = number
        indented = text.startswith("\t") and "\t" not in text[1:].rstrip() and "|" not in text
        if indented and text.count("\t") == 1:
            if group is None or (gap and not (at and _glued(run, at))):
                group = _Draft([], firm=True, whole=False)
                drafts.append(group)
            group.pieces.append(_piece(paragraph, block, text, 0))
            continue
        if group is not None and visible(text) and _continues(run, at, gap):
            last = group.pieces[-1]
            if not is_value(last.text):
                group.pieces[-1] = replace(last, text=f"{last.text}{text}")
                continue
        if group is not None and (visible(text) or gap):
            group = None
        if apart and at and text.strip() == "|" and not _BARS.fullmatch(run[at - 1][1].text):
            continue
        if close_set and is_value(text) and visible(text) and _stands_alone(run, at):
            drafts.append(_Draft([replace(_piece(paragraph, block, text, 0), end=True)], firm=False))
        else:
            drafts += _split(paragraph, block, led, single)
    _soften(drafts)
    return [part for draft in drafts for part in _rows(draft)]


def _gap(run: Sequence[tuple[int, Paragraph]], at: int) -> bool:
    """Whether empty lines stand above a line."""
    here, above = run[at][1].place.line, run[at - 1][1].place.line
    return here is not None and above is not None and here > above + 1


def _stands_alone(run: Sequence[tuple[int, Paragraph]], at: int) -> bool:
    """Whether a number has empty lines above and below: a page number, where other lines stand close."""
    return 0 < at < len(run) - 1 and _gap(run, at) and _gap(run, at + 1)


def _led(run: Sequence[tuple[int, Paragraph]]) -> bool:
    """Whether lines with bars open with one, so that what stands before the first bar is no cell."""
    barred = [paragraph.text.strip() for _, paragraph in run if paragraph.text.count("|") > 1]
    return sum(text.startswith("|") for text in barred) > 0.5 * len(barred)


def _one_a_line(run: Sequence[tuple[int, Paragraph]]) -> bool:
    """Whether values stand one a line, so that a line with a space in it is one value that was broken."""
    texts = [paragraph.text for _, paragraph in run if visible(paragraph.text)]
    single = sum(is_value(text) for text in texts if len(text.split()) == 1)
    several = sum(_is_values(text.split()) for text in texts)
    return single >= _MANY and several < _FEW_GAPS * single


def _barred_apart(run: Sequence[tuple[int, Paragraph]]) -> bool:
    """Whether a bar on a line of its own ends every cell: values stand between two of them."""
    bars = [paragraph.text.strip() == "|" for _, paragraph in run]
    if sum(bars) < _FEWEST_VALUES:
        return False
    inner = [at for at in range(1, len(run) - 1) if is_value(run[at][1].text) and visible(run[at][1].text)]
    between = sum(bars[at - 1] and _BARS.fullmatch(run[at + 1][1].text) is not None for at in inner)
    return len(inner) >= (_FEWEST_VALUES if between < len(inner) else _BROKEN) and between >= 0.9 * len(inner)


def _is_values(words: Sequence[str]) -> bool:
    return 1 < len(words) <= _BROKEN and all(map(is_value, words))


def _continues(run: Sequence[tuple[int, Paragraph]], at: int, gap: bool) -> bool:
    """Whether a line that is not indented goes on with the cell above: no blank line above, or an indented line right below."""
    if not gap:
        return True
    here, after = run[at][1], run[at + 1][1] if at + 1 < len(run) else None
    if after is None or not after.text.startswith("\t") or after.place.line is None or here.place.line is None:
        return False
    return after.place.line == here.place.line + 1


def _glued(run: Sequence[tuple[int, Paragraph]], at: int) -> bool:
    before, here = run[at - 1][1], run[at][1]
    return not before.text.startswith("\t") and before.place.line is not None and here.place.line == before.place.line + 1


def _soften(drafts: list[_Draft]) -> None:
    """Groups of one cell each say nothing about rows: a file with a blank line after every cell."""
    groups = [d for d in drafts if d.firm and d.table is None and d.pieces and d.pieces[0].text.startswith("\t")]
    if groups and sum(len(d.pieces) for d in groups) < 1.5 * len(groups):
        for draft in groups:
            draft.firm = False


def _rows(draft: _Draft) -> list[_Draft]:
    """A row; a group wider than any row, whose rows no empty lines set apart, as one cell a line."""
    return [_Draft([p], firm=False) for p in draft.pieces] if not draft.whole and len(draft.pieces) > _WIDEST else [draft]


def _split(paragraph: Paragraph, block: int, led: bool, single: bool) -> Iterator[_Draft]:
    """One line as a row: by pipes, else by tabs and wide gaps, else by the values at its end, else whole."""
    text = paragraph.text
    if _PIPE.search(text):
        yield from _piped(paragraph, block, text, led)
    elif "\t" in text.strip("\t") or (text.endswith("\t") and visible(text)):
        yield _Draft([_piece(paragraph, block, part, start) for start, part in _parts(text, "\t")], firm=True, open=True)
    else:
        spaced = None if single and _is_values(text.split()) else _spaced(text)
        if spaced is None:
            if visible(text) or "\t" in text or "\u3000" in text or "\u00a0" in text:
                yield _Draft([_piece(paragraph, block, text, 0)], firm=False)
        else:
            yield _Draft([_piece(paragraph, block, part, start) for start, part in spaced], firm=True, tight=False)


def _piped(paragraph: Paragraph, block: int, text: str, led: bool) -> Iterator[_Draft]:
    if _RULE.fullmatch(text) and "---" in text:
        return
    parts = list(_parts(text.replace("｜", "|"), "|"))
    bare = text.strip()
    if set(bare) == {"|"}:
        if len(bare) > 1:
            yield _Draft([replace(_piece(paragraph, block, "", 0), end=True)], firm=False)
        else:
            yield _Draft([_piece(paragraph, block, "", 0)], firm=False)
        return
    if not parts[0][1].strip() and (led or len(parts) == 2):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1][1].strip():
        parts = parts[:-1]
    cells = [_piece(paragraph, block, part, start) for start, part in parts]
    yield _Draft(cells, firm=len(parts) > 1, open=True, closed=bare.endswith(("|", "｜")))


def _parts(text: str, separator: str) -> Iterator[tuple[int, str]]:
    start = 0
    for part in text.split(separator):
        yield start, part
        start += len(part) + 1


def _spaced(text: str) -> list[tuple[int, str]] | None:
    """A line whose cells stand apart by spaces: the label, then units and values; None when it is not such a line."""
    if len(text) > _LONGEST_CELL:
        return None
    words = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    if len(words) < 2:
        return None
    tail = len(words)
    while tail > 0 and (is_value(words[tail - 1][1]) or words[tail - 1][1] in UNITS):
        tail -= 1
    if tail == len(words):
        cells = [
            (m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", text.replace("\u3000", "  ").replace("\u00a0", " "))
        ]
        if len(cells) > 1:
            return cells
        apart = max(len(w) for _, w in words) <= 14 and all(core_of(w) and wording(w).core for _, w in words)
        return words if apart else None
    if tail == 0:
        return words
    end = words[tail - 1][0] + len(words[tail - 1][1])
    breaks = [start for start, word in words[1:tail] if _NUMBERED.match(word)]
    heads = []
    for start, stop in zip([words[0][0], *breaks], [*breaks, end], strict=True):
        part = text[start:stop].replace("\u3000", "  ")
        heads += [(m.start() + start, m.group()) for m in re.finditer(r"\S+(?: \S+)*", part)]
    return [*heads, *words[tail:]]


def _piece(paragraph: Paragraph, block: int, text: str, start: int) -> Piece:
    """A part of a line; its place holds the offsets of what is visible of it."""
    lead = len(text) - len(text.lstrip())
    place = replace(
        paragraph.place,
        quote="",
        start=paragraph.offset(start + lead),
        end=paragraph.offset(start + max(lead, len(text.rstrip()))),
    )
    return Piece(text, place, 0, block)
