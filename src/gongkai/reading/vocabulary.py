"""Which labels has an edition, in print order, and which of them can a piece of text mean?

Everything that depends on an edition alone is computed once and kept: cores, prefixes for labels broken over lines,
the column headings each table may show and the orders in which flat text lists them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.reading.labels import core_of, notes, without_notes, wording
from gongkai.returns import Cell, Edition, Layout, Row, Table

INDICATOR_HEADS = frozenset(
    "统计指标 指标名称 指标 项目 统计项目 项目名称 统计内容 内容 指标内容 类别 名称 统计指标名称 信息公开指标".split()
)
UNIT_HEADS = frozenset("单位 计量单位 统计单位 计算单位".split())
CODE_HEADS = frozenset("代码 序号 编号 行次 行号 指标代码 代号 乙 丙".split())
VALUE_HEADS = frozenset(
    "统计数 数据统计 数量 统计数据 数值 数据 统计数量 统计结果 数据统计结果 统计数值 数字 件数 填报数据 指标值 年度统计数".split()
)
LIST_HEADS = INDICATOR_HEADS | UNIT_HEADS | CODE_HEADS | VALUE_HEADS
# Words of a grid's first header cell, and marks of a printed form, that carry no meaning for the columns.
FILLERS = frozenset("信息内容 项目 内容 序号 类别 指标 申请事项 办理情况 甲 统计项目".split())
_CORNER = "信息内容"
_LONGEST_GLUED = 7
_SAME_HEADING = {"合计": "总计", "小计": "总计", "其他组织": "其他", "公益组织": "社会公益组织", "增减": "本年增减"}


@dataclass(frozen=True)
class Entry:
    """One row of an edition that carries a label, at its ``index`` in print order.

    ``cores`` are the wordings it answers to, the printed one first; ``parent`` is the index of the row above it in the
    path, None at the top. ``shared`` when another row of the edition answers to one of the same cores.
    """

    index: int
    table: Table
    row: Row
    cells: tuple[Cell, ...]
    cores: tuple[str, ...]
    number: str
    parent: int | None
    shared: bool


@dataclass(frozen=True)
class Heading:
    """The column headings of a grid or line table.

    ``paths`` are each column's cores, outermost first; ``orders`` the orders in which flat text may show them, each core with
    the index of the column it heads (None when it heads several).
    """

    table: Table
    paths: tuple[tuple[str, ...], ...]
    orders: tuple[tuple[tuple[str, int | None], ...], ...]
    optional: frozenset[str]


class Vocabulary:
    """An edition's labels, looked up by core."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.entries = tuple(_entries(edition))
        self.by_core: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            for core in entry.cores:
                self.by_core[core] = (*self.by_core.get(core, ()), entry)
        self.prefixes = frozenset(core[:n] for core in self.by_core for n in range(1, len(core)))
        self.headings = {t.key: _heading(t) for t in edition.tables if t.layout is not Layout.LIST}
        self.heads = frozenset(core for h in self.headings.values() for path in h.paths for core in path)
        self.bare_heads = {
            without_notes(column.path[-1]): path[-1]
            for heading in self.headings.values()
            for column, path in zip(heading.table.columns, heading.paths, strict=True)
            if notes(column.path[-1])
        }
        self.blocks = {core_of(t.heading): t for t in edition.tables if t.heading}
        self.corners = frozenset(core_of(t.corner) for t in edition.tables if t.corner)
        self.list_heads = LIST_HEADS | {core_of(h) for t in edition.tables for h in t.headings}
        self.longest = max(map(len, self.by_core), default=0)
        self.weight = sum(weight(e.cores[0]) for e in self.entries)


_KEPT: dict[int, tuple[Edition, Vocabulary]] = {}


def vocabulary(edition: Edition) -> Vocabulary:
    """The vocabulary of an edition, built once as long as the edition lives."""
    found = _KEPT.get(id(edition))
    if found is None or found[0] is not edition:
        if len(_KEPT) > 64:  # local supersets come and go; the shipped editions are rebuilt in a millisecond
            _KEPT.clear()
        found = _KEPT[id(edition)] = (edition, Vocabulary(edition))
    return found[1]


def weight(core: str) -> int:
    """How much finding a label proves: longer labels are surer, up to a point."""
    return min(len(core), 12) + 2


def heading_core(text: str) -> str:
    """The core of a column heading, its usual other words made one."""
    core = wording(text).core
    if core.startswith(_CORNER) and len(core) > _LONGEST_GLUED:
        core = core.removeprefix(_CORNER)  # 信息内容本年处理决定数量: the first header cell glued to the second
    return _SAME_HEADING.get(core, core)


def _entries(edition: Edition) -> Iterable[Entry]:
    made: list[tuple[Table, Row, tuple[str, ...], int | None]] = []
    for table in edition.tables:
        if table.layout is Layout.LINE:
            continue
        above: dict[tuple[str, ...], int] = {}
        for row in table.rows:
            above[row.path] = len(made)
            made.append((table, row, _cores(row), above.get(row.path[:-1])))
    counts: dict[str, int] = {}
    for _, _, cores, _ in made:
        for core in cores:
            counts[core] = counts.get(core, 0) + 1
    cells: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}
    for cell in edition.cells.values():
        cells.setdefault((cell.table, cell.row), []).append(cell)
    for index, (table, row, cores, parent) in enumerate(made):
        own = tuple(cells.get((table.key, row.path), ()))
        shared = any(counts[core] > 1 for core in cores)
        yield Entry(index, table, row, own, cores, wording(row.label).number, parent, shared)


def _cores(row: Row) -> tuple[str, ...]:
    wordings = (row.label, *row.also)
    return tuple(dict.fromkeys([wording(w).core for w in wordings] + [without_notes(w) for w in wordings]))


def _heading(table: Table) -> Heading:
    paths = tuple(tuple(heading_core(part) for part in column.path) for column in table.columns)
    depth = max(map(len, paths))
    by_level = tuple(head for n in range(depth) for head in _level(paths, n))
    downwards: list[tuple[str, int | None]] = []
    previous: tuple[str, ...] = ()
    for index, path in enumerate(paths):
        same = 0
        while same < min(len(path), len(previous)) - 1 and path[same] == previous[same]:
            same += 1
        downwards += [(core, None) for core in path[same:-1]] + [(path[-1], index)]
        previous = path
    above = [head for n in range(depth) for head in _level(paths, n) if head[1] is None]
    at_the_foot = (*above, *((path[-1], index) for index, path in enumerate(paths)))
    top = frozenset(p[0] for p in paths if len(p) > 1 and len({q[0] for q in paths}) == 1)
    return Heading(table, paths, tuple(dict.fromkeys((by_level, tuple(downwards), at_the_foot))), top)


def _level(paths: tuple[tuple[str, ...], ...], n: int) -> list[tuple[str, int | None]]:
    """The headings of one header row: what is merged across once, a column's own with its index."""
    out: list[tuple[str, int | None]] = []
    last: tuple[str, ...] | None = None
    for index, path in enumerate(paths):
        if len(path) == n + 1:
            out.append((path[n], index))
            last = None
        elif len(path) > n and path[: n + 1] != last:
            out.append((path[n], None))
            last = path[: n + 1]
    return out
