"""Is what a person decides about a finding kept with it, shown with it, and carried to the command line and back?"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.checking import Ruling, Verdict, check
from gongkai.checking.verdicts import dump, load
from gongkai.cli import main
from gongkai.kernel import Finding
from gongkai.returns import Report
from gongkai.writing import write
from gongkai_web.oversight import rooms, verdicts
from tests.web.conftest import checked, upload
from tests.web.reports import report_of


def faulty() -> Report:
    """One fault: the natural persons' column does not balance."""
    return report_of(2025, requests__carried_out__natural_person=2, requests__carried_out=2)


@pytest.fixture
def paper() -> tuple[bytes, str]:
    return write(faulty(), "docx"), "有误.docx"


@pytest.fixture
def fault() -> Finding:
    return next(f for f in check(faulty()) if f.status == "FAIL")


def decide(client: Client, batch: str, fingerprint: str, ruling: str = "属实", reason: str = "", **more: str) -> Any:
    fields = {"fingerprint": fingerprint, "ruling": ruling, "reason": reason, **more}
    return client.post(f"/check/{batch}/1-1/verdict/", fields)


def finding_of(page: str, fingerprint: str) -> str:
    """The part of the page that is about a finding."""
    return next(part for part in page.split('<li class="finding ')[1:] if fingerprint in part).split("</li>")[0]


