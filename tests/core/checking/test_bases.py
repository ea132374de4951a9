"""Is a number of the text held against the table only where both are certainly the same thing?"""

from __future__ import annotations

import pytest

from gongkai.checking import check
from gongkai.kernel import Finding, Status
from gongkai.reading import read
from gongkai.writing import write
from tests.core.checking.reports import report

FIGURES: dict[str, object] = {
    "requests.new": 75,
    "requests.new.natural_person": 70,
    "requests.carried_in": 6,
    "requests.carried_out": 5,
    "outcome.total": 76,
    "outcome.granted": 30,
    "outcome.partial": 8,
    "outcome.refused.third_party": 3,
    "outcome.refused.process": 9,
    "outcome.unable.not_held": 14,
    "outcome.not_processed.petition": 7,
    "outcome.other.else": 5,
    "reviews": 9,
    "reviews.upheld": 5,
    "reviews.corrected": 1,
    "reviews.other": 1,
    "reviews.pending": 2,
    "litigation.direct": 1,
    "litigation.direct.upheld": 1,
    "litigation.after_review": 3,
    "litigation.after_review.upheld": 2,
    "litigation.after_review.pending": 1,
    "licence.decisions": 820,
    "penalty.decisions": 64,
}
REPLIES: dict[str, object] = {"requests.new": 21, "replies": 20, "replies.granted": 20}


def said(
    text: str, *, edition: str = "2021", figures: dict[str, object] = FIGURES, agency: str = "云漪县民政局"
) -> list[Finding]:
    """What the rules over text say of a sentence in the third section beside these tables."""
    about = "§三、收到和处理政府信息公开申请情况\n"
    made = report(edition, figures, year=2023, agency=agency, text=about + text)
    return [i for i in check(made) if i.rule >= "R3" and i.rule != "R314" and i.status in {Status.FAIL, Status.UNCERTAIN}]


