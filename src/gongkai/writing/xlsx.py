"""How is a report written as a workbook that is read back the same?

One sheet with the body, the year and the sign-off, one with the text, and one sheet a table as it is printed. A section's
title stands once, with its text; a table's sheet prints it only when there is no text.
"""

from __future__ import annotations

import io

from gongkai.returns import Report
from gongkai.writing.document import is_heading, title_lines
from gongkai.writing.layout import printed_tables
from gongkai.writing.package import stable
from gongkai.writing.sheets import BOLD, PLAIN, TITLE, freeze, new_sheet, new_workbook, sheet_name, write_line, write_table

TEXT_SHEET = "正文"
_TEXT_WIDTH = 125.0


def xlsx(report: Report) -> bytes:
    """The report as XLSX, the same bytes for the same report."""
    book = new_workbook("".join(title_lines(report)))
    cover = new_sheet(book, "填报信息", (125.0,))
    for row, line in enumerate(title_lines(report), start=1):
        write_line(cover, row, line, 1, TITLE, centre=True)
    row = len(title_lines(report)) + 2
    for name, value in report.signoff:
        write_line(cover, row, f"{name}：{value}", 1)
        row += 1
    if report.sections:
        text = new_sheet(book, TEXT_SHEET, (_TEXT_WIDTH,))
        row = 1
        for section in report.sections:
            for words, font in ((section.title, BOLD), *((p, BOLD if is_heading(p) else PLAIN) for p in section.paragraphs)):
                if words:
                    write_line(text, row, words, 1, font)
                    row += 1
    for table in printed_tables(report):
        sheet = new_sheet(book, sheet_name(table), table.widths)
        heading = table.title or (None if report.sections else table.section)
        top = 1 if heading is None else 3
        if heading is not None:
            write_line(sheet, 1, heading, table.columns, BOLD)
        write_table(sheet, table, top)
        freeze(sheet, table, top)
    out = io.BytesIO()
    book.save(out)
    return stable(out.getvalue())
