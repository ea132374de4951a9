"""Is a web page read as its reader sees it, with only its data tables as grids?"""

from __future__ import annotations

import html
import json

import pytest

from gongkai.reading.blocks import Grid, Paragraph, Source
from gongkai.reading.html import read_html


def page(body: str, head: str = "") -> Source:
    return read_html(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode(), "年报.html"
    )


def grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def shape(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


TABLE = "<table><tr><th>信息内容</th><th>本年制发件数</th></tr><tr><td>规章</td><td>3</td></tr></table>"


def test_spans__give_exact_positions() -> None:
    (grid,) = grids(
        page(
            "<table><tr><td rowspan=2 colspan=2>标签</td><td colspan='2'>申请人</td></tr><tr><td>自然人</td><td>总计</td></tr>"
            "<tr><td rowspan=0>三</td><td>甲</td><td>1</td><td>2</td></tr><tr><td>乙</td><td>3</td><td>4</td></tr></table>"
        )
    )
    assert (grid.rows, grid.columns) == (4, 4)
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
        ("4", 3, 3, 1, 1),
    ]


def test_spans__beyond_the_table_or_its_group_are_clipped() -> None:
    (grid,) = grids(
        page(
            "<table><thead><tr><td rowspan=9>头</td><td>数</td></tr></thead><tbody><tr><td rowspan=99>甲</td><td>1</td></tr>"
            "<tr><td>2</td></tr></tbody></table>"
        )
    )
    assert shape(grid) == [("头", 0, 0, 1, 1), ("数", 0, 1, 1, 1), ("甲", 1, 0, 2, 1), ("1", 1, 1, 1, 1), ("2", 2, 1, 1, 1)]


def test_foot__is_read_last_wherever_it_stands() -> None:
    (grid,) = grids(
        page("<table><tfoot><tr><td>总计</td><td>2</td></tr></tfoot><tbody><tr><td>甲</td><td>1</td></tr></tbody></table>")
    )
    assert [cell.text for cell in grid.cells] == ["甲", "1", "总计", "2"]


def test_columns_and_rows__that_only_spans_cross_disappear() -> None:
    (grid,) = grids(
        page("<table><tr><td colspan=3>甲</td><td>1</td></tr><tr></tr><tr><td colspan=3>乙</td><td>2</td></tr></table>")
    )
    assert (grid.rows, grid.columns) == (2, 2)
    assert shape(grid)[3] == ("2", 1, 1, 1, 1)
    assert (grid.cells[3].place.row, grid.cells[3].place.column) == (2, 2)


def test_layout_tables__are_taken_apart_and_inner_tables_are_grids() -> None:
    source = page(
        f"<table width=1000><tr><td>首页</td><td>政务公开</td></tr><tr><td colspan=2><table><tr><td><p>一、总体情况</p>{TABLE}</td></tr></table>"
        "</td></tr></table>"
    )
    assert texts(source) == ["首页", "政务公开", "一、总体情况"]
    (grid,) = grids(source)
    assert [cell.text for cell in grid.cells] == ["信息内容", "本年制发件数", "规章", "3"]


def test_labels__cut_over_spans_paragraphs_and_breaks_are_one_cell() -> None:
    (grid,) = grids(
        page(
            "<table><tr><td><p><span>（一）</span><span>予以</span>\n<span>公开</span></p></td><td>0</td></tr>"
            "<tr><td>结果<br>维持</td><td><p>&nbsp;</p></td></tr></table>"
        )
    )
    assert [cell.text for cell in grid.cells] == ["（一）予以 公开", "0", "结果\n维持", ""]


def test_hidden_elements__scripts_and_styles_are_not_text() -> None:
    source = page(
        "<style>.a{}</style><script>var a=1</script><p>甲<span style='display: none'>博彩</span>乙<i hidden>x</i></p>"
        "<table style='DISPLAY:none'><tr><td>1</td><td>2</td></tr></table>"
    )
    assert texts(source) == ["甲乙"]
    assert grids(source) == []
    assert [f.rule for f in source.findings] == ["S104"]


