"""Does a printed notice hold its words, its table and a code that leads where it says; does a list hold every line?"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pypdfium2
import pytest
import segno
from PIL import Image

from gongkai.writing import notice
from gongkai.writing.notice import Cell, Grid, Listed, Listing, Notice, Paragraph, Picture, Run, listing_pdf, notice_pdf
from gongkai.writing.typesetter import set_pages

ADDRESS = "https://www.example.gov.cn/info/012345678/2026-00012/"
DAY = dt.date(2026, 11, 2)


def code() -> str:
    made = io.BytesIO()
    segno.make(ADDRESS, error="m", micro=False).save(made, kind="svg", xmldecl=False, border=2, light="#fff")
    return made.getvalue().decode()


def runs(text: str, *, bold: bool = False) -> tuple[Run, ...]:
    return (Run(text, bold),)


NOTICE = Notice(
    body="岫川县司法局",
    title="关于开展公证服务便民活动的通知",
    number="岫司发〔2026〕3号",
    day=DAY,
    blocks=(
        Paragraph(runs("各公证处：")),
        Paragraph((Run("现将"), Run("有关事项", True), Run("通知如下。"))),
        Paragraph(runs("一、时间"), level=2),
        Paragraph(runs("十二月一日起。"), mark="1.", depth=1),
        Grid(
            2,
            (
                Cell(0, 0, 1, 1, runs("事项"), head=True),
                Cell(1, 0, 1, 1, runs("收费"), head=True),
                Cell(0, 1, 1, 2, runs("遗嘱")),
                Cell(1, 1, 1, 1, runs("减半")),
                Cell(1, 2, 1, 1, runs("上门免费")),
            ),
            heads=1,
            caption="收费表",
        ),
        Paragraph(runs("岫川县司法局"), "right"),
    ),
    about=("索引号：012345678/2026-00012", "用手机扫描二维码，查看网页上的原文。"),
    code=code(),
    address=ADDRESS,
)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r", "").replace("\n", "")


def test_notice__holds_every_word_and_keeps_to_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    monkeypatch.setattr(notice, "set_pages", lambda *given: kept.append(given[2:]) or set_pages(*given))
    said = text_of(notice_pdf(NOTICE))

    words = ("岫川县司法局", "关于开展公证服务便民活动的通知", "各公证处：", "现将有关事项通知如下。", "一、时间", "1. 十二月一日起。",
             "收费表", "遗嘱", "减半", "上门免费", "012345678/2026-00012")  # fmt: skip
    assert [w for w in words if w.replace(" ", "") not in said.replace(" ", "")] == []
    assert len(kept) == 1, "the standard could not be kept"


def test_notice__shows_the_code_of_its_address() -> None:
    with pypdfium2.PdfDocument(notice_pdf(NOTICE)) as document:
        page = document[0]
        width, height = page.get_size()
        drawn = page.render(scale=4).to_pil().convert("L")
    # The code is 30 mm wide and stands at the lower right, 26 and about 22 mm from the edges.
    points = 72 / 25.4
    box = [(width - 56 * points) * 4, (height - 54 * points) * 4, (width - 26 * points) * 4, (height - 20 * points) * 4]
    part = drawn.crop(tuple(map(int, box)))
    dark = [[x, y] for y in range(part.height) for x in range(part.width) if part.getpixel((x, y)) < 100]
    left, right = min(x for x, _ in dark), max(x for x, _ in dark)
    top, bottom = min(y for _, y in dark), max(y for _, y in dark)
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    size = len(matrix)
    step = (right - left + 1) / size
    assert abs((bottom - top) - (right - left)) <= 3
    read = [
        [part.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) < 128 for x in range(size)]
        for y in range(size)
    ]
    assert read == [[bool(m) for m in row] for row in matrix]


def test_notice__goes_on_over_pages_and_sets_a_large_one_larger() -> None:
    long = replace(NOTICE, blocks=NOTICE.blocks * 30)
    with pypdfium2.PdfDocument(notice_pdf(long)) as document:
        assert len(document) > 3
    large = replace(NOTICE, large=True, blocks=())
    with pypdfium2.PdfDocument(notice_pdf(large)) as document:
        assert len(document) == 1
    assert "关于开展公证服务便民活动的通知" in text_of(notice_pdf(large)).replace(" ", "")


def test_notice__shows_a_picture() -> None:
    made = io.BytesIO()
    Image.new("RGB", (400, 100), (200, 30, 30)).save(made, "PNG")
    pdf = notice_pdf(replace(NOTICE, blocks=(Picture(made.getvalue(), "png", 400, 100, "地图"),)))
    with pypdfium2.PdfDocument(pdf) as document:
        colours = document[0].render(scale=1).to_pil().convert("RGB").getcolors(1_000_000)
    assert (200, 30, 30) in {colour for _, colour in colours}


@pytest.mark.parametrize("odd", ["甲\x00乙", "\U000f0000私用区", "#set text(red)", "*强调* $x$ \\ 斜杠"])
def test_notice__takes_any_words_as_words(odd: str) -> None:
    said = text_of(notice_pdf(replace(NOTICE, title=odd)))
    for word in ("甲", "#set", "*强调*"):
        assert (word in said) == (word in odd)


def test_listing__holds_every_line_under_its_heading() -> None:
    rows = tuple(Listed(f"第{n}号通知", ("2026年11月2日",), "说明事项。" * 3, code(), ADDRESS) for n in range(1, 26))
    pdf = listing_pdf(
        Listing("岫川县司法局", "政府信息公开目录", DAY, "共 26 条。", (("通知公告", rows), ("规范性文件", rows[:1])))
    )
    said = text_of(pdf)

    assert [n for n in range(1, 26) if f"第{n}号通知" not in said.replace(" ", "")] == []
    assert "通知公告" in said
    assert "共26条。" in said.replace(" ", "")
