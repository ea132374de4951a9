"""Is every known contradiction of five published reports found, at its level, with both its places, once, and nothing else wrong?"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from gongkai.checking import check
from gongkai.kernel import Finding, Status
from gongkai.reading import read

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the five reports are not beside the repository")

FAIL, UNCERTAIN, REMARK = Status.FAIL, Status.UNCERTAIN, Status.REMARK

# The contradiction, the report, its rule and level, both sides, and words of the places: the accused one first.
EXPECTED = [
    ("000-1", "000", "R104", FAIL, 0, 3, ("依申请受理数", "未延期办结数")),
    ("000-2", "000", "R302", FAIL, 0, 1, ("提出复议、诉讼和申诉等", "三、行政复议数量")),
    ("000-3", "000", "R403", REMARK, 288, 268, ("288条", "266条")),
    ("000-4", "000", "R312", UNCERTAIN, 6624, 3000, ("来电咨询2983件", "来访件3641人次", "六、访问咨询数量")),
    ("000-5", "000", "R502", UNCERTAIN, "2017年", "2016年", ("2017年部门决算",)),
    ("000-7", "000", "R315", REMARK, "条", "件", ("收到3条", "二、依申请公开数量")),
    ("001-1", "001", "R304", FAIL, 979, 992, ("各类渠道公开各类信息979条", "（一）主动公开政府信息数")),
    ("001-2", "001", "R104", FAIL, 3, 4, ("（一）收到申请数", "4.信函申请数")),
    ("001-3", "001", "R104", FAIL, 3, 4, ("（二）申请办结数", "2.延期办结数")),
    ("001-4", "001", "R104", FAIL, 1, 3, ("（三）申请答复数", "2.同意公开答复数")),
    ("001-5", "001", "R104", FAIL, 0, 1, ("4.不同意公开答复数", "涉及个人隐私")),
    ("001-7", "001", "R301", FAIL, 1, 0, ("收到不予公开政府信息1件", "4.不同意公开答复数")),
    ("001-8", "001", "R401", FAIL, 148, 243, ("发布政务信息148篇", "微信发稿201篇", "新浪微博42篇")),
    ("001-9", "001", "R303", FAIL, 201, 132, ("微信发稿201篇", "4.政务微信公开政府信息数")),
    ("001-9", "001", "R303", FAIL, 42, 16, ("新浪微博42篇", "3.政务微博公开政府信息数")),
    ("001-11", "001", "R406", UNCERTAIN, "81.8.0%", None, ("81.8.0%",)),
    ("001-13", "001", "R501", UNCERTAIN, "2018年", "2019年", ("2018年，我局将进一步做好",)),
    ("002-1", "002", "R106", FAIL, 242, 313, ("主动公开政府信息数", "3. 政务微博公开政府信息数", "4. 政务微信公开政府信息数")),
    ("002-2", "002", "R312", UNCERTAIN, 387, 241, ("今日头条发送信息241篇", "各类信息146条", "5. 其他方式公开政府信息数")),
    ("002-3", "002", "R313", UNCERTAIN, 5, 0, ("网民诉求5件", "4. 微博微信回应事件数")),
    ("002-6", "002", "R116", REMARK, None, None, ("接受培训人员数", "举办各类培训班数")),
    ("002-7", "002", "R504", REMARK, "一", "三", ("一、概述", "三、政府信息主动公开情况")),
    ("002-8", "002", "R117", REMARK, "空白", "0", ("政府公报公开政府信息数",)),
    ("003-4", "003", "R504", REMARK, "三", "六", ("三、收到和处理政府信息公开申请情况", "六、其他需要报告的事项")),
    ("004-1", "004", "R506", UNCERTAIN, "10万元", "收费", ("费用约10万元",)),
    ("004-2", "004", "R503", UNCERTAIN, None, None, ("所列中共",)),
    ("004-3", "004", "R504", REMARK, "三", "五", ("(三)部分工作人员", "(五)信息更新")),
    ("004-6", "004", "R314", REMARK, None, None, ("提供服务类信息数",)),
    ("004-7", "004", "R315", REMARK, "件", "条", ("政府信息公开申请1件", "申请总数")),
]


@cache
def items(number: str) -> tuple[Finding, ...]:
    (report,) = read((SHARED / f"{number}.txt").read_bytes(), f"{number}.txt")
    return check(report)


def sides(finding: Finding) -> tuple[object, object]:
    return finding.left, finding.right


@pytest.mark.parametrize(("known", "number", "rule", "status", "left", "right", "words"), EXPECTED, ids=lambda v: str(v)[:10])
def test_known_contradiction__is_found_once_at_its_level_with_its_places(
    known: str, number: str, rule: str, status: Status, left: object, right: object, words: tuple[str, ...]
) -> None:
    wanted = tuple(Decimal(side) if isinstance(side, int) else side for side in (left, right))
    found = [f for f in items(number) if f.rule == rule and (left is None or sides(f) == wanted)]
    found = [f for f in found if all(any(word in "".join(p.quote.split("\n")) for p in f.places) for word in words)]
    assert len(found) == 1, known
    (finding,) = found
    assert finding.status is status
    assert words[0] in finding.places[0].quote
    assert all(p.in_words() for p in finding.places)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_published_report__nothing_fails_but_what_is_certain(number: str) -> None:
    certain = sum(row[1] == number and row[3] is FAIL for row in EXPECTED)
    assert len([f for f in items(number) if f.status is FAIL]) == certain


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_published_report__nothing_is_told_twice(number: str) -> None:
    told = [f for f in items(number) if f.status in (FAIL, UNCERTAIN, REMARK)]
    assert len({f.fingerprint for f in told}) == len(told)
    assert len({(f.rule, f.places[:1], sides(f)) for f in told if f.places}) == len([f for f in told if f.places])


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_published_report__only_the_known_things_are_questioned(number: str) -> None:
    known = sorted(row[2] for row in EXPECTED if row[1] == number and row[3] is UNCERTAIN)
    assert sorted(f.rule for f in items(number) if f.status is UNCERTAIN and f.rule.startswith("R") and f.rule < "R9") == known


def test_last_item_of_a_list_that_is_complete_without_it__is_no_error() -> None:
    # 578 is 313 and 265; the 241 that follows is another channel and must not be added to 819.
    assert not [f for f in items("002") if f.rule in ("R401", "R402") and f.status is not Status.PASS]


def test_quotes_of_prose__stand_in_the_lines_they_name() -> None:
    for number in ("000", "001", "002", "003", "004"):
        lines = (SHARED / f"{number}.txt").read_text(encoding="utf-8").splitlines()
        for finding in items(number):
            if finding.rule.startswith(("R3", "R4", "R5")) and finding.rule != "R314" and finding.places:
                place = finding.places[0]
                assert place.quote.strip()[:6] in lines[(place.line or 0) - 1], (number, finding.rule, place)
