"""Is a person's decision on a finding kept, printed, and dropped when the figures change?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.checking import Ruling, Verdict, check, findings_html, findings_json, findings_text
from gongkai.checking.verdicts import blank, dump, lapsed, load, settled
from gongkai.cli import main
from gongkai.errors import BadInput
from gongkai.kernel import Finding, Status
from tests.core.checking.reports import report

FORMS = ["处理.toml", "处理.json"]


def wrong(received: int = 3) -> tuple[tuple[Finding, ...], Finding]:
    items = check(report("2014", {"requests.new": received, "requests.new.online": 4}))
    return items, next(i for i in items if i.rule == "R104" and i.status is Status.FAIL)


@pytest.mark.parametrize("name", FORMS)
@given(st.text(max_size=40).map(str.strip).filter(lambda t: "\x7f" not in t), st.sampled_from(Ruling))
def test_verdicts__what_is_written_is_read_back(name: str, reason: str, ruling: Ruling) -> None:
    verdict = Verdict("0123456789abcdef", ruling, reason or "有", "R104")
    assert load(dump({verdict.fingerprint: verdict}, name).encode("utf-8", "surrogatepass"), name) == {
        verdict.fingerprint: verdict
    }


@pytest.mark.parametrize("name", FORMS)
def test_blank_file__lists_every_finding_and_counts_for_nothing_until_filled_in(name: str) -> None:
    items, fault = wrong()
    text = blank(items, name)
    assert fault.fingerprint in text
    assert fault.message in text
    assert load(text.encode(), name) == {}
    assert load(text.replace('"处理" = ""', '"处理" = "属实"').replace('"处理": ""', '"处理": "属实"').encode(), name)


def test_verdict__survives_a_second_run_and_lapses_when_the_figure_changes() -> None:
    _, fault = wrong()
    verdicts = {fault.fingerprint: Verdict(fault.fingerprint, Ruling.EXPLAINED, "一件由两人共同提出")}
    again, _ = wrong()
    assert lapsed(again, verdicts) == ()
    assert [i.rule for i in again if settled(i, verdicts)] == ["R104"]
    changed, _ = wrong(2)
    assert len(lapsed(changed, verdicts)) == 1
    assert not any(settled(i, verdicts) for i in changed)


def test_confirmed_verdict__settles_nothing() -> None:
    items, fault = wrong()
    assert not any(settled(i, {fault.fingerprint: Verdict(fault.fingerprint, Ruling.CONFIRMED)}) for i in items)


def test_explanation__is_printed_with_the_finding_in_every_form() -> None:
    made = report("2014", {"requests.new": 3, "requests.new.online": 4})
    items, fault = wrong()
    verdicts = {fault.fingerprint: Verdict(fault.fingerprint, Ruling.EXPLAINED, "一件由<两人>共同提出")}
    text = findings_text(made, items, verdicts)
    assert "处理：有说明。一件由<两人>共同提出。" in text
    assert "其中已有说明或者不成立的1项。" in text
    assert "处理：有说明。一件由&lt;两人&gt;共同提出。" in findings_html([(made, items)], verdicts)
    (told,) = [i for i in findings_json("x", items, verdicts)["items"] if "verdict" in i]
    assert told["verdict"] == {"ruling": "explained", "reason": "一件由<两人>共同提出"}
    assert "指纹" not in findings_text(made, items)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = ", "内容不完整或者写法不对"),
        ("x = 1", "没有“意见”列表"),
        ('[["意见"]]\n"指纹" = "12"', "不是十六位的指纹"),
        ('[["意见"]]\n"指纹" = "0123456789abcdef"\n"处理" = "好"', "不是“属实”“有说明”“不成立”之一"),
        ('[["意见"]]\n"指纹" = "0123456789abcdef"\n"处理" = "有说明"', "没有写理由"),
        ('[["意见"]]\n"指纹" = 3', "第1项不是一组文字"),
        (
            '[["意见"]]\n"指纹" = "0123456789abcdef"\n"处理" = "属实"\n[["意见"]]\n"指纹" = "0123456789abcdef"\n"处理" = "不成立"',
            "有两种不同的处理",
        ),
    ],
)
def test_bad_file__is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        load(text.encode(), "处理.toml")


def test_command__writes_a_file_to_fill_in_and_counts_explained_errors_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, kept = tmp_path / "年报.txt", tmp_path / "处理.toml"
    rows = ["（一）收到申请数\t件\t3", "1.当面申请数\t件\t0", "2.传真申请数\t件\t0", "3.网络申请数\t件\t4", "4.信函申请数\t件\t0"]
    source.write_text(
        "青岚县司法局2017年政府信息公开工作年度报告\n\n" + "\n".join(["三、依申请公开情况\t——\t", *rows]), encoding="utf-8"
    )
    assert main(["check", str(source), "--verdicts", str(kept)]) == 1
    assert "已写好一份待填的" in capsys.readouterr().err
    filled = (
        kept.read_text(encoding="utf-8").replace('"处理" = ""', '"处理" = "有说明"').replace('"理由" = ""', '"理由" = "已核"')
    )
    kept.write_text(filled, encoding="utf-8")
    assert main(["check", str(source), "--verdicts", str(kept)]) == 0
    assert "处理：有说明。已核。" in capsys.readouterr().out
