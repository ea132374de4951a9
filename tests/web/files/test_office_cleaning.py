"""Does a cleaned office file show the same and tell nothing of its writers?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image

from gongkai_web.files.cleaning.docx import clean_docx
from gongkai_web.files.cleaning.pptx import clean_pptx
from gongkai_web.files.cleaning.result import Choices, Cleaned, NeedsChoice
from gongkai_web.files.cleaning.xlsx import clean_xlsx
from gongkai_web.files.types import FileType, NotAccepted
from gongkai_web.files.verification import verify
from tests.web.files.office_samples import (
    SECRET,
    WRITER,
    changed,
    packed,
    plain_docx,
    plain_pptx,
    plain_xlsx,
    related,
    telling_docx,
    telling_pptx,
    telling_xlsx,
    tracked_docx,
    unpacked,
)


def silent(cleaned: Cleaned) -> None:
    """Nothing in the unpacked file holds the writer's name or the words that must not go out."""
    for name, body in unpacked(cleaned.data).items():
        for word in (SECRET, WRITER):
            assert word.encode() not in body, name
            assert word.encode("utf-16-le") not in body, name


def words_of(cleaned: Cleaned) -> str:
    return "；".join(cleaned.removed)


def test_docx__loses_everything_that_tells_of_its_writer() -> None:
    cleaned = clean_docx(telling_docx())

    silent(cleaned)
    assert not any(name.startswith(("docProps/", "customXml/", "word/comments")) for name in unpacked(cleaned.data))
    assert b"rsid" not in unpacked(cleaned.data)["word/document.xml"]
    for word in ("作者", "批注", "隐藏文字", "XML 数据", "编辑会话编号", "文档变量", "拍摄信息"):
        assert word in words_of(cleaned)


def test_docx__shows_the_same_after_cleaning() -> None:
    before = telling_docx()

    after = clean_docx(before).data

    assert verify(before, after, FileType.DOCX) == ()
    document = docx.Document(io.BytesIO(after))
    assert [p.text for p in document.paragraphs if p.text] == ["关于办理公证的通知", "公开的一句。"]
    assert document.sections[0].header.paragraphs[0].text == "某县司法局"
    assert document.tables[0].cell(1, 1).text == "公证"


def test_docx__picture_inside_keeps_only_how_it_is_turned() -> None:
    media = next(body for name, body in unpacked(clean_docx(telling_docx()).data).items() if "/media/" in name)

    assert b"Qian" not in media
    assert dict(Image.open(io.BytesIO(media)).getexif()) == {0x0112: 6}


def test_docx__tracked_changes_are_never_settled_unasked() -> None:
    with pytest.raises(NeedsChoice) as refused:
        clean_docx(tracked_docx())

    assert refused.value.choice == "accept_changes"
    assert f"删除：“{SECRET}”。" in refused.value.details
    assert len(refused.value.details) == 4


def test_docx__accepted_changes_leave_what_was_inserted() -> None:
    cleaned = clean_docx(tracked_docx(), choices=Choices(accept_changes=True))

    silent(cleaned)
    texts = [p.text for p in docx.Document(io.BytesIO(cleaned.data)).paragraphs if p.text]
    assert texts == ["收费八十元。", "前半后半", "关于办理公证的通知", "自下月起施行。"]
    assert "修订痕迹（已全部接受）（4处）" in cleaned.removed
    assert b"w:ins" not in unpacked(cleaned.data)["word/document.xml"]


def test_docx__parts_nothing_refers_to_are_left_behind() -> None:
    stuffed = packed({**unpacked(plain_docx()), "word/旧稿.bin": SECRET})

    silent(clean_docx(stuffed))


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        ("https://www.example.gov.cn/a", True),
        ("mailto:a@example.gov.cn", True),
        ("file:///C:/Users/qian/稿.docx", False),
        ("\\\\nas\\share\\稿.docx", False),
        ("http://192.168.1.8/oa", False),
        ("http://oa.internal/x", False),
        ("http://oaserver/x", False),
    ],
)
def test_docx__link_stays_only_when_it_leads_to_the_open_network(address: str, *, stays: bool) -> None:
    data = plain_docx()
    relation = (
        '<Relationship Id="rIdL" TargetMode="External" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{address}"/>'
    )
    data = changed(data, "word/_rels/document.xml.rels", lambda t: t.replace("</Relationships>", relation + "</Relationships>"))
    link = (
        '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdL">'
        "<w:r><w:t>办事指南</w:t></w:r></w:hyperlink></w:p>"
    )
    data = changed(data, "word/document.xml", lambda t: t.replace("<w:body>", "<w:body>" + link, 1))

    cleaned = clean_docx(data)

    assert (address.encode() in unpacked(cleaned.data)["word/_rels/document.xml.rels"]) is stays
    assert docx.Document(io.BytesIO(cleaned.data)).paragraphs[0].text == "办事指南"