@pytest.mark.parametrize(
    "holder",
    [
        "<script>document.write({js})</script>",
        "<script>var html = {js}; $('#x').html(html);</script>",
        "<script type='application/json'>{{\"content\": {js}}}</script>",
        "<textarea>{entities}</textarea>",
        "<textarea>{plain}</textarea>",
        "<xmp>{plain}</xmp>",
        "<div>{entities}</div>",
        "<div>{twice}</div>",
        "<input type=hidden value='{entities}'>",
        "<script>var s = '{percent}'; document.write(unescape(s))</script>",
    ],
)
def test_tables__held_as_strings_are_found_and_read(holder: str) -> None:
    entities = TABLE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    percent = TABLE.replace("<", "%3C").replace(">", "%3E")
    js = json.dumps(TABLE).replace("</", "<\\/")
    twice = entities.replace("&", "&amp;")
    source = page("<p>正文</p>" + holder.format(js=js, plain=TABLE, entities=entities, percent=percent, twice=twice))
    (grid,) = grids(source)
    assert shape(grid)[3] == ("3", 1, 1, 1, 1)
    assert "S111" in [f.rule for f in source.findings]


def test_table__shown_and_kept_in_a_script_is_read_once() -> None:
    source = page(TABLE + "<script>var copy=" + json.dumps(TABLE) + "</script>")
    assert len(grids(source)) == 1
    assert source.findings == ()


def test_table__written_in_several_strings_is_one_table() -> None:
    source = page(
        '<script>document.write("<table>"+"<tr><td>\\u89c4\\u7ae0</td>");document.write(\'<td>3</td></tr></table>\')</script>'
    )
    assert [cell.text for cell in grids(source)[0].cells] == ["规章", "3"]


def test_entities__escaped_twice_are_undone() -> None:
    assert texts(page("<p>&amp;ldquo;甲&amp;rdquo;&amp;nbsp;乙&amp;#65289;</p>")) == ["“甲” 乙）"]


def test_title_and_metadata__are_taken_from_the_page() -> None:
    source = page(
        "<p>x</p>",
        "<title>网站</title><meta name='ArticleTitle' content='某局2023年年度报告'><meta name='PubDate' content='2024-01-20 10:00'>"
        "<meta name='ContentSource' content='某局'>",
    )
    assert source.title == "某局2023年年度报告"
    assert source.metadata == (("ArticleTitle", "某局2023年年度报告"), ("PubDate", "2024-01-20 10:00"), ("ContentSource", "某局"))
    assert page("<p>x</p>", "<title> 某局 年报 </title>").title == "某局 年报"


def test_attachment__linked_instead_of_shown_is_said() -> None:
    source = page("<p>报告正文</p><a href='/P020240101.xls'>附件：统计表.xls</a>")
    (finding,) = source.findings
    assert finding.rule == "S103"
    assert "附件：统计表.xls" in finding.message
    with_table = page(TABLE.replace("</table>", "<tr><td>甲</td><td>1</td></tr>" * 8 + "</table>") + "<a href='a.docx'>下载</a>")
    assert with_table.findings == ()


def test_frame__showing_another_file_is_said() -> None:
    assert [f.rule for f in page("<iframe src='/viewer/report.pdf'></iframe><iframe src='content.html'></iframe>").findings] == [
        "S103",
        "S109",
    ]


def test_paragraphs__end_at_blocks_and_breaks_and_keep_their_line() -> None:
    source = page("<div>甲<br>乙</div>\n<p>丙</p>\n<h2>丁</h2>戊")
    assert texts(source) == ["甲", "乙", "丙", "丁", "戊"]
    assert [b.place.line for b in source.blocks][:4] == [1, 1, 2, 3]
    assert [isinstance(b, Paragraph) and b.heading for b in source.blocks] == [False, False, False, True, False]


def test_preformatted_text__keeps_its_lines_and_tabs() -> None:
    assert texts(page("<pre>\n\t规章\n\t3\n</pre>")) == ["\t规章", "\t3"]


def test_picture__in_place_of_a_number_is_no_blank() -> None:
    (grid,) = grids(
        page(
            "<table><tr><td>甲</td><td><img src=3.png></td></tr><tr><td>乙</td><td><img src=s.gif width=1 height=1></td></tr></table>"
        )
    )
    assert [cell.text for cell in grid.cells] == ["甲", "〔图片〕", "乙", ""]


def test_table__going_on_below_with_its_header_again_is_one_table() -> None:
    head = "<tr><td>指标</td><td>单位</td><td>数量</td></tr>"
    source = page(
        f"<table>{head}<tr><td>甲</td><td>件</td><td>1</td></tr></table><table>{head}<tr><td>乙</td><td>件</td><td>2</td></tr></table>"
    )
    (grid,) = grids(source)
    assert [cell.text for cell in grid.cells if cell.column == 0] == ["指标", "甲", "乙"]


