"""Which cells do ruled lines enclose, and which characters stand in each?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.reading.pdf_chars import Char, Rule
from gongkai.reading.pdf_lines import segmented
from gongkai.reading.pdf_marks import cut, numbers
from gongkai.reading.pdf_page import Page

NEAR = 3.0
"""Lines this close, in points, are one line; cells are never this narrow."""
_COVERED = 0.6
"""The share of a side that must be ruled for the side to be a wall."""
_MAX_LINES = 300
_MAX_PAIRS = 1_000_000
_MAX_SLOTS = 20_000
"""Lines crossing lines, and positions of one table, beyond which a drawing is no table of a return."""
_STRIPES = 2
_OVER = 0.4
"""How far, in widths of a digit, a number may reach over the wall of its cell; fonts state their widths roughly."""
_NO_ROOM = 0.12
"""Widths of a digit between a number and the wall of its cell where the cell leaves none: what is longer is cut off."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a ruled table: first row and column from 0, spans, and the characters inside."""

    row: int
    column: int
    row_span: int
    column_span: int
    chars: tuple[Char, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table on a page: its lines' positions in points and its cells in reading order."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    @property
    def left(self) -> float:
        return self.xs[0]

    @property
    def right(self) -> float:
        return self.xs[-1]


@dataclass(frozen=True, slots=True)
class Lattices:
    """The tables of a page, the characters outside them, and how many ruled areas have cells that are no rectangles."""

    tables: tuple[Ruled, ...]
    outside: tuple[Char, ...]
    unclear: int


def lattices(page: Page) -> Lattices:
    """The ruled tables of a page with the characters they hold."""
    tables, chars, unclear = _tables(page.horizontal, page.vertical, list(page.chars))
    if page.filled_vertical and not unclear:
        # Areas filled with colour divide cells where no lines do; one column of stripes is no table.
        filled, rest, _ = _tables(page.filled_horizontal, page.filled_vertical, chars)
        if all(_divides(table) and not any(_overlap(table, other) for other in tables) for table in filled):
            tables, chars = tables + filled, rest
    return Lattices(tuple(sorted(tables, key=lambda table: (table.top, table.left))), tuple(chars), unclear)


def _divides(table: Ruled) -> bool:
    """Whether areas of colour divide cells: one row or column of stripes does not, nor do stripes between rows without colour."""
    wide = (box for box in table.boxes if box.column_span > 1)
    return min(len(table.xs), len(table.ys)) > _STRIPES and not any(
        len(segments) > _STRIPES for box in wide for segments in segmented(box.chars)
    )


def _overlap(first: Ruled, second: Ruled) -> bool:
    return first.left < second.right and second.left < first.right and first.top < second.bottom and second.top < first.bottom


def _tables(across: Iterable[Rule], down: Iterable[Rule], chars: list[Char]) -> tuple[list[Ruled], list[Char], int]:
    """The tables that rules enclose, the characters outside them, and how many areas were unclear."""
    tables: list[Ruled] = []
    unclear = 0
    horizontal, vertical = _merged(across), _merged(down)
    if len(horizontal) * len(vertical) > _MAX_PAIRS:
        return [], chars, 1
    for rows, columns in _groups(horizontal, vertical):
        frame = _frame(rows, columns)
        if frame is None:
            continue
        ys, xs = frame
        regions = _regions(rows, columns, ys, xs)
        if regions is None:
            unclear += 1
            continue
        if len(regions) < 2:
            continue
        held, chars = _split(chars, xs[0], ys[0], xs[-1], ys[-1])
        tables.append(Ruled(tuple(ys), tuple(xs), tuple(_filled(regions, ys, xs, held, chars))))
    return tables, chars, unclear


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on nearly one line that touch become one; what is left is sorted by position."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if lines and rule.at - lines[-1][-1].at <= NEAR / 2 and rule.at - lines[-1][0].at <= NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    out = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        spans: list[list[float]] = []
        for rule in sorted(line, key=lambda r: r.start):
            if spans and rule.start <= spans[-1][1] + NEAR:
                spans[-1][1] = max(spans[-1][1], rule.end)
            else:
                spans.append([rule.start, rule.end])
        out += [Rule(at, start, end) for start, end in spans]
    return out


def _groups(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch one another, directly or through others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def find(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, row in enumerate(horizontal):
        for j, column in enumerate(vertical):
            crosses = row.start - NEAR <= column.at <= row.end + NEAR and column.start - NEAR <= row.at <= column.end + NEAR
            if crosses:
                parent[find(i)] = find(len(horizontal) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, row in enumerate(horizontal):
        groups.setdefault(find(i), ([], []))[0].append(row)
    for j, column in enumerate(vertical):
        groups.setdefault(find(len(horizontal) + j), ([], []))[1].append(column)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _frame(rows: Sequence[Rule], columns: Sequence[Rule]) -> tuple[list[float], list[float]] | None:
    """The positions of a table's lines. Sides that are left open end where the lines that reach them end."""
    ys, xs = _positions(rows), _positions(columns)
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    if xs[0] - first > 2 * NEAR:
        xs.insert(0, first)
    if last - xs[-1] > 2 * NEAR:
        xs.append(last)
    high, low = min(column.start for column in columns), max(column.end for column in columns)
    if ys[0] - high > 2 * NEAR:
        ys.insert(0, high)
    if low - ys[-1] > 2 * NEAR:
        ys.append(low)
    if min(len(ys), len(xs)) < 2 or max(len(ys), len(xs)) > _MAX_LINES or len(ys) * len(xs) > _MAX_SLOTS:
        return None
    return ys, xs


def _positions(rules: Iterable[Rule]) -> list[float]:
    """Distinct positions; those within :data:`NEAR` of one another are one, at their mean."""
    out: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if out and at - out[-1][-1] <= NEAR and at - out[-1][0] <= 2 * NEAR:
            out[-1].append(at)
        else:
            out.append([at])
    return [sum(group) / len(group) for group in out]


def _walls(rules: Sequence[Rule], ats: Sequence[float], edges: Sequence[float]) -> list[list[bool]]:
    """For each position and each stretch between two edges whether rules there cover most of it."""
    out = []
    for at in ats:
        near = [rule for rule in rules if abs(rule.at - at) <= 1.5 * NEAR]
        out.append([_covers(near, start, end) for start, end in pairwise(edges)])
    return out


def _covers(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= _COVERED * (end - start)


_Region = tuple[int, int, int, int]


def _regions(rows: Sequence[Rule], columns: Sequence[Rule], ys: Sequence[float], xs: Sequence[float]) -> list[_Region] | None:
    """The cells as (row, column, row span, column span); None when walls enclose something that is no rectangle."""
    high, wide = len(ys) - 1, len(xs) - 1
    beside = _walls(columns, xs[1:], ys)
    right_wall = [[beside[c][r] for c in range(wide)] for r in range(high)]
    lower_wall = _walls(rows, ys[1:], xs)
    owner: list[list[int]] = [[-1] * wide for _ in range(high)]
    out: list[_Region] = []
    for r in range(high):
        for c in range(wide):
            if owner[r][c] >= 0:
                continue
            slots = _flood(owner, len(out), r, c, right_wall, lower_wall)
            down = max(slot[0] for slot in slots) - r + 1
            left = min(slot[1] for slot in slots)
            across = max(slot[1] for slot in slots) - left + 1
            if left != c or len(slots) != down * across:
                return None
            out.append((r, c, down, across))
    return out


def _flood(
    owner: list[list[int]], mark: int, r: int, c: int, right_wall: Sequence[Sequence[bool]], lower_wall: Sequence[Sequence[bool]]
) -> list[tuple[int, int]]:
    """All slots reached from one without crossing a wall, marked as one cell's."""
    high, wide = len(owner), len(owner[0])
    found = []
    todo = [(r, c)]
    owner[r][c] = mark
    while todo:
        y, x = todo.pop()
        found.append((y, x))
        steps = (
            (y, x + 1, x + 1 < wide and not right_wall[y][x]),
            (y, x - 1, x > 0 and not right_wall[y][x - 1]),
            (y + 1, x, y + 1 < high and not lower_wall[y][x]),
            (y - 1, x, y > 0 and not lower_wall[y - 1][x]),
        )
        for ny, nx, open_ in steps:
            if open_ and owner[ny][nx] < 0:
                owner[ny][nx] = mark
                todo.append((ny, nx))
    return found


def _split(chars: Iterable[Char], left: float, top: float, right: float, bottom: float) -> tuple[list[Char], list[Char]]:
    inside: list[Char] = []
    outside: list[Char] = []
    for char in chars:
        x, y = char.middle
        (inside if left <= x <= right and top <= y <= bottom else outside).append(char)
    return inside, outside


def _filled(
    regions: Sequence[_Region], ys: Sequence[float], xs: Sequence[float], chars: Sequence[Char], outside: Sequence[Char]
) -> list[Box]:
    """The cells with their characters; ``outside`` are those that stand in no cell."""
    at_slot = {
        (r + dr, c + dc): index
        for index, (r, c, down, across) in enumerate(regions)
        for dr in range(down)
        for dc in range(across)
    }
    where = {id(char): at_slot[_slot(ys, char.middle[1]), _slot(xs, char.middle[0])] for char in chars}
    walls = [(xs[c], xs[c + across]) for _, c, _, across in regions]
    broken = set(_broken(walls, (*chars, *outside), where))
    held: list[list[Char]] = [[] for _ in regions]
    for char in chars:
        held[where[id(char)]].append(cut(char) if id(char) in broken else char)
    return [Box(*region, tuple(inside)) for region, inside in zip(regions, held, strict=True)]


def _broken(walls: Sequence[tuple[float, float]], chars: Sequence[Char], where: Mapping[int, int]) -> Iterator[int]:
    """The first character, in each cell, of the numbers that run over the wall of a cell, or may be cut off at it."""
    for run in numbers(chars):
        cells = {where[id(char)]: id(char) for char in reversed(run) if id(char) in where}
        if len({where.get(id(char)) for char in run}) > 1 or any(_ends_at_wall(run, *walls[cell]) for cell in cells):
            yield from cells.values()


def _ends_at_wall(run: Sequence[Char], left: float, right: float) -> bool:
    """Whether a number reaches over a wall of its cell, or begins at the left one and leaves less than a digit's room at the right."""
    digit = run[0].right - run[0].left
    before, after = run[0].left - left, right - run[-1].right
    return min(before, after) < -_OVER * digit or (before < _NO_ROOM * digit and after < digit)


def _slot(edges: Sequence[float], at: float) -> int:
    """Between which two edges a position lies."""
    for index in range(len(edges) - 1):
        if at < edges[index + 1]:
            return index
    return len(edges) - 2
