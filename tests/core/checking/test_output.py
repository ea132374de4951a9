"""Are findings shown as the published JSON, as readable text and as a page that stands alone?"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

import gongkai.checking
from gongkai.checking import check, findings_html, findings_json, findings_text, rule, rule_page
from gongkai.checking.manual import rules_page
from gongkai.checking.output import places_in_words, wrapped
from gongkai.checking.page import _STYLE
from gongkai.cli.width import width
from gongkai.kernel import Finding, Place, State, Status
from gongkai.returns import Report, editions
from tests.core.checking.consistent import consistent
from tests.core.checking.reports import report

SCHEMA = json.loads((Path(gongkai.checking.__file__).parent / "findings.schema.json").read_text(encoding="utf-8"))
ROOT = Path(__file__).resolve().parents[3]
FAULTY = replace(
    report("2014", {"requests.new": 3, "requests.new.online": 4, "staff": "<b>若干</b>", "complaints": ""}, year=2016),
    source="年报<1>.docx",
)
ACCUSED = report("2021", {"requests.new": 5, "fees.amount": 0.5, "penalty.decisions": 0.5, "reviews": "-"}, year=2024)


@pytest.mark.parametrize("made", [FAULTY, ACCUSED, *(consistent(e, 3) for e in editions())], ids=lambda r: r.edition.key)
def test_json__is_what_the_schema_says(made: Report) -> None:
    shape = [findings_json(made.source, check(made))]
    jsonschema.validate(json.loads(json.dumps(shape, ensure_ascii=False)), SCHEMA)


def test_json__has_exactly_the_agreed_keys_and_numbers() -> None:
    (item,) = [i for i in findings_json("表.xlsx", check(FAULTY))["items"] if i["rule"] == "R104" and i["status"] == "FAIL"]
    assert list(item) == ["rule", "status", "left", "right", "places", "message", "fingerprint"]
    assert (item["left"], item["right"]) == (3, 4)
    assert isinstance(item["left"], int)
    assert item["places"][0] == {"quote": "三、依申请公开情况—（一）收到申请数"}


def test_json__keeps_a_fraction_and_a_word() -> None:
    (item,) = [i for i in findings_json("", check(ACCUSED))["items"] if i["rule"] == "R111"]
    assert (item["left"], item["right"]) == (0.5, "整数")


def test_text__counts_by_level_and_lists_faults_before_doubts() -> None:
    text = findings_text(FAULTY, check(FAULTY))
    assert text.startswith("年报<1>.docx：青岚县司法局2016年（国办发〔2014〕32号）\n错误1项，存疑1项，提示1项，")
    assert text.index("【错误】") < text.index("【存疑】") < text.index("【提示】") < text.index("【无法判断】")
    assert "【通过】" not in text
    assert "  1. R104 总项等于各分项之和" in text


def test_text__of_a_true_report_has_counts_only() -> None:
    true = report("sh2004")
    text = findings_text(true, check(true))
    assert text.count("\n") == 1
    passes = len([i for i in check(true) if i.status is Status.PASS])
    assert passes > 10
    assert text.endswith(f"错误0项，存疑0项，提示0项，无法判断0项，通过{passes}项。")


def test_text__says_where_to_look_once() -> None:
    place = Place(quote="收到申请数", table=2, row=5, column=3)
    finding = Finding("R104", Status.FAIL, "两数不等。", places=(place, place, Place(quote="网络", line=7)))
    assert "位置：表2第5行第3列；第7行。" in findings_text(FAULTY, (finding,))


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ((Place(line=90), Place(line=94), Place(line=90)), "第90、94行"),
        ((Place(sheet="表{三}", cell="B7"), Place(sheet="表{三}", cell="C7")), "工作表“表{三}”，单元格B7、C7"),
        ((Place(sheet="甲", cell="B7"), Place(sheet="乙", cell="B7")), "工作表“甲”，单元格B7；工作表“乙”，单元格B7"),
        ((Place(page=3, line=4), Place(page=3, line=5)), "第3页，第4、5行"),
        ((Place(table=1, row=2, column=3), Place(page=2)), "表1第2行第3列；第2页"),
        ((Place(quote="收到申请数"),), ""),
        (tuple(Place(line=n) for n in range(1, 9)), "第1、2、3、4、5、6行等8处"),
    ],
)
def test_places__are_said_together_where_they_share_a_sheet_or_a_page(places: tuple[Place, ...], words: str) -> None:
    assert places_in_words(places) == words


@pytest.mark.parametrize("columns", [20, 40, 88])
def test_text__is_wrapped_to_the_width_with_no_mark_at_a_lines_edge(columns: int) -> None:
    text = "“（一）收到申请数”填1234567件，所列4个分项相加为0+0+3+1=4件，两数不等。请核对（总项）和各分项。" * 3
    lines = list(wrapped(text, "    ", columns))
    assert "".join(line.removeprefix("    ") for line in lines) == text
    for line in lines:
        assert width(line) <= columns + 8
        assert line[4] not in "，。；：）”"
        assert line[-1] not in "（“" or line == lines[-1]
    assert sum(line.count("1234567") for line in lines) == 3  # a number is never split


class Page(HTMLParser):
    """The tags, the marked cells and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_page__is_well_formed_and_loads_nothing() -> None:
    page = Page(findings_html([(FAULTY, check(FAULTY)), (ACCUSED, check(ACCUSED))]))
    assert page.open == []
    assert not {t for t, _ in page.tags} & {"script", "link", "img", "iframe", "object", "form"}
    assert not [a for _, a in page.tags if {"src", "onclick", "onload"} & a.keys()]
    assert "url(" not in _STYLE
    assert "@import" not in _STYLE


