"""How are the files beside the demo items made: forms, lists, printed documents, annual reports?"""

from __future__ import annotations

import datetime as dt
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gongkai.kernel import Figure, State
from gongkai.returns import Layout, Report, Section, blank_report, edition, with_totals
from gongkai.writing import write
from gongkai.writing.document import Closing, Document, Element, Text, Title
from gongkai.writing.docx import docx
from gongkai.writing.layout import PAPER, PrintedCell, PrintedTable, Role
from gongkai.writing.package import stable
from gongkai.writing.pdf import pdf
from gongkai.writing.sheets import TITLE, freeze, new_sheet, new_workbook, write_line, write_table
from gongkai_web.office.demo.entries import DATA

_WRITERS = {"docx": docx, "pdf": pdf}


def made(file: Mapping[str, Any], body: str, day: dt.date) -> bytes:
    """The bytes of a file as an item's data describe it: ``report`` (a year), or a heading with paragraphs and a table."""
    kind = str(file["name"]).rpartition(".")[2]
    if "report" in file:
        year = int(file["report"])
        return write(report(body, year), kind, history=(report(body, year - 1),), dated=day)
    heading = file.get("heading") or str(file["name"]).rpartition(".")[0]
    table = _table(file["table"], file.get("widths", ())) if "table" in file else None
    if kind == "xlsx":
        assert table is not None
        return _workbook(heading, table)
    elements: list[Element] = [Title((heading,)), *(Text(p, 1 if p[1:2] == "、" else 0) for p in file.get("paragraphs", ()))]
    elements += [table] if table else []
    if file.get("signed"):
        elements.append(Closing(body, f"{day.year}年{day.month}月{day.day}日"))
    return _WRITERS[kind](Document(heading, body, day, tuple(elements)))


def sheet(title: str, code: str, signer: str, day: dt.date) -> bytes:
    """What stands for the scan of a signed sheet."""
    rows = (
        ("拟公开信息", title),
        ("编号", code),
        ("分管领导意见", "同意公开。"),
        ("签名、日期", f"{signer}（签） {day.isoformat()}"),
    )
    table = _table((("项目", "内容"), *rows), (1, 3))
    return pdf(Document("政府信息公开审批单", "", day, (Title(("政府信息公开审批单（签批件）",)), table)))


@lru_cache(maxsize=8)
def report(body: str, year: int) -> Report:
    """An annual report of the demo body; the figures of a year before grow with it."""
    data = tomllib.loads((DATA / "report.toml").read_text(encoding="utf-8"))
    form = edition("2021")
    given = data["figures"][year % len(data["figures"])]
    totals = {i.left[0].code for i in form.totals()}
    blank = blank_report(form, body, year)
    unknown = given.keys() - {f.code for f in blank.figures}
    if unknown:
        raise ValueError(f"no such cells: {sorted(unknown)}")
    filled = tuple(f if f.code in totals else _number(f, given.get(f.code or "", "0")) for f in blank.figures)
    whole, _ = with_totals(replace(blank, figures=filled))
    sections = tuple(Section(s["title"], tuple(_worded(p, whole) for p in s["paragraphs"])) for s in data["section"])
    return replace(whole, sections=sections)


def _number(figure: Figure, text: str) -> Figure:
    return replace(figure, text=text, value=Decimal(text), state=State.NUMBER)


def _worded(text: str, report: Report) -> str:
    return re.sub(r"\{([^}]+)\}", lambda m: str(report.year) if m[1] == "year" else report.by_code[m[1]].text, text)


def _table(rows: Sequence[Sequence[str]], shares: Sequence[float]) -> PrintedTable:
    columns = len(rows[0])
    shares = shares or (1,) * columns
    cells = tuple(
        PrintedCell(str(text), i, j, Role.HEADING if i == 0 else Role.LABEL)
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    )
    widths = tuple(round(PAPER * share / sum(shares), 1) for share in shares)
    return PrintedTable("demo", None, None, Layout.LIST, cells, len(rows), columns, 1, widths)


def _workbook(heading: str, table: PrintedTable) -> bytes:
    book = new_workbook(heading)
    page = new_sheet(book, heading, table.widths)
    write_line(page, 1, heading, table.columns, TITLE, centre=True)
    write_table(page, table, 3)
    freeze(page, table, 3)
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue())
