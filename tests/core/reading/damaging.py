"""In which ways can one cell, row or label of a printed report be damaged, and what must then not be read?

A report is laid out as tables of rows of cells with spans, damaged in one place, and written out as a page or as text. A
damage says which cells of the form nobody can know any more; all others must be read right or not at all.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from gongkai.kernel import State
from gongkai.returns import Report
from gongkai.writing.layout import Role, printed_tables
from tests.core.reading.printing import AGENCY


@dataclass
class Cell:
    """A printed cell; ``code`` is the form's when a figure stands in it."""

    text: str
    rows: int
    columns: int
    role: Role
    code: str | None = None


Row = list[Cell]
Sheet = list[tuple[str, list[Row]]]
"""The tables of a report with the line above each."""

Damage = Callable[[Sheet, random.Random], set[str] | None]
"""What a damage does to a sheet: it gives the codes that are in doubt, None where it cannot be done."""


def sheet(report: Report) -> Sheet:
    """A report's tables as printed."""
    out = []
    for table in printed_tables(report):
        rows = [
            [Cell(c.text, c.row_span, c.column_span, c.role, c.figure.code if c.figure else None) for c in row]
            for row in table.row_cells()
        ]
        out.append((table.title or table.section or "附表", rows))
    return out


def _title(report: Report) -> str:
    return f"{AGENCY}{report.year}年政府信息公开工作年度报告"


def page(report: Report, tables: Sheet) -> str:
    """The sheet as a web page."""
    out = [f"<html><body><h1>{_title(report)}</h1>"]
    for line, rows in tables:
        out.append(f"<p>{line}</p><table>")
        for row in rows:
            cells = (f'<td rowspan="{c.rows}" colspan="{c.columns}">{html.escape(c.text)}</td>' for c in row)
            out.append(f"<tr>{''.join(cells)}</tr>")
        out.append("</table>")
    return "\n".join([*out, "<p>以上数据由本机关汇总。</p></body></html>"])


def text(report: Report, tables: Sheet, row_of: Callable[[list[str]], str]) -> str:
    """The sheet as text, a row as ``row_of`` writes it."""
    out = [_title(report)]
    for line, rows in tables:
        out += [line, *(row_of([c.text for c in row]) for row in rows)]
    return "\n".join([*out, "以上数据由本机关汇总。\n"])


FORMS: dict[str, Callable[[Report, Sheet], tuple[str, str]]] = {
    "page": lambda report, tables: (page(report, tables), "a.html"),
    "bars": lambda report, tables: (text(report, tables, lambda row: " | ".join(row) + " |"), "a.txt"),
    "cells": lambda report, tables: (text(report, tables, lambda row: "\n".join(t or "\u3000" for t in row)), "a.txt"),
}


def misread(truth: Report, found: tuple[Report, ...], doubtful: set[str]) -> list[tuple[object, ...]]:
    """The figures read that the report does not have, or that nobody can know."""
    have = {f.code: (f.value, f.state) for f in truth.figures}
    return [
        (f.code, f.value, f.state, have.get(f.code))
        for report in found
        for f in report.figures
        if f.code is not None and f.state is not State.TEXT
        if f.code in doubtful or (f.value, f.state) != have.get(f.code)
    ]


# ---- the damages -----------------------------------------------------------------------------------


def _figures(row: Row) -> list[int]:
    return [i for i, cell in enumerate(row) if cell.role is Role.FIGURE]


def _codes(row: Row) -> set[str]:
    return {cell.code for cell in row if cell.code}


def _label(row: Row) -> Cell | None:
    """A row's own label, None when it stands over several rows."""
    own = [cell for cell in row if cell.role is Role.LABEL]
    return own[-1] if own and own[-1].rows == 1 else None


def _any_row(tables: Sheet, rng: random.Random) -> tuple[list[Row], int]:
    return rng.choice([(rows, r) for _, rows in tables for r, row in enumerate(rows) if _figures(row)])


def _neighbours(tables: Sheet, rng: random.Random) -> tuple[Row, Row, Cell, Cell] | None:
    """Two rows one above the other, each with a label of its own."""
    rows, r = _any_row(tables, rng)
    if r + 1 == len(rows) or not _figures(rows[r + 1]):
        return None
    one, other = _label(rows[r]), _label(rows[r + 1])
    return (rows[r], rows[r + 1], one, other) if one and other else None


def _inserted(text: str | None) -> Damage:
    def damage(tables: Sheet, rng: random.Random) -> set[str]:
        rows, r = _any_row(tables, rng)
        own = _figures(rows[r])
        at = rng.choice([*own, own[-1] + 1])
        words = rows[r][min(at, own[-1])].text if text is None else text
        rows[r].insert(at, Cell(words, 1, 1, Role.FIGURE))
        return set()

    return damage


def _lost(tables: Sheet, rng: random.Random) -> set[str]:
    rows, r = _any_row(tables, rng)
    cell = rows[r].pop(rng.choice(_figures(rows[r])))
    return {cell.code} if cell.code else set()


def _two_in_one(tables: Sheet, rng: random.Random) -> set[str] | None:
    rows, r = _any_row(tables, rng)
    own = _figures(rows[r])
    if len(own) < 2:
        return None
    at = rng.choice(own[:-1])
    first, second = rows[r][at], rows[r].pop(at + 1)
    first.columns += second.columns
    return {second.code} if second.code else set()


