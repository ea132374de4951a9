"""How is the sheet printed on which information to be published is reviewed and signed by hand?"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from gongkai.writing import docx_styles as styles
from gongkai.writing.docx import package_of, paragraph_of
from gongkai.writing.docx_tables import cell_of, row_of, table_of, twips
from gongkai.writing.package import stable
from gongkai.writing.pdf import STANDARDS
from gongkai.writing.plain import printable
from gongkai.writing.typesetter import UndrawableError, set_pages

TITLE = "信息公开审批单"
BOX_MILLIMETRES = 27.0
SIGN = "签名：　　　　　　　　　　　年　　月　　日"
CHOICE = "□ 通过　　□ 退回"
_PADDING = 85  # twentieths of a point
_WIDTHS = (30.0, 126.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A step to be decided: its title, who decides, and – when it was decided – what, by whom and when."""

    title: str
    who: str
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed. ``code`` names the version and is read back when the signed sheet is recorded; ``rows`` are label and value."""

    body: str
    code: str
    rows: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    note: str

    def plain(self) -> Sheet:
        """The same without characters that no document can hold."""
        return Sheet(
            printable(self.body),
            self.code,
            tuple((printable(label), printable(value)) for label, value in self.rows),
            tuple(Box(printable(b.title), printable(b.who), printable(b.decided)) for b in self.boxes),
            printable(self.note),
        )


def approval_docx(sheet: Sheet) -> bytes:
    """The sheet as DOCX, the same bytes for the same sheet."""
    sheet = sheet.plain()
    package = package_of(f"{sheet.body}{TITLE}", TITLE)
    end = package.element.body.sectPr
    made = [
        paragraph_of(sheet.body, styles.TITLE),
        paragraph_of(TITLE, styles.TITLE),
        paragraph_of(f"校验编号：{sheet.code}", styles.FIELD, "right"),
        _table(sheet),
        paragraph_of(sheet.note, styles.FIELD),
    ]
    for element in made:
        end.addprevious(element)
    out = io.BytesIO()
    package.save(out)
    return stable(out.getvalue())


def approval_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1; as an ordinary PDF where a character has no font."""
    sheet = sheet.plain()
    data = json.dumps(
        {
            "body": sheet.body,
            "title": TITLE,
            "code": sheet.code,
            "rows": sheet.rows,
            "boxes": [{"title": b.title, "who": b.who, "decided": b.decided} for b in sheet.boxes],
            "choice": CHOICE,
            "sign": SIGN,
            "note": sheet.note,
        }
    )
    try:
        return set_pages("approval.typ", {"data": data}, STANDARDS)
    except UndrawableError:
        return set_pages("approval.typ", {"data": data})


def _table(sheet: Sheet) -> etree._Element:
    widths = [twips(width) for width in _WIDTHS]
    table = table_of(widths, _PADDING, TITLE)
    for label, value in sheet.rows:
        _row(table, widths, (label,), value.split("\n"))
    for box in sheet.boxes:
        lines = (box.decided,) if box.decided else (CHOICE, "意见：", "", SIGN)
        _row(table, widths, (box.title, f"（{box.who}）"), lines, height=0.0 if box.decided else BOX_MILLIMETRES)
    return table


def _row(table: etree._Element, widths: Sequence[int], labels: Sequence[str], lines: Sequence[str], height: float = 0.0) -> None:
    row = row_of(table, height=twips(max(height, 8.0)))
    for texts, width, align in ((labels, widths[0], "center"), (lines, widths[1], "left")):
        cell = cell_of(row, width)
        for text in texts:
            cell.append(paragraph_of(text, styles.CELL, "right" if text == SIGN else align))
