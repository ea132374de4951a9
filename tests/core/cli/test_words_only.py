"""Is a text without tables a report only where it states what a return counts?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli import main
from tests.core.cli.test_careless import refused


@pytest.mark.parametrize("command", ["check", "read"])
def test_notice_about_reports__is_no_report_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text("甲县财政局关于2023年度政府信息公开年度报告的通知\n请各单位于1月20日前报送3份材料。\n", encoding="utf-8")
    if command == "check":
        assert "没有读出任何数字，没有可以检查的年报" in refused([command, str(notice)], capsys)
    else:
        assert main([command, str(notice)]) == 2


def test_report_in_words__that_states_what_a_return_counts_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "年报.txt"
    text = "甲县财政局2012年政府信息公开工作年度报告\n一、概述\n我局主动公开政府信息63条，收到申请5件。\n"
    words.write_text(text, encoding="utf-8")

    assert main(["check", str(words)]) == 0
    assert "没有认出表格" in capsys.readouterr().out
