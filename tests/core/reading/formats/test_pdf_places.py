"""Does a place read from a PDF lie on the page where the page's picture shows it?"""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from gongkai.errors import NotFound
from gongkai.kernel import Figure, Place, State
from gongkai.reading import read
from gongkai.reading.native import report_from_json
from gongkai.reading.pdf_picture import MAX_PIXELS, page_picture, page_sizes
from gongkai.returns import Report, blank_report, edition
from gongkai.writing import write


def report() -> Report:
    """A form of 2021 in which every cell holds another number."""
    blank = blank_report(edition("2021"), "青岚县司法局", 2024)
    figures = tuple(
        replace(f, value=Decimal(1000 + n), text=str(1000 + n), state=State.NUMBER) for n, f in enumerate(blank.figures)
    )
    return replace(blank, figures=figures)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return write(report(), "pdf")


def turned(data: bytes, angle: int, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """The same PDF with its pages turned, or cropped by so much at the left, bottom, right and top."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(angle)
        if crop is not None:
            left, bottom, right, top = page.get_mediabox()
            page.set_cropbox(left + crop[0], bottom + crop[1], right - crop[2], top - crop[3])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def words_in(data: bytes, place: Place) -> str:
    """The text that the PDF library finds inside a place's box."""
    assert place.page is not None
    assert place.box is not None
    page = pypdfium2.PdfDocument(data)[place.page - 1]
    left, top, right, bottom = place.box
    height = page.get_height()
    return page.get_textpage().get_text_bounded(left, height - bottom, right, height - top).strip()


def test_box__of_every_figure_encloses_its_text(printed: bytes) -> None:
    (found,) = read(printed, "a.pdf")

    assert len(found.figures) == len(report().figures)
    assert [words_in(printed, f.place) for f in found.figures] == [f.text for f in found.figures]


@pytest.mark.parametrize(("angle", "crop"), [(0, None), (90, None), (270, None), (0, (30.0, 40.0, 20.0, 50.0))])
def test_picture__is_dark_where_a_box_holds_a_number_and_light_beside_it(
    printed: bytes, angle: int, crop: tuple[float, float, float, float] | None
) -> None:
    data = turned(printed, angle, crop)
    sizes = page_sizes(data)
    (found,) = read(printed, "a.pdf")
    place = found.figures[0].place
    assert place.page is not None
    assert place.box is not None
    picture = Image.open(io.BytesIO(page_picture(data, place.page))).convert("L")
    width, height = sizes[place.page - 1]

    assert picture.width / picture.height == pytest.approx(width / height, rel=0.01)
    upright = picture.rotate(angle, expand=True)
    scale = upright.width / (width if angle == 0 else height)
    left, top, right, bottom = (side * scale for side in place.box)
    inside = upright.crop((int(left) + 3, int(top) + 3, int(right) - 3, int(bottom) - 3))
    ink = ImageChops.invert(inside).point(lambda v: 255 if v > 128 else 0).getbbox()
    assert ink is not None
    # The number stands free in its cell: no rule of the table runs through the box.
    assert ink[1] > 0
    assert ink[3] < inside.height


def test_picture__of_a_huge_page_is_bounded(printed: bytes) -> None:
    document = pypdfium2.PdfDocument(printed)
    document[0].set_mediabox(0, 0, 14_000, 14_000)
    made = io.BytesIO()
    document.save(made)

    picture = Image.open(io.BytesIO(page_picture(made.getvalue(), 1)))

    assert picture.width * picture.height <= MAX_PIXELS * 1.01


def test_picture__of_a_page_that_is_not_there_is_refused(printed: bytes) -> None:
    with pytest.raises(NotFound, match="没有第99页"):
        page_picture(printed, 99)


def test_box__survives_the_report_as_json(printed: bytes) -> None:
    (found,) = read(printed, "a.pdf")

    (back,) = report_from_json(write(found, "json"), "a.json")

    assert places(back.figures) == places(found.figures)


def places(figures: tuple[Figure, ...]) -> list[Any]:
    return [(f.code, f.place.box) for f in figures]
