"""The return on paper and in files: the blank form, and a report as DOCX, PDF, HTML, XLSX and JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.errors import BadInput
from gongkai.returns import Report
from gongkai.writing.corrections_docx import findings_docx
from gongkai.writing.corrections_xlsx import findings_xlsx
from gongkai.writing.document import document
from gongkai.writing.docx import docx
from gongkai.writing.exchange import json_bytes
from gongkai.writing.form import FIRST_YEAR, LAST_YEAR, form
from gongkai.writing.html import html
from gongkai.writing.merge import merged
from gongkai.writing.pdf import pdf
from gongkai.writing.plain import plain
from gongkai.writing.xlsx import xlsx

FORMATS = ("docx", "html", "pdf", "xlsx", "json")
"""The formats a report is written in, by the ending of the file's name."""

__all__ = ["FIRST_YEAR", "FORMATS", "LAST_YEAR", "findings_docx", "findings_xlsx", "form", "merged", "write"]


def write(report: Report, format: str, *, history: Sequence[Report] = (), dated: dt.date | None = None) -> bytes:
    """The report as a file of one of :data:`FORMATS`, the same bytes for the same report.

    Figures are printed as they were written (``text``), so blank, zero and dash stay different. ``history`` holds the same
    body's earlier reports, for the charts; ``dated`` is the day of issue, printed with the body's name under the text.
    BadInput when the format is none of ours.
    """
    if format == "json":
        return json_bytes(report)
    report = plain(report)
    if format == "xlsx":
        return xlsx(report)
    drawn = {"docx": docx, "html": html, "pdf": pdf}
    if format not in drawn:
        raise BadInput(f"不会写“{format}”这种格式。可用的有：{'、'.join(FORMATS)}。")
    return drawn[format](document(report, history, dated))
