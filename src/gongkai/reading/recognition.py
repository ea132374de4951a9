"""Which edition of the return does a stretch of the stream show, and what are its figures?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.kernel import Figure, Finding, Place, State
from gongkai.reading.alignment import Marks, Node, certain, chain
from gongkai.reading.damaged import with_damaged
from gongkai.reading.figures import Placed
from gongkai.reading.headings import Zone, zones
from gongkai.reading.lists import refuse
from gongkai.reading.notes import note
from gongkai.reading.placing import Placer
from gongkai.reading.repairs import repairs
from gongkai.reading.rivals import rivals
from gongkai.reading.shifted import shifted
from gongkai.reading.stream import Stream
from gongkai.reading.tails import tails
from gongkai.reading.torn_headings import told, with_torn
from gongkai.reading.torn_rows import torn_tables
from gongkai.reading.vocabulary import Vocabulary, vocabulary, weight
from gongkai.reading.wrapped import unwrapped
from gongkai.returns import Edition, Layout, Table

_CANDIDATES = 3
_FEWEST = 5
_MISSING = 0.02  # what a label that is not there costs: a part of a form is still that form
_LEADING_ZERO = re.compile(r"0[1-9]")
_REASONS = {
    "count": ("R904", "的数据个数与表样不符，或者空格与数据分不清，没有读取；请核对原文，补齐空着的单元格后再读"),
    "header": ("R904", "上方的列标题缺失或者与表样不同，不能确定各列是什么，没有读取；请补齐列标题后再读"),
    "neighbour": ("R904", "的下一行标题没有找到，不能确定其后的数据属于哪一行，没有读取；请补齐缺失的行后再读"),
    "twice": ("R904", "出现了不止一次而数据不同，不能确定以哪一处为准，没有读取；请只保留一处"),
    "order": ("R904", "与另一行的次序和表样相反，不能确定标题与数据是否对应，没有读取；请按表样的次序核对各行后再读"),
    "cut": (
        "R904",
        "是文件的最后一行，其后应有的内容没有找到，文件可能在这里中断，不能确定这一行是否完整，没有读取；请取得完整的文件后再读",
    ),
    "rest": (
        "R904",
        "是文件的最后一行，文件在这里中断，只读取了中断以前写完整的单元格，其余的没有读取；请取得完整的文件后再读",
    ),
    "unit": ("R904", "所写的单位与表样不能换算，没有读取；请按表样的单位填写"),
    "doubtful": ("R904", "与别的行同名，上级行又没有找到，不能确定属于哪一处，没有读取；请补齐上级行后再读"),
    "lost": ("R906", "是问号或乱码，原来的内容已经丢失，没有读取；请取得未损坏的文件后再读"),
}


@dataclass(frozen=True)
class Recognised:
    """A return found: its edition, figures in print order, findings, and the rows of the stream it used."""

    edition: Edition
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    lines: frozenset[int]


@dataclass(frozen=True)
class _Alignment:
    vocabulary: Vocabulary
    zones: list[Zone]
    picked: list[Node]
    nodes: list[Node]
    score: float


def recognised(stream: Stream, seen: Marks, editions: Sequence[Edition], year: int | None) -> Recognised | None:
    """The return that a stretch of the stream holds, None when it holds no table of any of the editions."""
    words = frozenset(seen.cores)
    likely = sorted(editions, key=lambda e: -_at_first_sight(vocabulary(e), words))[:_CANDIDATES]
    aligned = [a for e in likely if (a := _aligned(stream, seen, vocabulary(e))) is not None]
    if not aligned:
        return None
    aligned.sort(key=lambda a: -a.score)
    best = aligned[0]
    equal = [a for a in aligned if a.score > 0.985 * best.score - 2]
    findings = []
    if len(equal) > 1:
        fitting = [a for a in equal if year is not None and a.vocabulary.edition.covers(year)]
        best = fitting[0] if fitting else best
        if not fitting and abs(equal[1].score - equal[0].score) < 2:
            names = "、".join(a.vocabulary.edition.short[0] for a in equal)
            findings.append(
                note("R913", f"读到的表在几种年报格式（{names}）里相同，又没有年度可以区分，暂按其中一种列出；请补上年度。")
            )
    return _read(stream, seen, best, findings)


def _at_first_sight(words_of: Vocabulary, words: frozenset[str]) -> float:
    found = {e.index for core, entries in words_of.by_core.items() if core in words for e in entries}
    heads = sum(weight(core) for core in words_of.heads if core in words)
    total = sum(map(weight, words_of.heads)) + words_of.weight
    have = sum(weight(words_of.entries[i].cores[0]) for i in found) + heads
    return have - _MISSING * (total - have)


def _aligned(stream: Stream, seen: Marks, words: Vocabulary) -> _Alignment | None:
    found = zones(stream, seen.cores, words)
    taken = frozenset(i for z in found if z.columns or z.head or z.block for i in range(z.first, z.last))
    picked, nodes = chain(stream, seen, taken, words)
    picked, nodes = with_damaged(seen, taken, picked, nodes, words)
    headed = {key for zone in found for key in zone.columns}
    found = with_torn(stream, seen, found, picked, words)
    score = 0.0
    for node in picked:
        grid = node.entry.table.layout is Layout.GRID
        score += node.weight * (0.3 if grid and node.entry.table.key not in headed else 1)
    for table in words.edition.tables:
        size = sum(
            weight(core) for path in (words.headings[table.key].paths if table.key in words.headings else ()) for core in path
        )
        score += size if table.key in headed else -_MISSING * size
    there = {node.entry.index for node in picked}
    score -= _MISSING * sum(weight(e.cores[0]) for e in words.entries if e.index not in there and not e.row.optional)
    if len(there) < 3 and not headed:
        return None
    return _Alignment(words, found, picked, nodes, score)


def _read(stream: Stream, seen: Marks, aligned: _Alignment, findings: list[Finding]) -> Recognised | None:
    words = aligned.vocabulary
    headers = frozenset(i for z in aligned.zones if z.columns or z.head or z.block for i in range(z.first, z.last))
    labels = frozenset(node.first for node in aligned.nodes)
    kept = {id(node) for node in certain(aligned.picked, words)}
    there = {node.entry.index for node in aligned.picked}
    scrambled = len(there) < 0.67 * len({node.entry.index for node in aligned.nodes})
    found = tails(stream, seen, aligned.picked, labels, headers)
    placer = Placer(stream, seen, words, aligned.zones, list(zip(aligned.picked, found, strict=True)))
    against = rivals(stream, seen, aligned.picked, aligned.nodes, found, headers, placer.may_stand)
    torn = torn_tables(stream, seen, aligned.picked, found, aligned.zones, words)
    for table in torn.values():
        table.place(stream, placer.placed)
    for at, (node, tail) in enumerate(zip(aligned.picked, found, strict=True)):
        below = aligned.picked[at + 1] if at + 1 < len(aligned.picked) else None
        if node.entry.table.key in torn:
            continue
        if id(node) not in kept or (scrambled and node.entry.shared):
            piece = stream.pieces[node.first]
            placer.placed.refuse("doubtful", node.entry.table, piece.text.strip(), piece.place, node.entry.cells)
            continue
        if at and placer.shares_row(aligned.picked[at - 1], found[at - 1], node):
            refuse(placer.placed, stream, "count", node)
            continue
        if scrambled and not tail.whole:  # a file whose lines lost their order says nothing about what follows a label
            tail = replace(tail, stray=True)
        above = aligned.picked[at - 1] if at else None
        placer.row(node, tail, below, against.get(node.entry.index, ()), above)
        until = stream.pieces[below.first].row if below is not None else len(stream.lines)
        placer.local_rows(node, until, labels, headers)
        if not tail.firm:
            placer.loose_local_rows(node, tail, labels, headers)
    placer.line_tables()
    placed = placer.placed
    placed.lines |= {stream.pieces[i].row for i in headers}
    placed.lines |= {stream.pieces[p].row for node in aligned.picked for p in node.pieces}
    figures = _without_empty(words.edition, placed, _in_print(placed))
    heads = [zone.head for zone in aligned.zones if zone.head is not None]
    headed = any(head.texts("value") and not head.texts("code") for head in heads)
    figures = _without_codes(words, placed, figures, headed)
    figures = _without_scraps(placed, figures)
    if not placed.tables:
        return None
    figures, more = unwrapped(words.edition, figures, placed.findings)
    findings += more
    whole = [node for node in aligned.picked if node.entry.table.key not in torn]
    findings += repairs(stream, seen, whole, aligned.zones, placed.tables, words)
    findings += told(stream, aligned.zones, placed.tables)
    findings += _local_notes(placed)
    findings += shifted(words.edition, figures)
    findings += _refusals(words.edition, placed)
    findings += _missing(words.edition, placed, figures)
    return Recognised(words.edition, figures, tuple(findings), frozenset(placed.lines))


def _in_print(placed: Placed) -> tuple[Figure, ...]:
    """The figures in print order; a cell placed twice with different contents is left out."""
    out: dict[tuple[str | None, tuple[str, ...], tuple[str, ...]], Figure] = {}
    for _, figure in sorted(placed.figures, key=lambda pair: pair[0]):
        out.setdefault((figure.code, figure.row, figure.column), figure)
    return tuple(out.values())


def _groups(edition: Edition) -> list[list[Table]]:
    """The tables that are printed as one: those of one section; others stand alone."""
    groups: dict[str, list[Table]] = {}
    for table in edition.tables:
        groups.setdefault(table.section or table.key, []).append(table)
    return list(groups.values())


def _without_empty(edition: Edition, placed: Placed, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures without those of printed tables in which nothing at all was filled in."""
    empty: set[str] = set()
    for group in _groups(edition):
        keys = {t.key for t in group}
        codes = {c.code for t in group for c in t.cells}
        rows = {c.row for t in group for c in t.cells}
        own = [f for f in figures if f.code in codes or (f.code is None and f.row in rows)]
        if own and all(f.state is State.BLANK for f in own) and not any(key in keys for _, key in placed.refused):
            empty |= codes
            name = group[0].section or group[0].title or edition.form_title or "统计表"
            message = f"“{name}”的统计表一格也没有填写，没有读出数据；空白不等于0，没有发生的请填0。"
            placed.findings.append(note("R905", message, [own[0].place], [t.key for t in group]))
    return tuple(f for f in figures if f.code not in empty)