def test_docx__workbook_behind_a_chart_goes_and_the_chart_stays() -> None:
    chart = '<c:chartSpace xmlns:c="urn:c" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:v>12</c:v><c:externalData r:id="rIdX"/></c:chartSpace>'
    data = related(plain_docx(), "word/document.xml", "chart", "word/charts/chart1.xml", chart, id="rIdG")
    data = related(data, "word/charts/chart1.xml", "package", "word/embeddings/book.xlsx", plain_xlsx())

    cleaned = clean_docx(data)

    assert "图表背后的数据工作簿" in cleaned.removed
    assert b"externalData" not in unpacked(cleaned.data)["word/charts/chart1.xml"]
    assert not any("embeddings" in name for name in unpacked(cleaned.data))


def test_docx__signature_is_given_up_only_when_decided() -> None:
    members = dict(unpacked(plain_docx()))
    line = (
        '<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" '
        'Target="_xmlsignatures/origin.sigs"/>'
    )
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"</Relationships>", line.encode() + b"</Relationships>")
    signed = packed({**members, "_xmlsignatures/origin.sigs": b" "})

    with pytest.raises(NeedsChoice, match="签名会失效"):
        clean_docx(signed)
    assert "电子签名" in clean_docx(signed, choices=Choices(drop_signatures=True)).removed


def test_docx__cropped_picture_is_told() -> None:
    data = changed(
        telling_docx(), "word/document.xml", lambda t: t.replace("<a:stretch>", '<a:srcRect l="20000"/><a:stretch>', 1)
    )

    assert any("裁去的部分仍然留在文件里" in problem for problem in clean_docx(data).problems)


def test_docx__whole_document_set_in_is_refused() -> None:
    data = related(plain_docx(), "word/document.xml", "aFChunk", "word/chunk.docx", plain_docx())

    with pytest.raises(NotAccepted, match="整体嵌入"):
        clean_docx(data)


def test_xlsx__loses_hidden_sheets_rows_columns_and_notes() -> None:
    cleaned = clean_xlsx(telling_xlsx())

    silent(cleaned)
    for word in ("隐藏的工作表", "深度隐藏的工作表", "隐藏行里的内容", "隐藏列里的内容", "批注", "作者", "名称（2处）"):
        assert word in words_of(cleaned)


def test_xlsx__shows_the_same_cells_after_cleaning() -> None:
    before = telling_xlsx()

    after = clean_xlsx(before).data

    assert verify(before, after, FileType.XLSX) == ()
    book = openpyxl.load_workbook(io.BytesIO(after))
    assert book.sheetnames == ["公开表", "末页"]
    assert [cell.value for cell in book["公开表"]["A"]] == ["事项", "公证", None, "调解"]
    assert book["末页"]["B1"].value == 49
    assert book["末页"].print_area == "'末页'!$A$1:$B$1"


INLINE = re.compile(r'<c r="([A-Z0-9]+)" t="inlineStr"><is><t>([^<]*)</t></is></c>')


def with_shared_words() -> bytes:
    """The telling workbook as other programs write it: cells point into a list of words that the whole workbook shares."""
    data, words = telling_xlsx(), []

    def share(found: re.Match[str]) -> str:
        words.append(found.group(2))
        return f'<c r="{found.group(1)}" t="s"><v>{len(words) - 1}</v></c>'

    for number in range(1, 5):
        part = f"xl/worksheets/sheet{number}.xml"
        data = changed(data, part, lambda text: INLINE.sub(share, text))
    items = "".join(f"<si><t>{word}</t></si>" for word in words)
    table = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{len(words)}">{items}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    return related(data, "xl/workbook.xml", "sharedStrings", "xl/sharedStrings.xml", table, kind, "rIdW")


def test_xlsx__shared_words_no_shown_cell_uses_are_emptied() -> None:
    before = with_shared_words()

    cleaned = clean_xlsx(before)

    assert "不应流出".encode() not in unpacked(cleaned.data)["xl/sharedStrings.xml"]
    assert b"&#19981;&#24212;" not in unpacked(cleaned.data)["xl/sharedStrings.xml"]
    silent(cleaned)
    book = openpyxl.load_workbook(io.BytesIO(cleaned.data))
    assert [cell.value for cell in book["公开表"]["A"]] == ["事项", "公证", None, "调解"]
    assert verify(before, cleaned.data, FileType.XLSX) == ()