def test_tables__of_two_years_with_the_same_labels_stay_two() -> None:
    head = "<tr><td>指标</td><td>数量</td></tr>"
    source = page(f"<table>{head}<tr><td>甲类</td><td>1</td></tr></table><table>{head}<tr><td>甲类</td><td>2</td></tr></table>")
    assert len(grids(source)) == 2


def test_charset__that_lies_does_no_harm() -> None:
    data = f"<html><head><meta charset='utf-8'></head><body><p>政府信息公开工作年度报告</p>{TABLE}</body></html>".encode(
        "gb18030"
    )
    source = read_html(data, "a.html")
    assert texts(source) == ["政府信息公开工作年度报告"]


def test_nesting__a_hundred_thousand_deep_neither_crashes_nor_loses_the_start() -> None:
    source = page("<p>开头</p>" + "<div>" * 100_000 + "深处" + "<table><tr><td>" * 3000)
    assert texts(source)[0] == "开头"


def cells(body: str) -> list[str]:
    (grid,) = grids(page(f"<table><tr><th>信息内容</th><th>件数</th></tr><tr><td>规章</td><td>{body}</td></tr></table>"))
    return [cell.text for cell in grid.cells]


@pytest.mark.parametrize(
    "struck", ["<del>12</del>", "<s>12</s>", "<strike>12</strike>", "<span style='text-decoration: line-through'>12</span>"]
)
def test_struck_words__are_left_out_and_said(struck: str) -> None:
    source = page(f"<table><tr><td>信息内容</td><td>件数</td></tr><tr><td>规章</td><td>{struck}15</td></tr></table>")

    assert [cell.text for cell in grids(source)[0].cells][-1] == "15"
    assert [f.rule for f in source.findings] == ["S114"]


def test_struck_words__alone_in_a_cell_are_no_blank() -> None:
    assert cells("<s>12</s>")[-1] == "〔划去的文字〕"


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "<span style='vertical-align:super'>1</span>", "<sub>1</sub>"])
def test_raised_figure__is_kept_apart_from_the_number_before_it(mark: str) -> None:
    assert cells(f"15{mark}")[-1] == "15¹"
    assert cells(f"{mark}15")[-1] == "¹15"
    assert cells(mark)[-1] == "¹"


def test_list_to_choose_from__is_no_blank() -> None:
    assert cells("<select><option>0<option selected>15</select>")[-1] == "〔未读取的内容〕"
    assert cells("15<select><option>0</select>")[-1] == "15〔未读取的内容〕"


WIDE = "<table>" + "<tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>5</td></tr>" * 4 + "</table>"


@pytest.mark.parametrize("escapes", [0, 1, 2])
@pytest.mark.parametrize(
    "around",
    [
        '<script type="text/template">{}</script>',
        '<script type="text/x-tmpl">{}</script>',
        "<template>{}</template>",
        "<textarea>{}</textarea>",
        '<textarea style="display:none">{}</textarea>',
        '<div style="display:none"><textarea>{}</textarea></div>',
        "<noscript>{}</noscript>",
    ],
)
def test_template__is_read_where_the_page_shows_no_table(around: str, escapes: int) -> None:
    inside = WIDE
    for _ in range(escapes):
        inside = html.escape(inside)
    source = page(f"<h1>年度报告</h1>{around.format(inside)}")

    (grid,) = grids(source)
    assert [cell.text for cell in grid.cells][:4] == ["规章", "3", "规范性文件", "5"]
    assert "S111" in [finding.rule for finding in source.findings]


def test_template__beside_a_table_that_shows_is_told_and_not_read() -> None:
    source = page(f"{WIDE}<template>{WIDE.replace('3', '4')}</template>")

    (grid,) = grids(source)
    assert "4" not in [cell.text for cell in grid.cells]
    assert [finding.rule for finding in source.findings] == ["S104"]


def test_template__without_a_table_is_nothing() -> None:
    source = page(f"{WIDE}<template><p>加载中</p></template><script type='text/x-tmpl'>{{{{x}}}}</script>")

    assert source.findings == ()
    assert texts(source) == []


def test_documents_in_one_file__number_their_tables_on() -> None:
    one = f"<html><head><title>甲</title></head><body>{TABLE}</body></html>\n"
    source = read_html((one + one.replace("甲", "乙").replace(TABLE, WIDE)).encode(), "年报.html")

    assert [grid.place.table for grid in grids(source)] == [1, 2]
    assert source.title == "乙"
