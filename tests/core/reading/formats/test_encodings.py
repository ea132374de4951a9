"""Do bytes become the right characters, and is damage repaired only where nothing was lost?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.errors import Unreadable
from gongkai.reading.encodings import decoded, plausibility

REPORT = """某某市司法局2023年政府信息公开工作年度报告
一、总体情况
2023年，本机关主动公开政府信息288条，收到申请3件，均按规定答复。
\t一、本年新收政府信息公开申请数量
\t3
\t（一）予以公开
\t0
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text__in_each_encoding_is_read_the_same(encoding: str) -> None:
    found = decoded(REPORT.encode(encoding))
    assert found.text == REPORT
    assert found.findings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text__without_a_mark_is_known_though_its_characters_hold_zero_bytes(encoding: str) -> None:
    text = "一、一般情况\n一是一心一意，一件一件一并公开，一年一次。\n第一条\t3\n" * 40

    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-le"])
def test_traditional_text__is_read_as_what_it_is(encoding: str) -> None:
    text = "某市司法局2023年政府資訊公開工作年度報告\n收到申請數\t件\t3\n予以公開\t2\n"

    assert decoded(text.encode(encoding)).text == text


def test_rare_characters__of_four_bytes_leave_the_text_whole() -> None:
    text = REPORT + "㛃某、䶮某、𠀀某\n"

    assert decoded(text.encode("gb18030")).text == text


def test_bad_bytes__in_utf8_lose_their_own_characters_alone() -> None:
    data = bytearray(REPORT.encode())
    data[6] = 0xFF
    found = decoded(bytes(data))

    assert found.text.split("\n")[1:] == REPORT.split("\n")[1:]
    assert [finding.rule for finding in found.findings] == ["S102"]


@pytest.mark.parametrize("lie", ["utf-8", "gb2312", "big5", "iso-8859-1", "no-such-codec"])
def test_declared_encoding__that_lies_is_not_believed(lie: str) -> None:
    assert decoded(REPORT.encode("gb18030"), lie).text == REPORT
    assert decoded(REPORT.encode("utf-8"), lie).text == REPORT


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_mojibake__that_lost_nothing_is_undone_with_a_note(right: str, wrong: str) -> None:
    damaged = REPORT.encode(right).decode(wrong)
    found = decoded(damaged.encode("utf-8"))
    assert found.text == REPORT
    assert [finding.rule for finding in found.findings] == ["S101"]
    assert found.findings[0].places[0].line == 1


def test_mojibake__utf8_read_as_gbk_is_undone_in_whole_lines_only() -> None:
    even, odd = "政府信息公开工作年度报告，共二十八条", "政府信息公开"
    damaged = "\n".join(line.encode("utf-8").decode("gb18030", "replace") for line in (even, odd, odd + "报告书"))
    found = decoded(damaged.encode("utf-8"))
    lines = found.text.split("\n")
    assert lines[0] == even
    assert lines[1] == odd
    assert "S101" in [finding.rule for finding in found.findings]
    if "\ufffd" in damaged:
        assert "S102" in [finding.rule for finding in found.findings]


def test_mojibake__gbk_read_as_utf8_is_lost_and_said_so() -> None:
    damaged = REPORT.encode("gb18030").decode("utf-8", "replace")
    found = decoded(damaged.encode("utf-8"))
    assert "S102" in [finding.rule for finding in found.findings]
    assert found.text == damaged


def test_characters__turned_into_question_marks_are_lost_and_said_so() -> None:
    damaged = "".join("?" if ch > "\x7f" else ch for ch in REPORT)
    found = decoded(damaged.encode())
    assert found.text == damaged
    (finding,) = found.findings
    assert finding.rule == "S102"
    assert finding.places[0].line == 1


def test_characters__turned_into_kuntangkao_are_lost_and_said_so() -> None:
    assert [f.rule for f in decoded("锟斤拷锟斤拷公开0件".encode()).findings] == ["S102"]


def test_question__in_a_sentence_is_no_damage() -> None:
    assert decoded("怎么申请？？？怎样答复？\n".encode() + REPORT.encode()).findings == ()


def test_rare_characters__are_not_taken_for_damage() -> None:
    text = (
        "宁波市鄞州区、亳州市、泸州市、衢州市、郯城县、盱眙县、濮阳市、漯河市司法局政府信息公开工作年度报告\n鄞州区郯城县泸县\n"
    )
    for encoding in ("utf-8", "gb18030"):
        found = decoded(text.encode(encoding))
        assert found.text == text
        assert found.findings == ()


def test_bytes__that_are_no_chinese_in_any_encoding_are_refused_with_advice() -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        decoded(bytes(range(0x81, 0xFF)) * 40)


def test_plausibility__tells_chinese_from_what_a_wrong_codec_gives() -> None:
    assert plausibility(REPORT) > 0.98
    assert plausibility(REPORT.encode().decode("gb18030", "replace")) < 0.7


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes__give_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decoded(data).text
    except Unreadable:
        return
    assert "\x00" not in text
