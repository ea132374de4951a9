"""Is what was covered gone for good, and does the proof see when it is not?"""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from gongkai.errors import BadInput
from gongkai_web.files.redaction import Box, redacted, traces
from tests.web.files.pdf_samples import line, plain_pdf, telling_pdf, written

SHEET = plain_pdf("Applicant 110101199003077571 address", "Second page")
BOX = Box(1, 60, 842 - 720, 400, 842 - 690)


def drawn(data: bytes, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].render(scale=1).to_pil().convert("L")
    finally:
        document.close()


def test_redaction__leaves_nothing_of_what_it_covers() -> None:
    result = redacted(SHEET, [BOX])

    assert result.covered == ("Applicant 110101199003077571 address",)
    assert traces(result.data, [BOX], result.covered) == ()
    assert drawn(result.data).getpixel((200, 137)) < 20
    assert drawn(result.data).getpixel((200, 300)) > 240


def test_redaction__has_no_text_on_any_page_and_keeps_their_sizes() -> None:
    document = pypdfium2.PdfDocument(redacted(SHEET, [BOX]).data)
    try:
        assert [document[i].get_textpage().get_text_range() for i in range(2)] == ["", ""]
        assert document[1].get_size() == (595, 842)
        assert document.get_metadata_dict(skip_empty=True) == {}
    finally:
        document.close()


def test_redaction__other_pages_look_the_same() -> None:
    before, after = drawn(SHEET, 1), drawn(redacted(SHEET, [BOX]).data, 1)

    dark = [sum(image.histogram()[:128]) for image in (before, after)]
    assert dark[0] > 50
    assert abs(dark[0] - dark[1]) < dark[0]


def test_redaction__comments_and_hidden_layers_are_not_drawn() -> None:
    box = Box(1, 60, 842 - 720, 400, 842 - 690)

    result = redacted(telling_pdf(), [box])

    page = drawn(result.data)
    assert page.crop((60, 842 - 620, 300, 842 - 590)).getextrema()[0] > 240  # the hidden layer stands here
    assert page.crop((60, 842 - 520, 300, 842 - 490)).getextrema()[0] < 128  # and the shown one here


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_redaction__box_is_where_it_is_shown_on_a_turned_or_cropped_page(angle: int) -> None:
    with pikepdf.open(io.BytesIO(SHEET)) as pdf:
        page = pdf.pages[0].obj
        page.Rotate = angle
        page.CropBox = Array([20, 30, 575, 820])
        data = written(pdf)
    sheet = {0: (60, 122, 400, 152), 90: (690, 60, 720, 400), 180: (195, 690, 535, 720), 270: (122, 195, 152, 535)}[angle]
    box = Box(1, *sheet)

    result = redacted(data, [box])

    assert "110101199003077571" in result.covered[0]
    assert sum(drawn(result.data).histogram()[:60]) > 0.9 * 340 * 30
    assert sum(drawn(result.data).histogram()[60:200]) < 0.05 * 340 * 30


@pytest.mark.parametrize("boxes", [[], [Box(3, 0, 0, 10, 10)], [Box(0, 0, 0, 10, 10)], [Box(1, 10, 10, 10, 20)]])
def test_redaction__box_that_covers_nothing_is_refused(boxes: list[Box]) -> None:
    with pytest.raises(BadInput) as refused:
        redacted(SHEET, boxes)

    assert str(refused.value).endswith("。")


def test_proof__sees_a_black_box_drawn_over_text() -> None:
    with pikepdf.open(io.BytesIO(SHEET)) as pdf:
        pdf.pages[0].contents_add(b"q 0 g 55 685 350 40 re f Q")
        faked = written(pdf)

    wrong = traces(faked, [BOX], ["110101199003077571"])

    assert any("可以选取的文字" in sentence for sentence in wrong)
    assert any("仍能在文件里找到" in sentence for sentence in wrong)


def test_proof__sees_a_box_that_is_not_black() -> None:
    result = redacted(SHEET, [BOX])

    assert any("没有完全涂黑" in sentence for sentence in traces(result.data, [Box(1, 60, 300, 200, 320)]))


def test_proof__sees_words_left_in_properties_or_beside_the_picture() -> None:
    with pikepdf.open(io.BytesIO(redacted(SHEET, [BOX]).data)) as pdf:
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String("110101199003077571")))
        told = written(pdf)
    with pikepdf.open(io.BytesIO(redacted(SHEET, [BOX]).data)) as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.pages[0].obj.Resources.Font = Dictionary(F1=font)
        pdf.pages[0].contents_add(b"3 Tr " + line("1101"))
        layered = written(pdf)

    assert len(traces(told, [BOX], ["110101199003077571"])) == 2
    assert any("除页面图像外" in sentence for sentence in traces(layered, [BOX]))
