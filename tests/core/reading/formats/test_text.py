"""Is plain text read line by line, with nothing lost but a converter's markers?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.errors import Unreadable
from gongkai.reading.blocks import Paragraph
from gongkai.reading.text import read_text


def lines(text: str) -> list[Paragraph]:
    return [block for block in read_text(text.encode(), "报告.txt").blocks if isinstance(block, Paragraph)]


def test_lines__keep_tabs_pipes_and_ideographic_spaces() -> None:
    found = lines("\t指标名称\n\t\u3000\n指 标 | 单位 | 数 量 |\r\n| --- | --- |\r规章\t3")
    assert [p.text for p in found] == ["\t指标名称", "\t\u3000", "指 标 | 单位 | 数 量 |", "| --- | --- |", "规章\t3"]
    assert [p.place.line for p in found] == [1, 2, 3, 4, 5]


def test_empty_lines__leave_a_gap_in_the_line_numbers() -> None:
    assert [(p.text, p.place.line) for p in lines("a\n\n\nb")] == [("a", 1), ("b", 4)]


def test_markers__of_a_converter_are_cut_and_offsets_still_lead_to_the_source() -> None:
    source = "甲[bookmark: _GoBack]附件[image: C:\\Users\\x\\a b.png]图4"
    (found,) = lines(source)
    assert found.text == "甲附件图4"
    for position, ch in enumerate(found.text):
        assert source[found.offset(position)] == ch


def test_square_brackets__of_the_author_stay() -> None:
    assert lines("〔2020〕46号 [2020] [bookmark]")[0].text == "〔2020〕46号 [2020] [bookmark]"


def test_form_feeds__end_lines_and_count_pages() -> None:
    found = lines("一\f二\n\f\f三\n四")
    assert [(p.text, p.place.line, p.place.page) for p in found] == [("一", 1, 1), ("二", 1, 2), ("三", 2, 4), ("四", 3, 4)]
    assert lines("一\n二")[0].place.page is None


def test_nul_characters__are_dropped() -> None:
    assert lines("政府\x00信息")[0].text == "政府信息"


def test_binary__is_refused_with_advice() -> None:
    with pytest.raises(Unreadable, match=r"\.docx"):
        read_text(bytes([1, 2, 3, 4, 5, 6, 14, 15]) * 100, "x.bin")


def test_reference_reports__lose_no_character_but_markers(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.txt")):
        data = path.read_bytes()
        source = read_text(data, path.name)
        by_line = data.decode("utf-8").splitlines()
        assert source.findings == ()
        for block in source.blocks:
            assert isinstance(block, Paragraph)
            line = by_line[(block.place.line or 0) - 1]
            assert all(line[block.offset(i)] == ch for i, ch in enumerate(block.text))
        kept = sum(len(block.text.strip()) for block in source.blocks if isinstance(block, Paragraph))
        markers = sum(len(line.strip()) for line in by_line if "[bookmark" in line or "[image" in line)
        assert kept >= sum(len(line.strip()) for line in by_line) - markers
