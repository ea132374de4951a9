"""Where does an application stand, and which sequences are refused in which words?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai import law
from gongkai.lifecycle import NotPossible
from gongkai.procedure import replay
from gongkai.procedure.case_file import case_from
from gongkai.procedure.events import Case
from gongkai.procedure.replay import citation_of

HEAD = "政府信息公开工作机构负责人"
LAW = law.national()


def case(*events: tuple[str, str] | tuple[str, str, dict[str, Any]], items: int = 1) -> Case:
    entries = [{"kind": e[0], "on": dt.date.fromisoformat(e[1]), **(e[2] if len(e) > 2 else {})} for e in events]
    return case_from({"item": [{"id": str(n + 1)} for n in range(items)], "event": entries}, "测试")


RECEIVED = ("当面提交", "2025-01-20")
UNTIL = {"until": dt.date(2025, 2, 10)}


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([RECEIVED], "办理中"),
        ([("邮件签收", "2025-01-20")], "办理中"),
        ([("平信到达", "2025-01-20")], "待确认"),
        ([("网上提交", "2025-01-20"), ("联系申请人未果", "2025-01-21"), ("双方确认", "2025-01-22")], "办理中"),
        ([("传真到达", "2025-01-20"), ("撤回申请", "2025-01-21")], "已结"),
        ([RECEIVED, ("告知补正", "2025-01-22", UNTIL)], "待补正"),
        ([RECEIVED, ("告知补正", "2025-01-22", UNTIL), ("收到补正", "2025-02-07")], "办理中"),
        ([RECEIVED, ("告知补正", "2025-01-22", UNTIL), ("视为放弃申请", "2025-02-11")], "已作出处理"),
        ([RECEIVED, ("发出收费通知", "2025-01-22")], "待缴费"),
        ([RECEIVED, ("发出收费通知", "2025-01-22"), ("缴费完成", "2025-02-07")], "办理中"),
        ([RECEIVED, ("作出处理", "2025-02-07", {"outcome": "O2"})], "已作出处理"),
        (
            [
                RECEIVED,
                ("作出处理", "2025-02-07", {"outcome": "O2"}),
                ("送达", "2025-02-07", {"route": "邮寄"}),
                ("申请人收到", "2025-02-10"),
                ("归档", "2025-03-01"),
            ],
            "已结",
        ),
        ([RECEIVED, ("作废", "2025-01-21", {"note": "重复登记"})], "作废"),
        ([RECEIVED, ("内部分办", "2025-01-21"), ("检索", "2025-01-22"), ("检索", "2025-01-23")], "办理中"),
        (
            [
                RECEIVED,
                ("送审", "2025-01-21"),
                ("退回修改", "2025-01-21"),
                ("送审", "2025-01-22"),
                ("批准处理意见", "2025-01-22"),
            ],
            "办理中",
        ),
        ([RECEIVED, ("职权划出", "2025-01-21"), ("告知向划入机关申请", "2025-01-22")], "办理中"),
        ([("电子邮件系统接收", "2018-01-20")], "办理中"),
    ],
)
def test_replay__lawful_sequence__stands_where_it_should(events: list[Any], state: str) -> None:
    assert replay(case(*events), LAW).state == state


SENT = ("发出征求意见书", "2025-01-22", {"subject": "甲", "party": "第三方"})


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([("双方确认", "2025-01-20")], "还没有开始"),
        ([RECEIVED, ("当面提交", "2025-01-21")], "现在是“办理中”，不能“当面提交”"),
        (
            [RECEIVED, ("告知补正", "2025-01-22", UNTIL), ("收到补正", "2025-02-07"), ("告知补正", "2025-02-08", UNTIL)],
            "已经告知过一次，不能再次告知",
        ),
        ([RECEIVED, ("告知补正", "2025-02-22", UNTIL)], "补正期限早于告知之日"),
        ([RECEIVED, ("告知补正", "2025-01-22", UNTIL), ("视为放弃申请", "2025-02-10")], "补正期限到2025-02-10才届满"),
        ([RECEIVED, ("视为放弃申请", "2025-02-10")], "现在是“办理中”，不能“视为放弃申请”"),
        (
            [("当面提交", "2018-01-20"), ("告知补正", "2018-01-22", UNTIL), ("视为放弃申请", "2025-02-11")],
            "没有规定逾期不补正视为放弃",
        ),
        ([("当面提交", "2018-01-20"), ("要求说明理由", "2018-01-22")], "没有规定要求说明理由"),
        ([("当面提交", "2019-06-20"), ("发出收费通知", "2019-06-22")], "当时还没有施行"),
        (
            [("当面提交", "2018-01-20"), ("发出征求意见书", "2018-01-22", {"subject": "甲", "party": "共同制作机关"})],
            "没有规定征求共同制作机关意见",
        ),
        ([("当面提交", "2018-01-20"), ("作出处理", "2018-01-22", {"outcome": "P2"})], "没有“重复申请”这种处理结果"),
        ([("电子邮件系统接收", "2025-01-20")], "以双方确认之日为收到之日"),
        ([("电子邮件到达", "2018-01-20")], "不需要确认"),
        (
            [RECEIVED, ("批准延期", "2025-01-22", {"days": 10, "role": "局长"})],
            "应当由政府信息公开工作机构负责人批准，不是“局长”",
        ),
        ([RECEIVED, ("批准延期", "2025-01-22", {"days": 21, "role": HEAD})], "延期合计最长20个工作日"),
        (
            [
                RECEIVED,
                ("批准延期", "2025-01-22", {"days": 15, "role": HEAD}),
                ("告知延期", "2025-01-22"),
                ("批准延期", "2025-01-23", {"days": 6, "role": HEAD, "subject": "二"}),
            ],
            "已经批准15个，这次6个不行。请改为不超过5个工作日",
        ),
        ([RECEIVED, ("告知延期", "2025-01-22")], "延期还没有批准"),
        ([RECEIVED, SENT, SENT], "已经发出过"),
        ([RECEIVED, ("收到同意公开的意见", "2025-01-22", {"subject": "乙"})], "没有发出过名为“乙”的征求意见书"),
        ([RECEIVED, SENT, ("收到同意公开的意见", "2025-01-22", {"subject": "甲"})], "征求第三方意见现在是“已发出”"),
        ([RECEIVED, ("作出处理", "2025-01-22")], "还有内容没有处理结果：1"),
        ([RECEIVED, ("确定一项的处理结果", "2025-01-22", {"subject": "9", "outcome": "O2"})], "没有“9”这一项"),
        ([RECEIVED, ("确定延迟答复期限", "2025-01-22", UNTIL)], "说明理由还没有开始"),
        (
            [RECEIVED, ("要求说明理由", "2025-01-22"), ("收到理由", "2025-01-23"), ("确定延迟答复期限", "2025-02-11", UNTIL)],
            "延迟答复的期限早于告知之日",
        ),
        ([RECEIVED, ("撤回申请", "2025-01-22"), ("作出处理", "2025-01-23", {"outcome": "O2"})], "已经是“已结”"),
        ([RECEIVED, ("告知补正", "2025-01-22")], "没有写明截止日期"),
        ([RECEIVED, ("作废", "2025-01-22")], "没有写明说明"),
    ],
)
def test_replay__unlawful_sequence__is_refused_with_a_reason(events: list[Any], words: str) -> None:
    with pytest.raises(NotPossible) as refusal:
        replay(case(*events), LAW)
    assert words in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_replay__items__each_have_their_own_outcome() -> None:
    told = case(
        RECEIVED,
        ("确定一项的处理结果", "2025-02-07", {"subject": "1", "outcome": "O2"}),
        ("确定一项的处理结果", "2025-02-07", {"subject": "2", "outcome": "D4"}),
        ("作出处理", "2025-02-10"),
        items=2,
    )
    assert replay(told, LAW).outcomes == {"1": "granted.provided", "2": "refused.third_party"}


def test_replay__one_outcome_for_the_rest__fills_only_open_items() -> None:
    told = case(
        RECEIVED,
        ("确定一项的处理结果", "2025-02-07", {"subject": "1", "outcome": "N1b"}),
        ("作出处理", "2025-02-10", {"outcome": "O2"}),
        items=3,
    )
    assert replay(told, LAW).outcomes == {"1": "unable.other_body", "2": "granted.provided", "3": "granted.provided"}


def test_replay__deemed_abandonment__is_the_outcome_of_every_open_item() -> None:
    told = case(RECEIVED, ("告知补正", "2025-01-22", UNTIL), ("视为放弃申请", "2025-02-11"), items=2)
    assert set(replay(told, LAW).outcomes.values()) == {"other.not_corrected"}


def test_replay__receipt__is_the_day_of_confirmation_not_of_arrival() -> None:
    progress = replay(case(("网上提交", "2025-01-20"), ("双方确认", "2025-01-22")), LAW)
    assert (str(progress.arrived_on), str(progress.received_on)) == ("2025-01-20", "2025-01-22")


def test_replay__regime__can_be_overridden() -> None:
    told = case(("当面提交", "2019-05-14"), ("批准延期", "2019-05-20", {"days": 20, "role": HEAD}))
    with pytest.raises(NotPossible, match="最长15个工作日"):
        replay(told, LAW)
    assert replay(told, LAW, regime_day=dt.date(2019, 5, 15)).state == "办理中"


def test_citation_of__event_of_a_case__is_the_article_behind_it() -> None:
    progress = replay(case(RECEIVED, ("检索", "2025-01-21"), ("撤回申请", "2025-01-22")), LAW)
    cited = [citation_of(event, progress, LAW) for event in progress.events]
    assert [c.article if c else None for c in cited] == ["第三十一条第（一）项", "第三十六条第（四）项", None]


def test_replay__several_events_of_one_day__take_effect_in_an_order_that_is_possible() -> None:
    told = case(
        RECEIVED,
        ("发出征求意见书", "2025-02-10", {"subject": "甲", "party": "第三方"}),
        ("缴费完成", "2025-02-10"),
        ("发出收费通知", "2025-01-22"),
    )
    assert [e.title for e in replay(told, LAW).events] == ["当面提交", "发出收费通知", "缴费完成", "发出征求意见书"]