def _without_codes(words: Vocabulary, placed: Placed, figures: tuple[Figure, ...], headed: bool) -> tuple[Figure, ...]:
    """The figures without those of a list whose only numbers are its rows' own numbers.

    Numbers that run on from row to row are believed only below a heading (``headed``) that says they are values.
    """
    lists = [t for t in words.edition.tables if t.layout is Layout.LIST]
    codes = {c.code for t in lists for c in t.cells}
    rows = {row.path for t in lists for row in t.rows}
    own = [f for f in figures if f.code in codes and f.value is not None]
    led = [int(f.text) for f in figures if (f.code in codes or f.row in rows) and _LEADING_ZERO.fullmatch(f.text)]
    steps = sum(b.value == (a.value or 0) + 1 for a, b in pairwise(own))
    numbered = not headed and len(own) >= _FEWEST and steps >= 0.8 * (len(own) - 1)
    numbered |= len(led) > 1 and all(a < b for a, b in pairwise(led))  # 06 and 07 further down: codes, whatever stands above
    if not numbered and placed.coded < max(_FEWEST, len(own)):
        return figures
    message = "统计表里的数字只是各行的序号或代码，没有填写数据，因此没有读出数据；请交来填好的统计表。"
    places = [f.place for f in own[:1]]
    placed.findings.append(note("R910", message, places, [t.key for t in lists]))
    for key in [(reason, t.key) for reason in _REASONS for t in lists]:
        placed.refused.pop(key, None)
    return tuple(f for f in figures if f.code not in codes and (f.code is not None or f.row not in rows))


