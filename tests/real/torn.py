"""How does text taken from a page tear a report's wide tables: wrapped labels beside their rows, headings in fragments?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from gongkai.returns import Edition, Layout, Row, Table
from tests.real.layouts import AGENCY

WIDE = 11
"""Characters that a label's cell holds on one line; a longer label is torn from its row."""


def torn(edition: Edition, year: int, figures: Mapping[str, str], *, glued: bool = False) -> list[str]:
    """The lines of a report of a grid edition: tables of one block as they are, wide ones torn.

    ``glued`` when the label of a group runs into the label of its first row.
    """
    out = [f"{AGENCY}{year}年政府信息公开工作年度报告", ""]
    section: str | None = None
    for table in edition.tables:
        if table.section != section:
            section = table.section
            out += ["", section or ""]
        if table.layout is Layout.LINE:
            out += [*heading(table), barred([figure(table, 0, j, figures) for j in range(len(table.columns))])]
        elif table.heading:
            out += [table.heading, barred([table.corner, *(column.path[-1] for column in table.columns)])]
            for i, row in enumerate(table.rows):
                out.append(barred([row.label, *(figure(table, i, j, figures) for j in range(len(table.columns)))]))
        else:
            out += [*heading(table), *rows(table, figures, glued=glued)]
    return [*out, "", "以上数据由本机关政务公开机构汇总。"]


def figure(table: Table, i: int, j: int, figures: Mapping[str, str]) -> str:
    cell = table.cell_at(i, j)
    return figures.get(cell.code, "") if cell is not None else ""


def barred(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def heading(table: Table) -> list[str]:
    """A header line by line as it is printed, the words of neighbouring cells glued together."""
    uppers = list(dict.fromkeys(part for column in table.columns for part in column.path[:-1]))
    own = [column.path[-1] for column in table.columns]
    high = [leaf for leaf in own if len(leaf) <= 3]
    lines = ["".join(leaf if leaf in high else leaf[:2] for leaf in own)]
    lines += ["".join(parts) for parts in zip_longest(*([leaf[2:4], leaf[4:]] for leaf in own if leaf not in high), fillvalue="")]
    corner = table.corner
    return [*filter(None, [corner[:24], *uppers, corner[24:]]), *filter(None, lines)]


def rows(table: Table, figures: Mapping[str, str], *, glued: bool) -> list[str]:
    """The rows of a grid: a label of one line before its values, a longer one in lines of its own above them."""
    out: list[str] = []
    group = ""
    for i, row in enumerate(table.rows):
        if row.heading:
            group = row.label[:5] if glued else ""
            out += wrapped(row.label[5:] if glued else row.label, 3)
            continue
        values = [figure(table, i, j, figures) for j in range(len(table.columns))]
        if is_torn(row):
            out += [*wrapped(row.label, WIDE), barred(values)]
        else:
            out.append(barred([group + row.label, *values]))
            group = ""
    return out


def is_torn(row: Row) -> bool:
    return len(row.label) > WIDE and row.depth > 0


def wrapped(text: str, wide: int) -> list[str]:
    return [text[at : at + wide] for at in range(0, len(text), wide)]
