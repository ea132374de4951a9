"""Are figures stated in prose read with what they count, how much, and which words limit them?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Claim, Place
from gongkai.reading import claims, read, with_claims
from gongkai.reading.blocks import Paragraph
from gongkai.reading.claims_lexicon import concept_of, concepts, scope_kind
from gongkai.reading.claims_quantities import han_value
from gongkai.reading.claims_sentences import sentences
from gongkai.returns import Report, Section, edition, editions

FORM = edition("2014")
NEW_FORM = edition("2021")


def told(text: str, form: str = "2014") -> list[Claim]:
    lines = [Paragraph(line, Place(line=n)) for n, line in enumerate(text.split("\n"), 1)]
    return list(claims(lines, edition(form)))


def short(found: list[Claim]) -> list[tuple[str | None, str, object, str | None]]:
    return [(c.code, c.label, None if c.value is None else float(c.value), c.unit) for c in found]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("全年主动公开政府信息1,010条。", "2014", [("proactive.items", "主动公开政府信息", 1010, "条")]),
        ("我局收到３件信息公开申请。", "2014", [("requests.new", "收到政府信息公开申请", 3, "件")]),
        ("全年共收到政府信息公开申请二十件。", "2021", [("requests.new", "收到政府信息公开申请", 20, "件")]),
        (
            "收到政府信息公开申请8件，其中予以公开5件，不予公开2件，结转下年度1件。",
            "2021",
            [
                ("requests.new", "收到政府信息公开申请", 8, "件"),
                ("outcome.granted", "予以公开", 5, "件"),
                (None, "不予公开", 2, "件"),
                ("requests.carried_out", "结转下年度办理的申请", 1, "件"),
            ],
        ),
        (
            "政府信息公开行政复议12件，其中结果维持9件，结果纠正3件；行政诉讼4件，其中结果维持4件。",
            "2014",
            [
                ("reviews", "行政复议", 12, "件"),
                ("reviews.upheld", "行政复议—结果维持", 9, "件"),
                ("reviews.corrected", "行政复议—结果纠正", 3, "件"),
                ("litigation", "行政诉讼", 4, "件"),
                ("litigation.upheld", "行政诉讼—结果维持", 4, "件"),
            ],
        ),
        ("梳理公布1条权责清单、6条行政许可事项。", "2021", [(None, "权责清单", 1, "条"), (None, "行政许可事项", 6, "条")]),
        ("印发了一万余份普法宣传资料。", "2014", [(None, "普法宣传资料", 10000, "份")]),
        ("“两微”粉丝共20 万多。", "2014", [(None, "两微粉丝", 200000, None)]),
        ("政策类137条，占总数的81.8.0%。", "2014", [(None, "政策类", 137, "条"), (None, "政策类", None, "%")]),
        ("收到政府信息公开申请贰拾壹件。", "2021", [("requests.new", "收到政府信息公开申请", 21, "件")]),
        ("收到政府信息公开申请廿三件。", "2021", [("requests.new", "收到政府信息公开申请", 23, "件")]),
        ("本年度收到政府信息公开申请3+5+2=10件。", "2021", [("requests.new", "收到政府信息公开申请", 10, "件")]),
        (
            "制发规范性文件3件，目前现行有效41件。",
            "2021",
            [
                ("documents.normative.made", "制发规范性文件", 3, "件"),
                ("documents.normative.in_force", "现行有效规范性文件", 41, "件"),
            ],
        ),
        (
            "当面申请3件、信函申请2件，共5件。",
            "2021",
            [(None, "当面申请", 3, "件"), (None, "信函申请", 2, "件"), (None, "合计", 5, "件")],
        ),
        ("本年度政府信息公开申请总量为18件。", "2021", [("requests.new", "收到政府信息公开申请", 18, "件")]),
        ("行政事业性收费共计12.5万元。", "2021", [("fees.amount", "行政事业性收费", 12.5, "万元")]),
        ("满意率达到百分之九十八点五。", "2021", [(None, "满意率", 98.5, "%")]),
    ],
)
def test_sentence__gives_its_claims(text: str, form: str, expected: list[tuple[str | None, str, object, str | None]]) -> None:
    assert short(told(text, form)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "根据《青岚县2020年政务公开工作要点》（青政办发〔2020〕46号）和国令第711号编制，自2020年1月1日至12月31日止。",
        "联系电话：0571-88880000，邮编：315100，地址：惠风路568号A楼3层，每月2号报送。",
        "依据《条例》第四十九条、第五十条第一款，第3次会议，第二十条第（一）项。",
        "做到三个到位，坚持五个方面，逐项落实，一次性告知，每一件都认真办理，三项制度，前三季度，两个月内。",
        "不同渠道和方式公开相同信息计1条。",
        "公民、法人的申请办理期限为二十一世纪以来最短。",
    ],
)
def test_sentence__dates_numbers_articles_and_manners_of_speaking_are_no_claims(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("本机关未收到政府信息公开申请。", ["收到政府信息公开申请"]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼。", ["行政复议", "行政诉讼"]),
        ("目前尚无公民就我局政府信息公开提出复议、诉讼和申诉。", ["行政复议", "行政诉讼", "行政申诉"]),
        ("五、复议、诉讼情况\n无。", ["行政复议", "行政诉讼"]),
        ("四、政府信息公开的收费及减免情况\n无。", ["依申请公开收取的费用"]),
        ("未发生因信息公开被行政复议纠错或者行政诉讼败诉的情形。", []),
        ("无超期未答复的政府信息公开申请，未发生重复申请。", []),
        ("政府信息公开行政复议、行政诉讼的情况均为零。", ["行政复议", "行政诉讼"]),
        ("本年度政府信息公开申请数量为0。", ["收到政府信息公开申请"]),
        ("未收到公民、法人或者其他组织提出的政府信息公开申请。", ["收到政府信息公开申请"]),
        ("未收到法人或者其他组织提出的政府信息公开申请。", []),
        ("未收到自然人提出的政府信息公开申请。", []),
        ("没有收到乡镇转来的政府信息公开申请，没有无法提供的政府信息公开申请。", ["无法提供"]),
        ("未收到涉及商业秘密的政府信息公开申请，未出现政府信息公开申请答复错误。", []),
        ("2022年结转的政府信息公开申请为零。", []),
        ("行政复议后起诉的政府信息公开案件败诉率为零。", []),
        ("六、其他需要报告的事项\n无。", []),
        ("无偿提供政府信息公开服务，无障碍浏览。", []),
    ],
)
def test_denial__is_a_claim_of_none_only_when_it_denies_the_thing_itself(text: str, labels: list[str]) -> None:
    found = told(text)
    assert [c.label for c in found] == labels
    assert all(c.value == 0 and c.text and not c.text[0].isdigit() for c in found)


def test_scope__of_half_a_year_ends_where_the_whole_year_is_told() -> None:
    half, whole = told("上半年收到政府信息公开申请6件，全年共收到11件。", "2021")

    assert "上半年" in half.scope
    assert "上半年" not in whole.scope


def test_tenths__are_a_share_that_is_only_about_right() -> None:
    _, growth = told("收到政府信息公开申请20件，较上年下降三成。", "2021")

    assert (growth.value, growth.unit) == (30, "%")
    assert {"约", "下降"} <= set(growth.scope)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019年全县共受理政府信息公开申请31件。", {"2019年", "全县"}),
        ("上半年收到政府信息公开申请31件。", {"上半年"}),
        ("截至年底，累计主动公开政府信息2,129条。", {"截至", "累计"}),
        ("向上级备案政府信息公开行政复议案件13件。", {"备案"}),
        ("县政府办公室代表县政府受理政府信息公开申请7件。", {"县政府办公室", "代表县"}),
        ("收到政府信息公开申请约31件。", {"约"}),
        ("收到政府信息公开申请30余件。", {"余"}),
        ("受理申请31件，含上年度结转申请3件。", {"含上年度", "结转", "其中"}),
        ("主动公开政府信息20条，其中通知类5条。", {"其中"}),
    ],
)
def test_scope__keeps_the_words_that_limit_the_last_number(text: str, words: set[str]) -> None:
    assert words <= set(told(text)[-1].scope)


def test_growth__takes_the_name_of_what_grew_and_keeps_the_words_of_growth() -> None:
    count, growth = told("收到政府信息公开申请35件，同比增长16.7%。")
    assert (growth.label, growth.value, growth.unit) == (count.label, Decimal("16.7"), "%")
    assert {"同比", "增长"} <= set(growth.scope)


def test_of_which__ends_where_another_deed_begins() -> None:
    found = told("通过微博微信公开信息578条，其中微博公开313条，微信公开265条；通过报刊公开信息146条。")
    assert ["其中" in c.scope for c in found] == [False, True, True, False]


def test_line_broken_by_a_page__is_read_as_one_sentence_and_placed_in_the_line_of_its_number() -> None:
    (claim,) = told("本年度我局继续做好依申请公开工作，全年共收到政府信息公开申\n请12件，均按时答复。", "2021")
    assert (claim.code, claim.value, claim.place.line) == ("requests.new", 12, 2)


def test_place__offsets_are_those_of_the_quote_in_its_line() -> None:
    text = "  2018年，我局收到申请。全年主动公开政府信息992条，其中通知类２０条。"
    for claim in told(text):
        assert text[claim.place.start : claim.place.end] == claim.place.quote
        assert claim.text in claim.place.quote
        assert claim.sentence in text


def test_code__is_null_where_the_edition_has_no_such_cell() -> None:
    (claim,) = told("全年主动公开政府信息63条。", "2021")
    assert (claim.code, claim.label) == (None, "主动公开政府信息")


def test_lexicon__names_cells_that_some_edition_has() -> None:
    forms = editions()
    for concept in concepts():
        assert any(concept.sum(form) for form in forms), concept.label
        assert concept_of(concept.label, None) is not None
        assert concept.units


def test_scope_kind__is_known_for_every_word_a_claim_carries() -> None:
    found = told("2019年上半年，全市累计备案政府信息公开申请31件，同比增长2%。")
    kinds = {scope_kind(word) for c in found for word in c.scope}
    assert {"period", "jurisdiction", "cumulative", "filed", "growth"} <= kinds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百零三", 103),
        ("两千", 2000),
        ("一万二千", 12000),
        ("二〇", 20),
        ("三百五", None),
        ("甲", None),
    ],
)
def test_han_value__reads_chinese_numerals(text: str, value: int | None) -> None:
    found = han_value(text)
    assert found == (305 if text == "三百五" else value)


@given(st.text(alphabet="收到公开申请信息政府行政复议未无其中，。；：（）0123456789,.%万余约条件十二 年月", max_size=60))
def test_any_text__is_read_without_fault_and_every_quote_stands_in_it(text: str) -> None:
    for claim in told(text):
        assert claim.place.quote
        assert claim.place.quote in text
        assert claim.label


def test_typed_report__gets_its_claims_with_paragraphs_counted_as_lines() -> None:
    report = Report("青岚县司法局", 2021, NEW_FORM, sections=(Section("一、总体情况", ("收到政府信息公开申请3件。",)),))
    (claim,) = with_claims(report).claims
    assert (claim.code, claim.place.line) == ("requests.new", 2)


SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"


@pytest.mark.skipif(not SHARED.exists(), reason="the five reports are not beside the repository")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {(288, "条"), (2, "条"), (266, "条"), (3, "条"), (2983, "件"), (3641, "人次"), (100, "%")}),
        ("001", {(979, "条"), (992, "条"), (137, "条"), (811, "条"), (201, "篇"), (42, "篇"), (148, "篇"), (200000, None)}),
        (
            "002",
            {
                (5, "件"),
                (242, "条"),
                (578, "条"),
                (313, "条"),
                (265, "条"),
                (241, "篇"),
                (146, "条"),
                (86, "条"),
                (60, "条"),
                (1, "件"),
            },
        ),
        ("003", {(403, "条"), (2129, "条"), (2, "件")}),
        (
            "004",
            {
                (600, "条"),
                (569, "条"),
                (10000, "份"),
                (1, "件"),
                (4, "件"),
                (410, "人次"),
                (320, "人次"),
                (90, "人次"),
                (10, "万元"),
            },
        ),
    ],
)
def test_report_as_published__every_figure_of_its_prose_is_read(name: str, expected: set[tuple[int, str | None]]) -> None:
    (found,) = read((SHARED / f"{name}.txt").read_bytes(), f"{name}.txt")
    lines = (SHARED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert expected <= {(c.value, c.unit) for c in found.claims}
    assert all(c.place.quote in lines[(c.place.line or 0) - 1] for c in found.claims)


@pytest.mark.parametrize(
    "text",
    [
        "无" * 5000,
        "十" * 5000,
        "万" * 5000,
        "9" * 5000 + "件",
        "（" * 5000,
        "1." * 5000 + "条",
        "收到申请3件，其中" * 500,
        "第二十条" * 2000,
    ],
)
def test_text_that_is_no_text__is_read_without_fault(text: str) -> None:
    assert all(c.place.quote for c in told(text))


def test_number_of_absurd_length__is_no_claim() -> None:
    assert told("主动公开政府信息" + "9" * 40 + "条。") == []


def test_sentences__that_can_state_nothing_are_passed_over() -> None:
    many = [Paragraph("<!--" * 50_000 + "收到申请3件。", Place(line=1))]

    assert len(list(sentences(many))) == 1
    assert [claim.value for claim in claims(many, edition("2021"))] == [3]