def test_verdict__is_shown_at_its_finding_and_leads_back_to_it(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    batch = checked(client, paper)
    answer = decide(client, batch.key, fault.fingerprint, "有说明", "上年结转经更正。")
    page = client.get(answer.url).content.decode()
    shown = finding_of(page, fault.fingerprint)

    assert answer.status_code == 302
    assert f'id="{answer.url.split("#")[1]}"' in shown
    assert "处理：有说明" in shown
    assert "上年结转经更正。" in shown


def test_verdict__counts_in_the_batch_and_on_the_page(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    batch = checked(client, paper)
    asked = len(batch.reports[0].asked)
    assert f"已处理 0/{asked}" in client.get(f"/check/{batch.key}/").content.decode()

    decide(client, batch.key, fault.fingerprint)

    assert f"已处理 1/{asked}" in client.get(f"/check/{batch.key}/").content.decode()
    assert f"已处理 1/{asked}" in client.get(f"/check/{batch.key}/1-1/").content.decode()


def test_verdict__holds_for_the_same_report_handed_in_again(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    decide(client, checked(client, paper).key, fault.fingerprint, "不成立")
    again = checked(client, (write(faulty(), "xlsx"), "另一种格式.xlsx"))

    assert "处理：不成立" in finding_of(client.get(f"/check/{again.key}/1-1/").content.decode(), fault.fingerprint)


def test_verdict__lapses_when_a_figure_changes(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    decide(client, checked(client, paper).key, fault.fingerprint)
    changed = report_of(2025, requests__carried_out__natural_person=1, requests__carried_out=1)
    again = checked(client, (write(changed, "docx"), "改过.docx"))

    assert "处理：" not in client.get(f"/check/{again.key}/1-1/").content.decode()


def test_verdict__can_be_withdrawn(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    batch = checked(client, paper)
    decide(client, batch.key, fault.fingerprint)
    decide(client, batch.key, fault.fingerprint, act="withdraw")

    assert "处理：" not in client.get(f"/check/{batch.key}/1-1/").content.decode()


@pytest.mark.parametrize(
    ("ruling", "reason", "why"),
    [
        ("", "", "还没有选择怎样处理"),
        ("有说明", "  ", "没有写理由"),
        ("别的", "", "还没有选择怎样处理"),
        ("有说明", "长" * 501, "超过了 500 个字"),
        ("有说明", "机密★10年", "密级标志"),
    ],
)
def test_verdict__that_is_not_whole_is_refused_where_it_was_typed(
    client: Client, paper: tuple[bytes, str], fault: Finding, ruling: str, reason: str, why: str
) -> None:
    batch = checked(client, paper)
    answer = decide(client, batch.key, fault.fingerprint, ruling, reason)
    shown = finding_of(answer.content.decode(), fault.fingerprint)

    assert answer.status_code == 422
    assert why in shown
    assert reason in shown
    assert "verdict-form" in shown
    assert "open" in shown.split("verdict-form")[1].split(">")[0]
    assert "处理：" not in client.get(f"/check/{batch.key}/1-1/").content.decode()


def test_verdict__on_what_is_not_found_there_is_404(client: Client, paper: tuple[bytes, str]) -> None:
    assert decide(client, checked(client, paper).key, "0" * 16).status_code == 404


def test_verdict__stands_in_the_findings_files(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    batch = checked(client, paper)
    decide(client, batch.key, fault.fingerprint, "有说明", "数字经核实。")

    for address in (f"/check/{batch.key}/", f"/check/{batch.key}/1-1/"):
        (made,) = json.loads(client.get(f"{address}findings.json").content)
        (item,) = [i for i in made["items"] if i["fingerprint"] == fault.fingerprint]
        assert item["verdict"] == {"ruling": "explained", "reason": "数字经核实。"}
        assert "处理：有说明。数字经核实。" in client.get(f"{address}findings.html").content.decode()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("of", ["", "1-1/"])
def test_list_of_corrections__names_the_fault_and_the_verdict(
    client: Client, paper: tuple[bytes, str], fault: Finding, form: str, of: str
) -> None:
    batch = checked(client, paper)
    decide(client, batch.key, fault.fingerprint, "有说明", "数字经核实。")

    answer = client.get(f"/check/{batch.key}/{of}findings.{form}")
    words = words_of(answer.content)

    assert "attachment" in answer.headers["Content-Disposition"]
    assert fault.message in words
    assert "数字经核实。" in words


def words_of(data: bytes) -> str:
    """Every word in an office file's parts, marks of XML removed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    return html.unescape(re.sub(r"<[^>]*>", "", "".join(parts)))


def test_downloaded_verdicts__settle_the_finding_on_the_command_line(
    client: Client, paper: tuple[bytes, str], fault: Finding, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = checked(client, paper)
    decide(client, batch.key, fault.fingerprint, "有说明", "数字经核实。")
    for finding in check(faulty()):
        if finding.status == "FAIL":
            decide(client, batch.key, finding.fingerprint, "不成立")
    answer = client.get(f"/check/{batch.key}/1-1/verdicts.toml")
    kept, report = tmp_path / "处理意见.toml", tmp_path / "有误.docx"
    kept.write_bytes(answer.content)
    report.write_bytes(paper[0])

    assert "attachment" in answer.headers["Content-Disposition"]
    assert main(["check", str(report)]) == 1
    assert main(["check", str(report), "--verdicts", str(kept)]) == 0
    assert "处理：不成立" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["处理意见.toml", "处理意见.json"])
def test_loaded_verdicts__come_to_their_findings(client: Client, paper: tuple[bytes, str], fault: Finding, name: str) -> None:
    batch = checked(client, paper)
    lapsed = Verdict("0" * 16, Ruling.CONFIRMED)
    mine = Verdict(fault.fingerprint, Ruling.EXPLAINED, "以前写的说明。")
    data = dump({v.fingerprint: v for v in (mine, lapsed)}, name).encode()

    answer = client.post(f"/check/{batch.key}/verdicts/", {"file": upload(data, name)})

    assert "已载入 2 项处理，其中 1 项用在这里的年报上" in client.get(answer.url).content.decode()
    assert "以前写的说明。" in finding_of(client.get(f"/check/{batch.key}/1-1/").content.decode(), fault.fingerprint)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe\x00", "读不懂"),
        ("[[意见]]\n".encode(), "读不懂"),
        (b'"\xe6\x84\x8f\xe8\xa7\x81" = []\n', "没有一项填了处理"),
        (b"#" * (1024 * 1024 + 1), "超过 1 MB"),
        ('[["意见"]]\n"指纹" = "0123456789abcdef"\n"处理" = "有说明"\n"理由" = "绝密★长期"\n'.encode(), "密级标志"),
    ],
)
def test_file_that_holds_no_verdicts__is_refused_and_nothing_kept(
    client: Client, paper: tuple[bytes, str], tmp_path: Path, data: bytes, why: str
) -> None:
    batch = checked(client, paper)
    answer = client.post(f"/check/{batch.key}/verdicts/", {"file": upload(data, "意见.toml")})
    room = rooms.Room(tmp_path / "rooms" / client.session["room"])

    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert verdicts.verdicts(room) == {}


def test_verdicts__are_nobody_elses(client: Client, paper: tuple[bytes, str], fault: Finding) -> None:
    stranger = Client()
    batch = checked(client, paper)
    decide(client, batch.key, fault.fingerprint)

    assert decide(stranger, batch.key, fault.fingerprint, "不成立").status_code == 404
    assert stranger.get(f"/check/{batch.key}/verdicts.toml").status_code == 404
    again = checked(stranger, paper)
    assert "处理：" not in stranger.get(f"/check/{again.key}/1-1/").content.decode()
    held = load(client.get(f"/check/{batch.key}/verdicts.toml").content, "a.toml")
    assert held[fault.fingerprint].ruling is Ruling.CONFIRMED


def test_verdict_against_last_year__holds_while_it_is_laid_beside(client: Client) -> None:
    batch = checked(client, (write(report_of(2025), "docx"), "b.docx"), (write(report_of(2024), "docx"), "a.docx"))
    beside = f"{batch.key}.2-1"
    address = f"/check/{batch.key}/1-1/"
    page = client.get(f"{address}?previous={beside}").content.decode()
    part = next(p for p in page.split('<li class="finding ')[1:] if "R201" in p)
    (fingerprint,) = re.findall(r'name="fingerprint" value="(\w+)"', part)

    answer = decide(client, batch.key, fingerprint, previous=beside)

    assert f"?previous={beside}" in answer.url
    assert "处理：属实" in client.get(answer.url).content.decode()
    assert "处理：属实" not in client.get(address).content.decode()
