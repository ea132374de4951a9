"""Are all words of an upload found, shown or not, with their places, and is what nobody can read told?"""

from __future__ import annotations

import io
import os

import docx
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from gongkai.kernel import Place
from gongkai_web.files.hazards import accepted
from gongkai_web.files.passages import FileText
from gongkai_web.files.text import marking_of, text_of
from gongkai_web.files.types import FileType, Upload
from tests.web.files.office_samples import (
    SECRET,
    WRITER,
    changed,
    packed,
    photograph,
    plain_docx,
    plain_xlsx,
    telling_docx,
    telling_pptx,
    telling_xlsx,
    tracked_docx,
)
from tests.web.files.old_samples import old_doc, old_ppt
from tests.web.files.pdf_samples import SECRET as PDF_SECRET
from tests.web.files.pdf_samples import plain_pdf, telling_pdf, written


def read(data: bytes, name: str) -> FileText:
    return text_of(accepted(data, name))


def parts_with(text: FileText, words: str) -> set[str]:
    return {passage.part for passage in text.passages if words in passage.text}


def test_docx__words_are_found_wherever_they_stand() -> None:
    text = read(telling_docx(), "通知.docx")

    assert {"批注", "隐藏或修订的文字", "文档属性"} <= parts_with(text, SECRET)
    assert parts_with(text, WRITER) == {"文档属性"}
    assert parts_with(text, "某县司法局") == {"页眉页脚"}
    assert parts_with(text, "关于办理公证的通知") == {"正文"}
    assert parts_with(text, "通知.docx") == {"文件名"}


def test_docx__deleted_words_are_found() -> None:
    assert parts_with(read(tracked_docx(), "通知.docx"), SECRET) == {"隐藏或修订的文字"}


def test_docx__cell_has_its_place() -> None:
    text = read(telling_docx(), "通知.docx")

    cell = next(passage for passage in text.passages if passage.text == "公证")
    assert (cell.place.table, cell.place.row, cell.place.column) == (1, 2, 2)
    assert cell.in_words() == "正文，表1第2行第2列"


def test_docx__words_in_boxes_notes_and_descriptions_are_found() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' alt='图说'><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>框里的话</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    data = changed(plain_docx(), "word/document.xml", lambda text: text.replace("<w:body>", "<w:body>" + box, 1))

    text = read(data, "通知.docx")

    assert parts_with(text, "框里的话") == {"正文"}
    assert parts_with(text, "图说") == {"图片说明"}


def test_docx__pictures_inside_are_unchecked() -> None:
    text = read(telling_docx(), "通知.docx")

    assert [left.sentence for left in text.unchecked] == [
        "文件里有1张图片，图片里的文字没有检查；请逐张看过，确认没有不应公开的内容。"
    ]
    assert read(plain_docx(), "通知.docx").unchecked == ()


def test_xlsx__hidden_cells_notes_and_names_are_found() -> None:
    text = read(telling_xlsx(), "表.xlsx")

    for ending, part in (
        ("一", "正文"),
        ("二", "正文"),
        ("四", "批注"),
        ("底稿", "隐藏或修订的文字"),
        ("深藏", "隐藏或修订的文字"),
    ):
        assert parts_with(text, SECRET + ending) == {part}, ending
    assert "名称" in parts_with(text, "[1]某表")
    cell = next(passage for passage in text.passages if passage.text == SECRET + "三")
    assert (cell.place.sheet, cell.place.cell) == ("公开表", "C4")


def test_xlsx__long_number_is_written_out() -> None:
    data = changed(
        plain_xlsx(), "xl/worksheets/sheet1.xml", lambda text: text.replace("<v>12</v>", "<v>6.2220000000000012E+18</v>")
    )

    assert parts_with(read(data, "表.xlsx"), "6222000000000001200") == {"正文"}


def test_pptx__slides_notes_and_comments_are_found() -> None:
    text = read(telling_pptx(), "讲稿.pptx")

    assert {"隐藏或修订的文字", "演讲者备注", "批注"} >= parts_with(text, SECRET)
    assert "隐藏或修订的文字" in parts_with(text, SECRET)
    line = next(passage for passage in text.passages if passage.text == "办事流程")
    assert line.place == Place(quote="办事流程", page=1)


def test_pdf__words_on_pages_and_beside_them_are_found() -> None:
    text = read(telling_pdf(), "公告.pdf")

    assert "正文" in parts_with(text, "Notice on fees")
    assert "正文" in parts_with(text, PDF_SECRET + "Layer")
    assert "批注" in parts_with(text, PDF_SECRET)
    assert parts_with(text, "old.txt") == {"附件名称"}
    assert any("附有1个文件" in left.sentence for left in text.unchecked)


