"""Are two pages, or two reports, side by side on one sheet of a PDF read as two?"""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import write
from tests.core.reading.printing import made

FULL = ("0", "1", "7", "12", "345")
FIRST = replace(made(("cn2021", 3), FULL), agency="甲市司法局", year=2022)
SECOND = replace(made(("cn2021", 5), FULL), agency="甲市司法局", year=2023)


def printed(report: Report) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(write(report, "pdf"))


def two_up(document: pypdfium2.PdfDocument) -> bytes:
    """The document's pages two on a sheet, from left to right."""
    width, height = document[0].get_size()
    raw = pdfium.FPDF_ImportNPagesToOne(document.raw, 2 * width, height, 2, 1)
    out = io.BytesIO()
    pypdfium2.PdfDocument(raw).save(out)
    return out.getvalue()


def in_turn(*documents: pypdfium2.PdfDocument) -> pypdfium2.PdfDocument:
    """A page of each, then the next page of each."""
    out = pypdfium2.PdfDocument.new()
    for number in range(len(documents[0])):
        for document in documents:
            out.import_pages(document, [number])
    return out


def figures(report: Report) -> dict[str | None, object]:
    return {f.code: (f.state, f.value) for f in report.figures}


def test_two_pages_on_a_sheet__are_read_one_after_the_other() -> None:
    (report,) = read(two_up(printed(FIRST)), "a.pdf")

    assert (report.agency, report.year) == (FIRST.agency, FIRST.year)
    assert figures(report) == figures(FIRST)


def test_two_reports_side_by_side__are_two_and_told() -> None:
    left, right = read(two_up(in_turn(printed(FIRST), printed(SECOND))), "a.pdf")

    for found, wanted in ((left, FIRST), (right, SECOND)):
        assert (found.agency, found.year) == (wanted.agency, wanted.year)
        assert figures(found) == figures(wanted)
        assert "S116" in [finding.rule for finding in found.findings]


def test_right_half__has_its_places_on_the_sheet() -> None:
    document = in_turn(printed(FIRST), printed(SECOND))
    middle = document[0].get_width()
    left, right = read(two_up(document), "a.pdf")

    assert all(f.place.box is not None and f.place.box[2] <= middle for f in left.figures)
    assert all(f.place.box is not None and f.place.box[0] >= middle for f in right.figures)


@pytest.mark.parametrize("report", [FIRST, SECOND])
def test_page_of_its_own__is_no_half(report: Report) -> None:
    (found,) = read(write(report, "pdf"), "a.pdf")

    assert figures(found) == figures(report)
    assert "S116" not in [finding.rule for finding in found.findings]


@pytest.mark.browser
def test_pages__set_on_a_sheet_as_forms_keep_their_letters_in_place_though_drawn_as_shapes(chromium: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_bytes(write(FIRST, "html"))
    out = tmp_path / "report.pdf"
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([*command, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(out.read_bytes())
    width, height = document[0].get_size()
    made = io.BytesIO()
    pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(document.raw, width, 2 * height, 1, 2)).save(made)

    (alone,), (below,) = read(out.read_bytes(), "a.pdf"), read(made.getvalue(), "b.pdf")
    assert figures(below) == figures(alone) == figures(FIRST)