@pytest.mark.parametrize(
    "text",
    [
        # growth, averages, last year's and side numbers are no totals
        "收到政府信息公开申请75件，较去年增加9件，其中网上申请60件、信函申请15件。",
        "全年发布通知310条，环比下降12条，其中部门通知200条、乡镇通知110条。",
        "全年发布通知310条，月均26条，其中部门通知200条、乡镇通知110条。",
        "建成公开专区18个，撤销3个，其中标准化专区12个。",
        "征集建议意见90条，采用33条，其中来自企业50条。",
        "政府信息公开行政复议9件，比上年减少4件，其中维持5件、纠正1件。",
        "作出行政处罚64件，同比增加6件，其中罚款40件、警告24件。",
        "办理代表建议40件、政协提案16件，其中答复公开50件。",
        "办理代表建议40件、政协提案16件，其中主办30件、协办26件。",
        "主动公开信息130条，去年同期110条，其中政策类125条。",
        "共召开会议8次，其中专题会3次，同比增加9次。",
        # several years
        "近三年收到政府信息公开申请分别为50件、66件、75件。",
        "2021—2023年，收到政府信息公开申请50件、66件、75件。",
        "过去四年间，答复政府信息公开申请共246件。",
        "去年和今年分别收到政府信息公开申请66件、75件。",
        "2022年和2023年收到政府信息公开申请66件、75件。",
        # handled is received, received with what was carried over, or done
        "处理依申请公开事项76件，其中线上办结50件、当面办结26件。",
        "办理政府信息公开申请81件，其中提前办结13件。",
        "政府信息公开申请76件全部办结，其中上年结转办结6件、新收办结70件。",
        "对政府信息公开申请，5个工作日内答复33件。",
        "收到政府信息公开申请75件，接到网上咨询200件，答复200件。",
        "收到网民留言55件，答复54件，结转下年1件。",
        # remedies
        "政府信息公开行政诉讼4件，其中上年结转1件。",
        "政府信息公开行政复议9件（上年结转2件、新收7件）。",
        "政府信息公开行政复议申请9件，上年度结转2件。",
        "政府信息公开行政诉讼和行政复议共13件。",
        "政府信息公开行政诉讼或者行政复议6件。",
        "政府信息公开已审结行政复议7件、行政诉讼3件。",
        "政府信息公开行政诉讼4件，终审维持1件。",
        "申请人就政府信息公开向省厅申请复议3件，向市政府申请复议6件。",
        "政府信息公开行政诉讼，一审2件，二审2件，其中再审维持1件。",
        # a part of them
        "对上年结转的政府信息公开申请6件，其中予以公开2件、无法提供3件。",
        "街道的20件政府信息公开申请中，予以公开9件，不予处理4件。",
        "在镇一级20件政府信息公开申请中，办结19件。",
        "县水利局收到政府信息公开申请18件，办结16件，结转下年度2件。",
        "县水利局作出行政处罚11件，县教育局53件。",
        "县交通局办理政府信息公开申请18件，予以公开9件。",
        "全年办理行政复议案件130件，其中涉及政府信息公开9件。",
        # reasons, and two outcomes in one number
        "申请内容涉及个人隐私不予公开2件，因属内部研究不予公开1件。",
        "政府信息公开申请不予公开及无法提供26件。",
        "政府信息公开申请无法提供、不予处理共21件。",
        "政府信息公开申请中，由于不掌握信息无法提供14件，因属信访不予处理4件。",
        "政府信息公开申请予以公开、部分公开的共38件。",
        "县水利局未收到政府信息公开申请，没有不予公开的情况。",
        "没有因不予公开引发的纠纷，没有结转其他机关的事项，全年无行政处罚权调整。",
        "我局未发生因不予公开、无法提供引起的政府信息公开申请人投诉。",
        # other years in brackets or set beside
        "政府信息公开行政复议9件（2022年13件），行政诉讼4件（2022年2件）。",
        "2022年收到政府信息公开申请66件，2023年收到政府信息公开申请75件。",
        "办结政府信息公开申请76件（含2022年结转6件）。",
        "2022年结转的政府信息公开申请6件全部办结。",
        "收到政府信息公开申请75件，上年同期60件；其中第二季度21件，占28%。",
        "收到政府信息公开申请75件，其中予以公开30件，占39.5%。",
    ],
)
def test_sentence__that_is_right_draws_nothing(text: str) -> None:
    assert [(i.rule, i.message) for i in said(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "接到网上咨询130件，网上咨询答复130件。",
        "收到政府信息公开申请21件，其中4件合并答复，实际答复18份。",
    ],
)
def test_replies__of_the_older_form_are_those_to_requests(text: str) -> None:
    assert [(i.rule, i.message) for i in said(text, edition="2014", figures=REPLIES)] == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("收到政府信息公开申请75件，较去年增加9件，其中网上申请80件。", ["R401"]),
        ("收到政府信息公开申请75件，较去年增加9件，其中网上申请60件、信函申请25件。", ["R402"]),
        ("收到政府信息公开申请75件，答复76件，其中网上申请90件。", ["R401"]),
        ("今年收到政府信息公开申请57件，近三年共收到191件。", ["R301"]),
        ("处理依申请公开事项67件。", ["R301"]),
        ("政府信息公开申请共办结67件。", ["R301"]),
        ("政府信息公开行政复议9件，上年结转的政府信息公开申请2件。", ["R301"]),
        ("政府信息公开行政复议、行政诉讼共12件。", ["R301"]),
        ("政府信息公开行政诉讼3件。", ["R301"]),
        ("在收到的75件政府信息公开申请中，予以公开13件。", ["R301"]),
        ("收到政府信息公开申请75件，上年结转6件，予以公开31件。", ["R301"]),
        ("县水利局收到政府信息公开申请18件；我局收到政府信息公开申请57件，予以公开13件。", ["R301", "R301"]),
        ("云漪县民政局收到政府信息公开申请57件。", ["R301"]),
        ("对政府信息公开申请，依法不予公开21件。", ["R301"]),
        ("政府信息公开行政复议9件，其中维持4件、纠正2件、其他结果1件、尚未审结2件。", ["R303", "R303"]),
        ("政府信息公开行政复议9件，其中维持6件、纠正1件、其他结果1件、尚未审结2件。", ["R303"]),
        ("2022年收到政府信息公开申请66件。", ["R509"]),
        ("2023年，我局收到政府信息公开申请75件，没有不予公开的情况。", ["R302"]),
        ("全部政府信息公开申请中，没有结转下年度办理的申请。", ["R311"]),
        ("2023年本机关共收到政府信息公开申请75件，没有结转下年度办理的申请。", ["R302"]),
        ("政府信息公开工作平稳，没有上年结转的申请。", ["R311"]),
        ("自然人的政府信息公开申请，没有部分公开的情况。", ["R311"]),
        ("本机关未作出行政许可决定。", ["R311"]),
        ("全年无行政处罚。", ["R311"]),
        ("云漪县民政局未收到政府信息公开申请。", ["R302"]),
        ("政府信息公开行政诉讼4件，其中未经复议直接起诉1件、复议后起诉2件。", ["R303"]),
        ("政府信息公开申请不予处理7件，其中重复申请2件。", ["R311"]),
        ("政府信息公开申请不予公开12件，其中属于国家秘密4件。", ["R311"]),
        ("收到政府信息公开申请75件，其中予以公开30件，占45%。", ["R405"]),
    ],
)
def test_sentence__that_contradicts_the_table_is_told_once(text: str, rules: list[str]) -> None:
    assert [i.rule for i in said(text)] == rules


def test_report__of_half_a_year_is_not_last_year_s() -> None:
    made = [report("2021", FIGURES, year=year) for year in (2022, 2023)]
    half, year = (write(r, "html").decode() for r in made)
    (before,) = read(half.replace("2022年政府", "2022年上半年政府").encode(), "a.html")
    (now,) = read(year.encode(), "b.html")
    assert [f.rule for f in before.findings] == ["R927"]
    assert now.findings == ()
    items = {i.rule: i for i in check(now, before) if i.rule >= "R2"}
    assert items["R201"].status is items["R202"].status is Status.NOT_ASSESSABLE
    assert "不是全年的年报" in items["R204"].message


@pytest.mark.parametrize(
    ("closing", "late"),
    [
        ("<p>云漪县民政局</p><p>2024年3月7日</p>", True),
        ("<p>云漪县民政局</p><p>二〇二四年三月七日</p>", True),
        ("<p>云漪县民政局　2025年1月9日</p>", True),
        ("<p>发布日期：2025年1月9日</p>", True),
        ("<p>云漪县民政局</p><p>2024年1月29日</p>", False),
        ("<p>云漪县民政局</p><p>二〇二四年一月二十九日</p>", False),
        ("<p>云漪县民政局</p>", False),
    ],
)
def test_day_of_signing__is_kept_to_be_checked(closing: str, late: bool) -> None:
    signed = report("2021", FIGURES, year=2023, agency="云漪县民政局", text="§一、总体情况\n我局认真开展工作。")
    page = write(signed, "html").decode()
    (made,) = read(page.replace("</body>", f"{closing}</body>").encode(), "a.html")
    assert made.agency == "云漪县民政局"
    assert any(i.status is Status.UNCERTAIN for i in check(made) if i.rule == "R508") is late
