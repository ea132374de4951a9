"""Is the text that a report is written with checked against the report's tables?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import main

REPORT = Path(__file__).resolve().parents[3] / "samples" / "cn2021" / "2024.xlsx"


def test_write__lists_where_the_text_says_other_than_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, out = tmp_path / "正文.txt", tmp_path / "年报.html"
    text.write_text("一、总体情况\n本年没有收到政府信息公开申请，被申请行政复议0件。\n", encoding="utf-8")
    assert main(["write", str(REPORT), "--text", str(text), "-o", str(out)]) == 1
    said = capsys.readouterr()
    listed = {line.split()[0] for line in said.err.splitlines() if line.startswith("R")}

    assert main(["check", str(out), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)[0]["items"]
    assert listed == {item["rule"] for item in found if item["status"] == "FAIL"}
    assert "R302" in listed


def test_write__of_a_text_that_agrees_with_the_tables_lists_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, out = tmp_path / "正文.txt", tmp_path / "年报.html"
    text.write_text("一、总体情况\n本年收到政府信息公开申请32件。\n", encoding="utf-8")
    assert main(["write", str(REPORT), "--text", str(text), "-o", str(out)]) == 0
    assert capsys.readouterr().err == ""
