"""How long do reading, checking and writing one annual report take, against what others need for the same file?"""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
from markitdown import MarkItDown

from bench.row import Row, measured
from bench.samples import largest
from gongkai.checking import check
from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import write

MARKITDOWN = "markitdown turns the DOCX into text"
OPENPYXL = "openpyxl loads the XLSX"
BARE_TABLE = "python-docx writes one bare table of as many cells"


def bare_table(report: Report) -> bytes:
    """The report's figures in an unformatted table, ten columns wide, as the least a writer can do."""
    document = docx.Document()
    figures = report.figures
    table = document.add_table(rows=-(-len(figures) // 10), cols=10)
    for row, cells in enumerate(table.rows):
        for cell, figure in zip(cells.cells, figures[row * 10 : row * 10 + 10], strict=False):
            cell.text = figure.text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def run() -> list[Row]:
    """Read, check and write one sample; every ratio is to a reference measured in the same run."""
    report = largest()
    as_docx, as_xlsx = write(report, "docx"), write(report, "xlsx")
    converter = MarkItDown()
    return [
        measured(MARKITDOWN, lambda: converter.convert_stream(io.BytesIO(as_docx), file_extension=".docx")),
        measured("read the DOCX into figures and claims", lambda: read(as_docx, "report.docx"), reference=MARKITDOWN),
        measured("read the DOCX and check it", lambda: check(read(as_docx, "report.docx")[0]), reference=MARKITDOWN),
        measured(OPENPYXL, lambda: openpyxl.load_workbook(io.BytesIO(as_xlsx))),
        measured("read the XLSX into figures and claims", lambda: read(as_xlsx, "report.xlsx"), reference=OPENPYXL),
        # A copy, because a report remembers what was looked up in it.
        measured("check the report", lambda: check(replace(report)), reference=OPENPYXL),
        measured(BARE_TABLE, lambda: bare_table(report)),
        *(
            measured(f"write the report as {form.upper()}", lambda form=form: write(report, form), reference=BARE_TABLE)  # type: ignore[misc]  # bound as a default on purpose
            for form in ("docx", "pdf", "html", "xlsx", "json")
        ),
    ]