def test_page__escapes_every_word_of_the_source() -> None:
    html = findings_html([(FAULTY, check(FAULTY))])
    assert "<b>若干</b>" not in html
    assert "&lt;b&gt;若干&lt;/b&gt;" in html
    assert "年报&lt;1&gt;.docx" in html


def test_page__numbers_the_faulty_cells_as_the_findings_are_numbered() -> None:
    items = check(FAULTY)
    page = Page(findings_html([(FAULTY, items)]))
    marked = [a["href"] for t, a in page.tags if t == "a"]
    anchors = {f"#{a['id']}" for t, a in page.tags if t == "li" and "id" in a}
    assert set(marked) <= anchors
    assert marked.count("#f1-1") == 5  # the total and its four parts
    assert [a["class"] for t, a in page.tags if t == "td" and a.get("class") == "UNCERTAIN"] == ["UNCERTAIN"]


def test_page__prints_every_figure_of_every_table() -> None:
    for form in editions():
        page = Page(findings_html([(consistent(form, 5), ())]))
        cells = [a for t, a in page.tags if t == "td" and a.get("class") != "unit"]
        headings = sum(r.heading for t in form.tables for r in t.rows for _ in range(max(1, len(t.columns))))
        optional = sum(c.optional for c in form.cells.values())
        assert len(cells) == len(form.cells) + headings
        assert optional <= 1


def test_page__merges_the_headings_as_the_form_prints_them() -> None:
    page = Page(findings_html([(ACCUSED, ())]))
    spans = [(a["colspan"], a["rowspan"]) for t, a in page.tags if t == "th" and "colspan" in a]
    assert ("7", "1") in spans  # 申请人情况 over seven columns
    assert ("5", "1") in spans  # 法人或其他组织 over five
    assert ("1", "2") in spans  # 自然人 over two rows
    assert ("15", "1") not in spans


def test_page__of_a_report_without_tables_says_so() -> None:
    made = Report("青岚县司法局", 2020, None, source="a.txt")
    items = check(made)
    assert [(i.rule, i.status) for i in items] == [("R118", Status.NOT_ASSESSABLE)]
    assert "没有认出任何一种格式的表格。" in findings_html([(made, items)])


def test_readers_notes__stand_first_and_are_not_told_again_by_a_rule() -> None:
    note = Finding("R908", Status.UNCERTAIN, "没有找到行政复议、行政诉讼情况表。")
    made = replace(report("2021", absent=("reviews", "litigation"), year=2022), findings=(note,))
    items = check(made)
    assert items[0] is note
    assert not [i for i in items if i.rule == "R118"]


def test_local_row__that_explains_the_difference_is_no_fault() -> None:
    made = report("2014", {"requests.new": 5, "requests.new.online": 3})
    after = [f.code for f in made.figures].index("requests.new.letter") + 1
    local = replace(made.figures[after], code=None, row=("5.热线申请数",), value=Decimal(2), text="2", state=State.NUMBER)

    def with_local(value: int) -> list[Finding]:
        row = replace(local, value=Decimal(value), text=str(value))
        figures = (*made.figures[:after], row, *made.figures[after:])
        return [i for i in check(replace(made, figures=figures)) if i.rule == "R104"]

    assert [i.status for i in with_local(2)] == [Status.PASS]
    assert [i.status for i in with_local(1)] == [Status.FAIL]
    (unknown,) = with_local(4)
    assert unknown.status is Status.NOT_ASSESSABLE
    assert "本地增加的行" in unknown.message


def test_rule_page__has_its_four_parts() -> None:
    page = rule_page(rule("R101").card)
    assert page.startswith("# R101 每行总计等于各类申请人之和\n\n级别：错误\n")
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## 内容", "## 依据", "## 错例", "## 正例"]


def test_reference_page__is_what_the_cards_say() -> None:
    committed = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert committed == rules_page(), "run: python tools/write_rules.py"
