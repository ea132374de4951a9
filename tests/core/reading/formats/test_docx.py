"""Is a Word document read as it prints, with its automatic numbers and its merged cells?"""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.errors import Unreadable
from gongkai.reading.blocks import FURNITURE, Grid, Paragraph, Source
from gongkai.reading.docx import read_docx, read_flat_docx
from gongkai.reading.docx_numbering import chinese, numeral
from tests.core.reading.formats.word import (
    NAMESPACES,
    abstract,
    cell,
    document,
    level,
    num,
    numbered,
    par,
    row,
    run,
    table,
)


def read(body: str, numbering: str = "", styles: str = "") -> Source:
    return read_docx(document(body, numbering, styles), "年报.docx")


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def shape(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


def test_runs__tabs_breaks_and_hyphens_are_one_text() -> None:
    source = read(
        par(
            "<w:r><w:t>政府</w:t><w:tab/><w:t>信息</w:t><w:br/><w:t>公开</w:t></w:r><w:hyperlink>"
            + run("指南")
            + "</w:hyperlink>"
        )
    )
    assert texts(source) == ["政府\t信息", "公开指南"]
    assert [block.place.line for block in source.blocks] == [1, 1]


def test_numbers__that_word_prints_itself_are_written_out() -> None:
    lists = abstract(
        0, level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    )
    source = read(
        par("总体情况", numbered(1))
        + par("主动公开", numbered(1))
        + par("规章", numbered(1, 1))
        + par("甲", numbered(1, 2))
        + par("乙", numbered(1, 2))
        + par("许可", numbered(1, 1))
        + par("丙", numbered(1, 2))
        + par("申请", numbered(1))
        + par("无号", numbered(0)),
        lists + num(1, 0),
    )
    assert texts(source) == [
        "一、总体情况",
        "二、主动公开",
        "（一）规章",
        "1.甲",
        "2.乙",
        "（二）许可",
        "1.丙",
        "三、申请",
        "无号",
    ]


def test_numbers__continue_over_lists_of_one_kind_and_start_again_where_told() -> None:
    source = read(
        par("甲", numbered(1)) + par("乙", numbered(2)) + par("丙", numbered(3)) + par("丁", numbered(3)),
        abstract(0, level(0, "decimal", "%1."))
        + num(1, 0)
        + num(2, 0)
        + num(3, 0, "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"),
    )
    assert texts(source) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_numbers__given_by_a_style_are_written_out() -> None:
    lists = abstract(
        0,
        level(0, "chineseCounting", "%1、", more="<w:pStyle w:val='H1'/>"),
        level(1, "decimal", "%1.%2", more="<w:isLgl/><w:pStyle w:val='H2'/>"),
    )
    styles = (
        "<w:style w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='H2'><w:basedOn w:val='H1'/><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    source = read(par("概述", "<w:pStyle w:val='H1'/>") + par("公开", "<w:pStyle w:val='H2'/>"), lists + num(1, 0), styles)
    assert texts(source) == ["一、概述", "1.1公开"]
    assert all(isinstance(block, Paragraph) and block.heading for block in source.blocks)


def test_bullets__are_no_text() -> None:
    assert texts(read(par("甲", numbered(1)), abstract(0, level(0, "bullet", "•")) + num(1, 0))) == ["甲"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
    ],
)
def test_chinese_numerals__are_those_that_print(number: int, words: str) -> None:
    assert chinese(number) == words


def test_number_forms__print_as_word_prints_them() -> None:
    forms = [
        "decimalEnclosedCircle",
        "upperRoman",
        "lowerLetter",
        "decimalZero",
        "ideographTraditional",
        "decimalFullWidth",
        "none",
        "unknown",
    ]
    assert [numeral(4, form) for form in forms] == ["④", "IV", "d", "04", "丁", "４", "", "4"]


def test_merged_cells__are_spans() -> None:
    (grid,) = grids(
        read(
            table(
                row(
                    cell("标签", "<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>"), cell("申请人", "<w:gridSpan w:val='2'/>")
                ),
                row(cell("", "<w:gridSpan w:val='2'/><w:vMerge/>"), "自然人", "总计"),
                row(cell("三", "<w:vMerge w:val='restart'/>"), "甲", "1", "2"),
                row(cell("", "<w:vMerge w:val='continue'/>"), "乙", "3", ""),
            )
        )
    )
    assert shape(grid) == [
        ("标签", 0, 0, 2, 2),
        ("申请人", 0, 2, 1, 2),
        ("自然人", 1, 2, 1, 1),
        ("总计", 1, 3, 1, 1),
        ("三", 2, 0, 2, 1),
        ("甲", 2, 1, 1, 1),
        ("1", 2, 2, 1, 1),
        ("2", 2, 3, 1, 1),
        ("乙", 3, 1, 1, 1),
        ("3", 3, 2, 1, 1),
        ("", 3, 3, 1, 1),
    ]
    assert (grid.cells[-1].place.table, grid.cells[-1].place.row, grid.cells[-1].place.column) == (1, 4, 4)


def test_merge__that_continues_nothing_is_a_cell_of_its_own() -> None:
    (grid,) = grids(read(table(row(cell("甲", "<w:vMerge/>"), "1"), row("乙", "2"))))
    assert shape(grid)[0] == ("甲", 0, 0, 1, 1)


def test_old_horizontal_merges_and_grid_before__give_positions() -> None:
    (grid,) = grids(
        read(
            table(
                row(cell("头", "<w:hMerge w:val='restart'/>"), cell("", "<w:hMerge w:val='continue'/>"), "数"),
                row("乙", "2", properties="<w:gridBefore w:val='1'/>"),
                row("丙", "丁", "3"),
            )
        )
    )
    assert shape(grid)[:4] == [("头", 0, 0, 1, 2), ("数", 0, 2, 1, 1), ("乙", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]


def test_cells_and_rows__inside_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    source = read(
        control.format(par("开头"))
        + table(row("甲", control.format(cell("1"))), control.format(row("乙", cell(control.format(par("2"))))))
        + par("结尾")
    )
    assert texts(source) == ["开头", "结尾"]
    assert [c.text for c in grids(source)[0].cells] == ["甲", "1", "乙", "2"]


def test_revisions__keep_what_was_inserted_and_drop_what_was_deleted() -> None:
    deleted = "<w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
    source = read(
        par(run("共") + deleted + "<w:ins>" + run("4") + "</w:ins>" + run("件"))
        + table(row("甲", "1"), row("旧", "9", properties="<w:del/>"), row("乙", "2", properties="<w:ins/>"))
    )
    assert texts(source) == ["共4件"]
    assert [c.text for c in grids(source)[0].cells] == ["甲", "1", "乙", "2"]
    assert [f.rule for f in source.findings] == ["S110"]


def test_hidden_text__is_left_out_and_said() -> None:
    styles = "<w:style w:styleId='X'><w:rPr><w:vanish/></w:rPr></w:style>"
    source = read(
        par(
            run("公开") + run("秘书", "<w:vanish/>") + run("内部", "<w:rStyle w:val='X'/>") + run("3件", "<w:vanish w:val='0'/>")
        ),
        styles=styles,
    )
    assert texts(source) == ["公开3件"]
    assert [f.rule for f in source.findings] == ["S104"]


def test_text_box__is_read_once_of_its_two_alternatives() -> None:
    box = f"<w:txbxContent>{par('框中')}{table(row('甲', '1'), row('乙', '2'))}</w:txbxContent>"
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    picture = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
    source = read(par(run("正文") + f"<w:r>{both}</w:r>") + par("后文"))
    assert texts(source) == ["正文", "框中", "后文"]
    assert len(grids(source)) == 1


def test_nested_table__that_fills_a_frame_is_the_grid() -> None:
    source = read(table(row(cell(par("标题") + table(row("甲", "1"), row("乙", "2"))))))
    assert texts(source) == ["标题"]
    assert [c.text for c in grids(source)[0].cells] == ["甲", "1", "乙", "2"]


def test_table__split_by_hand_with_its_header_again_is_one() -> None:
    source = read(
        table(row("指标", "单位", "数"), row("甲", "件", "1")) + par() + table(row("指标", "单位", "数"), row("乙", "件", "2"))
    )
    (grid,) = grids(source)
    assert [c.text for c in grid.cells if c.column == 0] == ["指标", "甲", "乙"]
    assert grid.cells[-1].place.table == 2


def test_fields_footnotes_and_ruby__print_only_their_result() -> None:
    field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    ruby = "<w:r><w:ruby><w:rt>" + run("zhang") + "</w:rt><w:rubyBase>" + run("章") + "</w:rubyBase></w:ruby></w:r>"
    source = read(
        par(run("共") + field + run("12") + "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:footnoteReference/></w:r>" + ruby)
    )
    assert texts(source) == ["共12章"]


def test_headers_and_footers__are_kept_apart_from_the_text() -> None:
    header = f"<w:hdr {NAMESPACES}>{par('机密★1年')}</w:hdr>"
    source = read_docx(document(par("正文"), word__header1=header), "x")
    assert texts(source) == ["正文"]
    assert source.metadata == ((FURNITURE, "机密★1年"),)


def test_embedded_objects_and_alternative_chunks__are_said() -> None:
    source = read(
        par("<w:r><w:object><o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office'/></w:object></w:r>")
        + "<w:altChunk r:id='r9'/>"
    )
    assert [f.rule for f in source.findings] == ["S109", "S109"]


def test_picture__in_place_of_a_number_is_no_blank() -> None:
    (grid,) = grids(
        read(table(row("甲", cell(par("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"))), row("乙", "")))
    )
    assert [c.text for c in grid.cells] == ["甲", "〔图片〕", "乙", ""]


def test_strict_namespace__is_read_like_the_transitional_one() -> None:
    data = document(par("甲") + table(row("乙", "1"), row("丙", "2")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name).replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    assert texts(read_docx(out.getvalue(), "x")) == ["甲"]


@pytest.mark.parametrize(("char", "shown"), [("4E00", "一"), ("F0A1", ""), ("件数", ""), ("", ""), ("٣", ""), ("41" * 9, "")])
def test_symbol__is_a_character_only_where_its_code_is_one(char: str, shown: str) -> None:
    body = par(f"<w:r><w:t>甲</w:t><w:sym w:font='Symbol' w:char='{char}'/></w:r>")
    assert texts(read_docx(document(body), "x")) == [f"甲{shown}"]


@pytest.mark.parametrize("held", ["PGE+", "PGE", "PGE+P", "é"])
def test_flat_file_with_a_part_that_is_no_base64__is_refused(held: str) -> None:
    flat = (
        "<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'><pkg:part pkg:name='/word/styles.xml'>"
        f"<pkg:binaryData>{held}</pkg:binaryData></pkg:part></pkg:package>"
    )
    with pytest.raises(Unreadable, match="已损坏"):
        read_flat_docx(flat.encode(), "x")


def test_flat_file__is_read_like_an_archive() -> None:
    flat = (
        "<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>"
        f"<pkg:part pkg:name='/word/document.xml'><pkg:xmlData><w:document {NAMESPACES}><w:body>{par('甲')}</w:body></w:document></pkg:xmlData></pkg:part>"
        "</pkg:package>"
    )
    assert texts(read_flat_docx(flat.encode(), "x")) == ["甲"]


def test_entities__in_the_document_are_refused() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    data = document(par("甲"), word__styles=bomb + f"<w:styles {NAMESPACES}/>")
    with pytest.raises(Unreadable, match="实体"):
        read_docx(data, "x")
    utf16 = (bomb + f"<w:styles {NAMESPACES}/>").encode("utf-16")
    with pytest.raises(Unreadable, match="实体"):
        read_docx(document(par("甲"), word__styles=utf16), "x")


def test_wide_spans__beyond_reason_are_refused() -> None:
    rows = "".join(row(*[cell("x", "<w:gridSpan w:val='900'/>")] * 10) for _ in range(60))
    with pytest.raises(Unreadable, match="过大"):
        read(table(rows))


@pytest.mark.parametrize("strike", ["<w:strike/>", "<w:dstrike/>", "<w:rStyle w:val='gone'/>"])
def test_struck_runs__are_left_out_and_said(strike: str) -> None:
    styles = "<w:style w:type='character' w:styleId='gone'><w:rPr><w:strike/></w:rPr></w:style>"
    rows = [row("甲", cell(par(run("12", strike) + run("15")))), row("乙", cell(par(run("12", strike))))]

    source = read(table(*rows), styles=styles)

    assert [c.text for c in grids(source)[0].cells] == ["甲", "15", "乙", "〔划去的文字〕"]
    assert [f.rule for f in source.findings] == ["S114"]


def test_raised_run__is_kept_apart_from_the_number() -> None:
    mark = run("1", "<w:vertAlign w:val='superscript'/>")

    source = read(table(row("甲", cell(par(run("15") + mark))), row("乙", cell(par(mark)))))

    assert [c.text for c in grids(source)[0].cells] == ["甲", "15¹", "乙", "¹"]
