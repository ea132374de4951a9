"""How are cells, amounts and sums said in the Chinese sentences of findings?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from gongkai.kernel import Figure
from gongkai.returns import Cell

_NOTE = re.compile(r"(?<=[^\d.、）)])[（(][^（）()]{5,}[）)]$")
_LEAD = re.compile(r"^其中[：:]\s*")
_BARE = re.compile(r"^(?:\d+[.、]|[(（][一二三四五六七八九十\d]+[)）])?\s*其他$")
_MANY = 8


def short(label: str) -> str:
    """A printed label without the note in brackets at its end and without 其中."""
    return _LEAD.sub("", _NOTE.sub("", label))


def row_name(cell: Cell | Figure) -> str:
    """The row of a cell in words; a row called only 其他 is given with the row above it."""
    if not cell.row:
        return ""
    last = short(cell.row[-1])
    return f"{short(cell.row[-2])}—{last}" if _BARE.match(last) and len(cell.row) > 1 else last


def column_name(cell: Cell | Figure) -> str:
    """The column of a cell in words; in a one-row table its whole path."""
    if not cell.column:
        return ""
    if not cell.row or _BARE.match(cell.column[-1]):
        return "—".join(cell.column[-2:]) if cell.row else "—".join(cell.column)
    return cell.column[-1]


def name(cell: Cell | Figure) -> str:
    """A cell in words, in quotation marks: “（一）收到申请数”, or “（七）总计”的“自然人”."""
    row, column = row_name(cell), column_name(cell)
    if row and column:
        return f"“{row}”的“{column}”"
    return f"“{row or column}”"


def names(cells: Sequence[Cell | Figure], most: int = 6) -> str:
    """Several cells in words; after ``most`` of them only how many more there are."""
    shown = "、".join(name(c) for c in cells[:most])
    return shown if len(cells) <= most else f"{shown}等{len(cells)}格"


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros, a true minus sign."""
    return f"{value.normalize():f}".replace("-", "−") if value else "0"


def amount(value: Decimal, unit: str | None) -> str:
    """A number with its unit."""
    return f"{plain(value)}{unit or ''}"


def addition(values: Iterable[Decimal], total: Decimal, unit: str | None) -> str:
    """A sum written out: 0+0+3+1=4件. Of a long one only the parts that are not zero are written."""
    parts = list(values)
    if not parts:
        return amount(total, unit)
    if len(parts) <= _MANY:
        return f"{_joined(parts)}={amount(total, unit)}"
    shown = [v for v in parts if v]
    if not shown:
        return f"{len(parts)}项全为0"
    lead = f"{_joined(shown)}={amount(total, unit)}" if len(shown) > 1 else amount(total, unit)
    return lead if len(shown) == len(parts) else f"{lead}（另外{len(parts) - len(shown)}项为0）"


def _joined(values: Sequence[Decimal]) -> str:
    text = plain(values[0])
    for value in values[1:]:
        text += plain(value) if value < 0 else f"+{plain(value)}"
    return text


def sentence(text: str) -> str:
    """An identity's note as a sentence of its own; empty stays empty."""
    return f"{text}。" if text and not text.endswith("。") else text