def _joined_digits(tables: Sheet, rng: random.Random) -> set[str] | None:
    rows, r = _any_row(tables, rng)
    own = _figures(rows[r])
    if len(own) < 2:
        return None
    at = rng.choice(own[:-1])
    second = rows[r].pop(at + 1)
    rows[r][at].text += second.text
    return _codes([rows[r][at], second])


def _one_for_two_rows(tables: Sheet, rng: random.Random) -> set[str] | None:
    found = _neighbours(tables, rng)
    if found is None:
        return None
    above, below, _, _ = found
    column = rng.randrange(min(len(_figures(above)), len(_figures(below))))
    above[_figures(above)[column]].rows = 2
    second = below.pop(_figures(below)[column])
    return _codes([second])


def _wider(role: Role) -> Damage:
    def damage(tables: Sheet, rng: random.Random) -> set[str] | None:
        cells = [cell for _, rows in tables for row in rows for cell in row if cell.role is role]
        if cells:
            rng.choice(cells).columns += rng.choice((1, 2))
        return set() if cells else None

    return damage


def _taller(role: Role) -> Damage:
    def damage(tables: Sheet, rng: random.Random) -> set[str] | None:
        cells = [cell for _, rows in tables for row in rows for cell in row if cell.role is role]
        if cells:
            cell = rng.choice(cells)
            cell.rows = cell.rows + 1 if cell.rows == 1 else cell.rows + rng.choice((-1, 1))
        return set() if cells else None

    return damage


def _again(tables: Sheet, rng: random.Random) -> set[str] | None:
    """A row printed twice with other numbers."""
    rows, r = _any_row(tables, rng)
    if _label(rows[r]) is None or any(cell.rows > 1 for row in rows for cell in row if cell.role is Role.LABEL):
        return None
    other = [replace(cell, code=None, text=f"{cell.text}9" if cell.role is Role.FIGURE else cell.text) for cell in rows[r]]
    rows.insert(rng.choice((r, r + 1, len(rows))), other)
    return _codes(rows[r]) | _codes(rows[min(r + 1, len(rows) - 1)]) if other is rows[r] else _codes(rows[r])


def _neighbours_label(tables: Sheet, rng: random.Random) -> set[str] | None:
    found = _neighbours(tables, rng)
    if found is None:
        return None
    above, below, one, other = found
    if rng.random() < 0.5:
        one.text = other.text
    else:
        other.text = one.text
    return _codes(above) | _codes(below)


def _swapped_labels(tables: Sheet, rng: random.Random) -> set[str] | None:
    found = _neighbours(tables, rng)
    if found is None:
        return None
    _, _, one, other = found
    one.text, other.text = other.text, one.text
    return set()


def _mistyped(tables: Sheet, rng: random.Random) -> set[str] | None:
    rows, r = _any_row(tables, rng)
    label = _label(rows[r])
    if label is None:
        return None
    at = rng.randrange(len(label.text))
    label.text = rng.choice((label.text[:at], label.text[at:], f"{label.text[:at]}讹{label.text[at + 1 :]}"))
    return set()


def _headings(tables: Sheet) -> list[tuple[Row, int]]:
    return [(row, i) for _, rows in tables for row in rows for i, cell in enumerate(row) if cell.role is Role.HEADING]


def _heading_lost(tables: Sheet, rng: random.Random) -> set[str]:
    row, at = rng.choice(_headings(tables))
    row.pop(at)
    return set()


def _heading_more(tables: Sheet, rng: random.Random) -> set[str]:
    row, at = rng.choice(_headings(tables))
    row.insert(at + rng.choice((0, 1)), Cell(rng.choice(("", "备注", "合计")), 1, 1, Role.HEADING))
    return set()


def _header_row_lost(tables: Sheet, rng: random.Random) -> set[str]:
    rows = rng.choice([rows for _, rows in tables])
    heads = [r for r, row in enumerate(rows) if any(cell.role is Role.HEADING for cell in row)]
    rows.pop(rng.choice(heads))
    return set()


def _column_more(tables: Sheet, rng: random.Random) -> set[str]:
    """A column of numbers without a heading, in every row."""
    rows = rng.choice([rows for _, rows in tables])
    most = max(len(_figures(row)) for row in rows)
    column = rng.randrange(most)
    for n, row in enumerate(rows):
        if len(_figures(row)) == most:
            row.insert(_figures(row)[column], Cell(str(n % 7), 1, 1, Role.FIGURE))
    return set()


DAMAGES: dict[str, Damage] = {
    "number_inserted": _inserted("7"),
    "blank_inserted": _inserted(""),
    "number_doubled": _inserted(None),
    "number_lost": _lost,
    "cells_merged": _two_in_one,
    "digits_joined": _joined_digits,
    "cell_over_two_rows": _one_for_two_rows,
    "figure_wider": _wider(Role.FIGURE),
    "label_wider": _wider(Role.LABEL),
    "heading_wider": _wider(Role.HEADING),
    "figure_taller": _taller(Role.FIGURE),
    "label_taller": _taller(Role.LABEL),
    "row_again": _again,
    "label_of_neighbour": _neighbours_label,
    "labels_swapped": _swapped_labels,
    "label_mistyped": _mistyped,
    "heading_lost": _heading_lost,
    "heading_more": _heading_more,
    "header_row_lost": _header_row_lost,
    "column_more": _column_more,
}
