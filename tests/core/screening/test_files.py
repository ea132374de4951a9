"""Are files of every format scanned, with their notes, and never called clean when they cannot be read?"""

import io
import zipfile

import docx
import openpyxl
import pytest

from gongkai.errors import BadInput
from gongkai.screening import Settings, Word, screen, screen_file
from gongkai.screening.lists import allowed, listed
from tests.core.screening.invented import IDENTITY


def word_file(*paragraphs: str, beside: dict[str, str] | None = None) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "a") as archive:
        for part, text in (beside or {}).items():
            archive.writestr(part, f'<w:notes xmlns:w="{space}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:notes>')
    return out.getvalue()


def test_file__word_with_its_footnotes_and_comments() -> None:
    data = word_file("正文。", beside={"word/footnotes.xml": "联系19912345678", "word/comments.xml": f"他的号码{IDENTITY}"})
    found = {(h.kind, h.part) for h in screen_file(data, "通知.docx").hits}
    assert found == {("mobile_number", "脚注"), ("identity_number", "批注")}


def test_file__workbook_says_sheet_and_cell() -> None:
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.active.append(["姓名", "身份证号"])
    book.active.append(["张某", IDENTITY])
    out = io.BytesIO()
    book.save(out)
    (hit,) = screen_file(out.getvalue(), "名单.xlsx").hits
    assert (hit.kind, hit.in_words()) == ("identity_number", "工作表“名单”，单元格B2")


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "图片"), (b"", "空文件"), (b"PK\x03\x04broken", "损坏"), (b"\x00\x01\x02", "")],
)
def test_file__that_cannot_be_read_is_unchecked(data: bytes, words: str) -> None:
    screened = screen_file(data, "附件")
    assert screened.hits == ()
    assert not screened.is_clean
    assert words in screened.unchecked[0].why


def test_file__html_and_text_are_read() -> None:
    page = "<html><body><p>手机19912345678</p><table><tr><td>姓名</td><td>护照号</td></tr><tr><td>张</td><td>E12345678</td></tr></table></body></html>"
    assert [h.kind for h in screen_file(page.encode(), "a.html").hits] == ["mobile_number", "travel_document"]
    assert [h.place.line for h in screen_file("甲\n手机19912345678".encode("gb18030"), "a.txt").hits] == [2]


def test_allowed__lines_are_taken_for_what_they_look_like_or_what_the_heading_says() -> None:
    text = "０10-60000000 # 办公室\nju@example.com\n甲县乙路1号3号楼2单元201室\n[电话]\n19912345678"
    settings = allowed(text, "可以公开.txt", Settings())
    assert settings.numbers == ("010-60000000", "19912345678")
    assert settings.mails == ("ju@example.com",)
    assert settings.addresses == ("甲县乙路1号3号楼2单元201室",)
    lines = ["联系电话：010-60000000", "手机19912345678", "邮箱ju@example.com", "甲县乙路1号3号楼2单元201室"]
    assert len(screen(lines).hits) == 4
    assert screen(lines, settings).is_clean


def test_listed__words_with_notes_and_names() -> None:
    settings = listed("旧称 = 改为新称\n旧楼\n[姓名]\n岑砚舟\n", "词语表.txt", Settings())
    assert settings.words == (Word("旧称", "改为新称"), Word("旧楼"))
    assert settings.names == ("岑砚舟",)
    assert "改为新称。" in screen(["旧称"], settings).hits[0].why


@pytest.mark.parametrize("read", [allowed, listed])
def test_lists__unknown_heading_is_refused_with_its_line(read: object) -> None:
    with pytest.raises(BadInput, match="第2行的“\\[其他\\]”不认识"):
        read("甲\n[其他]\n", "表.txt", Settings())  # type: ignore[operator]  # parametrize erases the type
