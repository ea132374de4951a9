"""What does a page of a PDF look like, so that a person can see a place of it marked on the page itself?"""

from __future__ import annotations

import io

import pypdfium2

from gongkai.errors import NotFound
from gongkai.reading.limits import check_size, damaged
from gongkai.reading.pdf_turn import shown_size

SCALE = 2.0
"""Pixels a point: a page of A4 becomes 1190 × 1684."""
MAX_PIXELS = 6_000_000
"""A larger page is drawn smaller: drawing costs memory by the pixel."""


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points, as shown; places' boxes count in the same points."""
    document = _opened(data)
    try:
        return tuple(_size(document, index) for index in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    finally:
        document.close()


def page_picture(data: bytes, number: int) -> bytes:
    """A page, counted from 1, as a PNG that shows exactly what :func:`page_sizes` measures; form fields are left out."""
    check_size(data)
    document = _opened(data)
    try:
        if not 1 <= number <= len(document):
            raise NotFound(f"这个 PDF 没有第{number}页。请从检查结果里的链接打开。")
        _uncropped(document, number - 1)
        width, height = _size(document, number - 1)
        page = document[number - 1]
        scale = min(SCALE, (MAX_PIXELS / (width * height)) ** 0.5)
        drawn = page.render(scale=scale, may_draw_forms=False).to_pil()
        made = io.BytesIO()
        drawn.save(made, "PNG")
        return made.getvalue()
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
        raise damaged() from error
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error


def _uncropped(document: pypdfium2.PdfDocument, index: int) -> None:
    """Have the page drawn with its whole sheet: the reader measures from the sheet's corner, not from a crop's."""
    page = document[index]
    page.set_cropbox(*page.get_mediabox())
    page.close()


def _size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    page = document[index]
    try:
        return shown_size(page)
    finally:
        page.close()
