"""Which case files are read, and in which words are faulty ones refused?"""

from __future__ import annotations

import tomllib

import pytest

from gongkai.errors import BadInput
from gongkai.procedure import Kind, Party
from gongkai.procedure.case_file import case_from

GOOD = """
number = "公开申请〔2025〕3号"
[[item]]
id = "一"
description = "补贴发放名单"
[[event]]
kind = "当面提交"
on = 2025-01-20
[[event]]
id = "函1"
kind = "consultation_sent"
on = 2025-01-22
recorded = 2025-01-22T09:30:00+08:00
subject = "甲公司"
party = "第三方"
"""


def test_case_from__titles_and_codes__both_name_a_kind() -> None:
    case = case_from(tomllib.loads(GOOD), "案件.toml")
    assert case.number == "公开申请〔2025〕3号"
    assert [e.kind for e in case.events] == [Kind.SUBMITTED_IN_PERSON, Kind.CONSULTATION_SENT]
    assert [e.id for e in case.events] == ["1", "函1"]
    assert case.events[1].party is Party.THIRD_PARTY
    assert case.events[0].recorded_at.isoformat() == "2025-01-20T00:00:00+08:00"


def test_case_from__no_items__has_one_for_everything() -> None:
    case = case_from(tomllib.loads('[[event]]\nkind = "当面提交"\non = 2025-01-20'), "a.toml")
    assert [item.id for item in case.items] == ["1"]
    assert case.number == "a.toml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[[event]]", "[[evnet]]", "没有任何 [[event]]"),
        ('kind = "当面提交"', 'kind = "口头"', "没有“口头”这种记录"),
        ('kind = "当面提交"', "kind = 3", "没有“3”这种记录"),
        ("on = 2025-01-20", 'on = "2025-01-20"', "on 应当是发生的日期"),
        ("on = 2025-01-20", "on = 2025-01-20\nuntil = 2025-02-01", "没有“until”这个字段"),
        ("2025-01-22T09:30:00+08:00", "2025-01-22T09:30:00", "带时区的时刻"),
        ('party = "第三方"', 'party = "邻居"', "party 只能写第三方、共同制作机关、其他机关，现在是“邻居”"),
        ('subject = "甲公司"', "subject = 3", "subject 应当是文字"),
        ('description = "补贴发放名单"', 'title = "补贴发放名单"', "没有“title”这个字段"),
        ('[[item]]\nid = "一"', '[[item]]\nid = "一"\n[[item]]\nid = "一"', "用了同一个 id"),
    ],
)
def test_case_from__faulty_file__is_refused_in_words(old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInput) as refusal:
        case_from(tomllib.loads(GOOD.replace(old, new)), "案件.toml")
    assert words in str(refusal.value)
    assert "案件.toml" in str(refusal.value)