def _without_scraps(placed: Placed, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """No figures where rows were left out and the cells that remain hold words only: scraps of a table that could not be read."""
    if not figures or not placed.refused or any(f.state is not State.TEXT for f in figures):
        return figures
    codes = {f.code for f in figures}
    placed.findings = [f for f in placed.findings if f.rule != "R909" or codes.isdisjoint(f.subject)]
    message = (
        "表格的行列对不上表样，剩下的单元格里没有确定的数字，因此没有读出数据；"
        "如果文件里并排印着两个年度或两个机关的报告，请拆成每份一个文件，或交来原来的报告。"
    )
    placed.findings.append(note("R903", message, [f.place for f in figures[:1]]))
    return ()


def _local_notes(placed: Placed) -> Iterator[Finding]:
    for name, places in placed.local.items():
        yield note("R907", f"“{name}”是表样没有的行或列，已按原名单独列出，不计入表样的单元格。", places, [name])


def _refusals(edition: Edition, placed: Placed) -> Iterator[Finding]:
    for (reason, key), rows in placed.refused.items():
        rule, words = _REASONS[reason]
        names = "、".join(dict.fromkeys(f"“{label}”" for label, _, _ in rows[:6])) + ("等" if len(rows) > 6 else "")
        places: list[Place] = [place for _, place, _ in rows]
        codes = [code for _, _, cells in rows for code in cells]
        yield note(rule, f"{names}{words}。", places, [edition.key, key, reason, *codes[:40]])


def _missing(edition: Edition, placed: Placed, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    told = {code for rows in placed.refused.values() for _, _, cells in rows for code in cells}
    told |= {code for f in placed.findings if f.rule in {"R905", "R910"} for key in f.subject for code in _codes(edition, key)}
    have = {f.code for f in figures} | told | _in_other_columns(edition, figures)
    absent = [t for t in edition.tables if t.key not in placed.tables and not any(c.code in have for c in t.cells)]
    absent = [t for t in absent if not all(c.optional for c in t.cells)]
    if absent:
        yield note(
            "R908",
            f"没有找到{named(edition, absent)}的统计表，相应的数据没有读出；请核对原文是否有这张表。",
            subject=[t.key for t in absent],
        )
    rows: dict[tuple[str, ...], list[str]] = {}
    for table in edition.tables:
        if table not in absent:
            for cell in table.cells:
                if cell.code not in have and not cell.optional:
                    rows.setdefault(cell.row or cell.column[:1], []).append(cell.code)
    if rows:
        names = "、".join(f"“{path[-1]}”" for path in list(rows)[:6]) + ("等" if len(rows) > 6 else "")
        codes = [code for codes in rows.values() for code in codes]
        yield note(
            "R908", f"没有找到{names}{len(rows)}行的数据，相应的单元格没有读出；请核对原文是否缺少这些行。", subject=codes[:40]
        )


def named(edition: Edition, tables: Sequence[Table]) -> str:
    """Tables as a message names them."""
    return "、".join(dict.fromkeys(f"“{t.heading or t.section or t.title or edition.form_title}”" for t in tables))


def _in_other_columns(edition: Edition, figures: tuple[Figure, ...]) -> set[str]:
    """The cells of lists whose rows are there, their numbers under headings that the form does not have."""
    rows = {f.row for f in figures if f.code is None and f.column}
    return {c.code for t in edition.tables if t.layout is Layout.LIST for c in t.cells if c.row in rows}


def _codes(edition: Edition, key: str) -> list[str]:
    return [c.code for t in edition.tables if t.key == key for c in t.cells]