def test_xlsx__merged_cell_that_begins_in_a_hidden_row_is_shown_and_stays() -> None:
    data = changed(
        telling_xlsx(),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>'),
    )

    sheet = openpyxl.load_workbook(io.BytesIO(clean_xlsx(data).data))["公开表"]

    assert sheet["A3"].value == SECRET + "二"
    assert sheet["B3"].value is None


def test_xlsx__formulas_stay_where_nothing_hidden_goes() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    made = io.BytesIO()
    book.save(made)

    after = clean_xlsx(made.getvalue()).data

    sheet = openpyxl.load_workbook(io.BytesIO(after)).active
    assert sheet is not None
    assert sheet["A1"].value == "=1+1"


def test_xlsx__formula_without_result_is_told_when_it_becomes_a_value() -> None:
    data = changed(telling_xlsx(), "xl/worksheets/sheet4.xml", lambda text: text.replace("<v>49</v>", ""))

    assert any("没有保存计算结果" in problem for problem in clean_xlsx(data).problems)


def test_xlsx__cache_of_a_pivot_goes() -> None:
    cache = f'<pivotCacheDefinition xmlns="urn:x"><s v="{SECRET}"/></pivotCacheDefinition>'
    data = related(plain_xlsx(), "xl/workbook.xml", "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", cache)

    silent(clean_xlsx(data))


def test_xlsx__macro_sheet_is_refused() -> None:
    data = related(plain_xlsx(), "xl/workbook.xml", "xlMacrosheet", "xl/macrosheets/sheet1.xml", "<macrosheet/>")

    with pytest.raises(NotAccepted) as refused:
        clean_xlsx(data)
    assert refused.value.code == "macros"


def test_xlsx__embedded_object_is_refused() -> None:
    data = related(plain_xlsx(), "xl/worksheets/sheet1.xml", "package", "xl/embeddings/book.xlsx", plain_xlsx())

    with pytest.raises(NotAccepted, match="别的软件的对象"):
        clean_xlsx(data)


def test_pptx__loses_notes_comments_and_hidden_slides() -> None:
    before = telling_pptx()

    cleaned = clean_pptx(before)

    silent(cleaned)
    assert "演讲者备注" in cleaned.removed
    assert "隐藏的幻灯片" in cleaned.removed
    assert "办事流程".encode() in unpacked(cleaned.data)["ppt/slides/slide1.xml"]
    assert b'id="257"' not in unpacked(cleaned.data)["ppt/presentation.xml"]
    assert verify(before, cleaned.data, FileType.PPTX) == ()


@pytest.mark.parametrize("made", [telling_docx, telling_xlsx])
def test_office__cleaned_file_is_no_less_valid_than_before(made: Callable[[], bytes], tmp_path: Path) -> None:
    before, everything = made(), Choices(accept_changes=True)
    after = (clean_xlsx if made is telling_xlsx else clean_docx)(before, choices=everything).data
    faults = []
    for data in (before, after):
        place = tmp_path / ("a.xlsx" if made is telling_xlsx else "a.docx")
        place.write_bytes(data)
        faults.append(len(OpenXmlValidator(FileFormat.OFFICE_2010).validate(str(place)).errors))

    assert faults[1] <= faults[0]


@pytest.mark.parametrize(
    ("data", "kind", "clean"),
    [
        (plain_docx(), FileType.DOCX, clean_docx),
        (plain_xlsx(), FileType.XLSX, clean_xlsx),
        (plain_pptx(), FileType.PPTX, clean_pptx),
    ],
)
def test_office__cleaning_twice_takes_nothing_more(data: bytes, kind: FileType, clean: object) -> None:
    once = clean(data)  # type: ignore[operator]  # one of the three above

    assert clean(once.data).removed == ()  # type: ignore[operator]  # as above
    assert verify(data, once.data, kind) == ()


def test_verification__words_that_went_missing_are_told() -> None:
    assert "不一样" in verify(plain_docx("甲", "乙"), plain_docx("甲"), FileType.DOCX)[0]


def test_verification__what_was_left_in_is_told() -> None:
    assert any("仍留有" in wrong for wrong in verify(telling_docx(), telling_docx(), FileType.DOCX))


def test_verification__another_type_is_told() -> None:
    assert "类型变了" in verify(plain_docx(), plain_xlsx(), FileType.DOCX)[0]