def scanned_pdf() -> bytes:
    with pikepdf.open(io.BytesIO(plain_pdf("Words on a page", ""))) as pdf:
        image = pdf.make_stream(
            photograph(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=96,
            Height=64,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        image.Filter = Name.DCTDecode
        page = pdf.pages[1].obj
        page.Resources = Dictionary(XObject=Dictionary(P=image))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q")
        return written(pdf)


def test_pdf__page_that_is_a_picture_is_unchecked() -> None:
    text = read(scanned_pdf(), "公告.pdf")

    assert [(left.place.page, "是图像" in left.sentence) for left in text.unchecked] == [(2, True)]


def ofd() -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'

    def words(*pieces: tuple[float, float, str]) -> str:
        inside = "".join(
            f'<ofd:TextObject Boundary="{x} {y} 100 8"><ofd:TextCode X="0" Y="5">{text}</ofd:TextCode></ofd:TextObject>'
            for x, y, text in pieces
        )
        return f"<ofd:Page {space}><ofd:Content><ofd:Layer>{inside}</ofd:Layer></ofd:Content></ofd:Page>"

    return packed(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Author>{WRITER}</ofd:Author></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:CommonData/><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            '<ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": words((60, 30, "公证"), (20, 30.4, "关于"), (20, 50, "第二行")),
            "Doc_0/Pages/Page_1/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:ImageObject/></ofd:Content></ofd:Page>",
            "Doc_0/Res/image.png": b"x",
        }
    )


def test_ofd__lines_are_read_in_order_and_pictures_told() -> None:
    text = read(ofd(), "公文.ofd")

    body = [(passage.text, passage.place.page) for passage in text.passages if passage.part == "正文"]
    assert body == [("关于公证", 1), ("第二行", 1)]
    assert parts_with(text, WRITER) == {"文档属性"}
    assert any(left.place.page == 2 for left in text.unchecked)
    assert any("1张图片" in left.sentence for left in text.unchecked)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(40), "包.rar"),
        (photograph(), "照片.jpg"),
        (b"ID3\x03" + bytes(7) + b"\xff\xfb\x90\x00", "音.mp3"),
    ],
)
def test_text__what_cannot_be_read_is_unchecked(data: bytes, name: str) -> None:
    text = read(data, name)

    assert [passage.part for passage in text.passages] == ["文件名"]
    assert len(text.unchecked) == 1
    assert "没有检查" in text.unchecked[0].sentence


def test_zip__members_carry_their_path() -> None:
    text = read(packed({"附件/通知.docx": plain_docx(), "照片.jpg": photograph()}), "包.zip")

    line = next(passage for passage in text.passages if passage.text == "自下月起施行。")
    assert line.member == "附件/通知.docx"
    assert line.in_words().startswith("“附件/通知.docx”，正文")
    assert [left.member for left in text.unchecked] == ["照片.jpg"]


def test_plain__lines_have_their_numbers() -> None:
    text = read("一\n\n电话：13800000000\n".encode("gb18030"), "说明.txt")

    assert next(p for p in text.passages if "电话" in p.text).place.line == 3


def test_page__comments_aside_all_words_are_found() -> None:
    page = "<!DOCTYPE html><html><body><p>公告</p><p style='display:none'>藏起</p><img alt='图说' src='a.png'></body></html>"

    text = read(page.encode(), "页.html")

    assert parts_with(text, "藏起") == {"隐藏或修订的文字"}
    assert parts_with(text, "图说") == {"网页源码"}
    assert len(text.unchecked) == 1


def test_old_slides__words_of_records_are_found() -> None:
    assert parts_with(read(old_ppt("办事流程", "联系方式"), "旧.ppt"), "办事流程") == {"正文"}


def test_old_document__without_libreoffice_is_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    text = read(old_doc(author=WRITER), "旧.doc")

    assert any("LibreOffice" in left.sentence for left in text.unchecked)
    assert parts_with(text, WRITER) == {"文档属性"}


@pytest.mark.office
def test_old_document__is_read_through_libreoffice(libreoffice: str) -> None:
    del libreoffice
    rich = b"{\\rtf1\\ansi Public words}"
    from gongkai.reading.converted import converted

    modern = converted(rich, "rtf", "旧.rtf")
    assert parts_with(text_of(Upload("旧.docx", FileType.DOCX, modern.data)), "Public words") == {"正文"}


def headed(line: str) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = line
    document.add_paragraph("正文。")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (plain_docx("机密★10年", "关于某事的通知"), "通知.docx"),
        (headed("秘密★5年"), "通知.docx"),
        (plain_docx("正文"), "【机密】通知.docx"),
        (packed({"a.txt": "公开".encode(), "b.txt": "绝密\n某事".encode()}), "包.zip"),
        (photograph(), "机密★10年.jpg"),
        ("秘密\n关于某事".encode("gb18030"), "说明.txt"),
    ],
)
def test_marking__is_found_before_anything_is_stored(data: bytes, name: str) -> None:
    assert marking_of(read(data, name)) is not None


@pytest.mark.parametrize(
    "data", [plain_docx("本机关对属于国家秘密的信息不予公开。"), plain_docx("涉及商业秘密的，依法处理。"), telling_xlsx()]
)
def test_marking__word_in_a_sentence_is_none(data: bytes) -> None:
    name = "表.xlsx" if data == data and b"xl/" in data else "通知.docx"

    assert marking_of(read(data, name)) is None
