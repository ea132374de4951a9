"""What does the clerk see who asks for the law on the command line?"""

from __future__ import annotations

import json

import pytest

from gongkai.cli import main


def test_law__list__names_every_subject_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "--on", "2026-01-01"]) == 0
    out = capsys.readouterr().out
    assert "2026-01-01有效的规定" in out
    assert "reply.limit" in out
    assert "application.purpose" not in out
    assert "local." not in out


def test_law__one_subject_on_a_day__shows_value_article_statement_instrument_and_mark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "reply.limit", "--on", "2018-03-01"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("答复期限（reply.limit），2018-03-01：15个工作日")
    for words in ("15个工作日内答复", "第二十四条第二款", "国务院令第492号", "转述", "2019-05-15起：20个工作日"):
        assert words in out


def test_law__beginning_of_a_key__lists_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "fee", "--on", "2026-01-01"]) == 0
    out = capsys.readouterr().out
    assert "fee.items" in out
    assert "【未核实】" in out
    assert "reply.limit" not in out


def test_law__local_rule__is_shown_as_a_demand_of_the_body(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "local.register", "--adopt", "register_two_days", "--on", "2025-01-01"]) == 0
    assert "本级要求，不是条例的规定" in capsys.readouterr().out


def test_law__json__carries_the_whole_provision(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "reply.limit", "--on", "2026-01-01", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["value"], shown["unit"], shown["article"]) == (20, "工作日", "第三十三条第二款")
    assert main(["law", "--on", "2026-01-01", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "没有“nothing”这个法律事项"),
        (["fee.items", "--on", "2020-12-31"], "最早的规定自2021-01-01起施行"),
        (["local.register", "--on", "2025-01-01"], "本级没有采用"),
        (["--adopt", "nothing"], "没有“nothing”这份地方规定"),
    ],
)
def test_law__cannot_be_answered__says_why(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(["law", *arguments]) == 2
    assert words in capsys.readouterr().err
