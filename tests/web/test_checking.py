"""Does the check screen show what is wrong and where, and hand out what was read?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from gongkai.checking import check
from gongkai.reading import read
from gongkai.returns import Report, blank_report, editions
from gongkai.writing import write
from gongkai.writing.layout import printed_tables
from tests.web.conftest import checked
from tests.web.reports import report_of


def faulty() -> Report:
    """One fault: the natural persons' column does not balance."""
    return report_of(2025, requests__carried_out__natural_person=2, requests__carried_out=2)


@pytest.fixture
def shown(client: Client) -> tuple[str, str]:
    """The address and the page of a report with a fault."""
    batch = checked(client, (write(faulty(), "docx"), "有误.docx"))
    address = f"/check/{batch.key}/1-1/"
    return address, client.get(address).content.decode()


def test_result__numbers_the_faulty_cells_as_the_list_does(shown: tuple[str, str]) -> None:
    _, page = shown
    number = re.findall(r'id="f-(\d+)" data-cells="[^"]*requests\.carried_out\.natural_person', page)[0]
    cell = page.split('id="c-requests.carried_out.natural_person"')[1].split("</td>")[0]

    assert f'href="#f-{number}"' in cell


def test_result__shows_body_year_and_edition(shown: tuple[str, str]) -> None:
    _, page = shown

    assert "青岚县司法局" in page
    assert "2025 年度年报" in page
    assert "2021年度起格式" in page


def test_result__shows_the_passage_with_the_words_marked(shown: tuple[str, str]) -> None:
    _, page = shown

    assert "<mark>2</mark>" in page


def test_result__charts_have_a_picture_words_and_a_table(client: Client, shown: tuple[str, str]) -> None:
    address, page = shown
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)

    assert figures
    for figure in figures:
        assert re.search(r'alt="[^"]{10,}"', figure)
        assert "查看数据" in figure
    picture = client.get(f"{address}charts/0.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert client.get(f"{address}charts/99.svg").status_code == 404


def test_findings__are_handed_out_as_the_command_line_writes_them(client: Client, shown: tuple[str, str]) -> None:
    address, _ = shown
    made = json.loads(client.get(f"{address}findings.json").content)
    failed = [i for i in made[0]["items"] if i["status"] == "FAIL"]
    expected = [f for f in check(faulty()) if f.status == "FAIL"]

    assert {i["rule"] for i in failed} == {f.rule for f in expected}
    assert "错误" in client.get(f"{address}findings.html").content.decode()
    assert client.get(f"{address}findings.exe").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "docx", "json"])
def test_report__is_handed_out_with_the_same_figures(client: Client, shown: tuple[str, str], kind: str) -> None:
    address, _ = shown

    (back,) = read(client.get(f"{address}report.{kind}").content, f"a.{kind}")

    assert {c: f.text for c, f in back.by_code.items()} == {c: f.text for c, f in faulty().by_code.items()}


def test_batch__findings_of_all_files_in_one(client: Client) -> None:
    batch = checked(client, (write(report_of(2024), "docx"), "a.docx"), (write(faulty(), "xlsx"), "b.xlsx"))
    made = json.loads(client.get(f"/check/{batch.key}/findings.json").content)

    assert len(made) == 2


def test_previous_year__is_checked_against_when_chosen(client: Client) -> None:
    batch = checked(client, (write(report_of(2024), "docx"), "a.docx"), (write(report_of(2025), "docx"), "b.docx"))
    address = f"/check/{batch.key}/2-1/"

    alone = client.get(address).content.decode()
    beside = client.get(f"{address}?previous={batch.key}.1-1").content.decode()

    # 3 were carried out of 2024, 1 carried into 2025.
    assert not re.search(r'class="finding[^"]*"[^>]*>(?:(?!</li>).)*R201', alone, re.DOTALL)
    assert re.search(r'class="finding[^"]*"[^>]*>(?:(?!</li>).)*R201', beside, re.DOTALL)


def test_compare__shows_both_years_and_the_change(client: Client) -> None:
    changed = report_of(2025, requests__new__natural_person=15, requests__new=15)
    batch = checked(client, (write(changed, "docx"), "b.docx"), (write(report_of(2024), "docx"), "a.docx"))

    page = client.get(f"/compare/?a={batch.key}.1-1&b={batch.key}.2-1").content.decode()
    row = page.split('class="p-label">一、本年新收政府信息公开申请数量—申请人情况—自然人')[1].split("</tr>")[0]

    figures = [re.sub(r"<[^>]*>", " ", f).split()[-1] for f in re.findall(r'<td class="p-figure.*?</td>', row, re.DOTALL)]
    assert figures == ["12", "15", "+3"]


def test_compare__warns_of_two_bodies(client: Client) -> None:
    batch = checked(client, (write(report_of(), "docx"), "a.docx"), (write(report_of(2024, "白溪县司法局"), "docx"), "b.docx"))

    assert "两份年报的单位不同" in client.get(f"/compare/?a={batch.key}.1-1&b={batch.key}.2-1").content.decode()


def test_progress__is_a_fragment_for_the_script_and_refreshes_without_one(client: Client) -> None:
    batch = checked(client, (write(report_of(), "docx"), "a.docx"))
    fragment = client.get(f"/check/{batch.key}/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert "检查完毕" in fragment


def test_progress__says_how_many_files_were_not_checked(client: Client) -> None:
    one = (write(report_of(), "docx"), "a.docx")
    sound = checked(client, one)
    mixed = checked(client, one, (b"", "b.docx"), (b"PK\x03\x04", "c.docx"))

    assert "没有检查" not in client.get(f"/check/{sound.key}/").content.decode()
    assert "3 个文件，找到 1 份年报；2 个文件没有检查，原因列在下面。" in client.get(f"/check/{mixed.key}/").content.decode()


def test_hostile_words__are_shown_as_words(client: Client) -> None:
    words = "青岚县司法局2025年政府信息公开工作年度报告\n一、总体情况\n<script>alert(1)</script>\n"
    batch = checked(client, (words.encode(), "<img src=x>.txt"))
    pages = client.get(f"/check/{batch.key}/").content.decode() + client.get(f"/check/{batch.key}/1-1/").content.decode()

    assert "<script>alert" not in pages
    assert "<img src=x>" not in pages


@pytest.mark.parametrize("number", range(5))
def test_real_reports__open_with_their_findings(client: Client, shared: Path, number: int) -> None:
    path = shared / "reports" / f"00{number}.txt"
    (report,) = read(path.read_bytes(), path.name)

    batch = checked(client, (path.read_bytes(), path.name))
    page = client.get(f"/check/{batch.key}/1-1/").content.decode()

    assert str(report.year) in page
    assert page.count('class="finding ') == sum(f.status in {"FAIL", "UNCERTAIN", "REMARK"} for f in check(report))


def test_maker__of_reports_balances(report: Callable[..., Report]) -> None:
    assert not [f for f in check(report()) if f.status == "FAIL"]


def test_rows_below_others__are_set_in_on_the_screen() -> None:
    style = (settings.PACKAGE / "ui" / "static" / "ui" / "desk.css").read_text(encoding="utf-8")
    widths = {int(n): float(w) for n, w in re.findall(r"\.indent-(\d+) \{ padding-left: ([\d.]+)rem", style)}
    used = {c.indent for e in editions() for t in printed_tables(blank_report(e, None, None)) for c in t.cells if c.indent}

    assert used
    assert used <= widths.keys()
    assert [widths[n] for n in sorted(widths)] == sorted(set(widths.values()))


def test_samples__are_offered_where_they_lie_and_checked(client: Client, tmp_path: Path, settings: Any) -> None:
    settings.SAMPLES = tmp_path / "none"
    assert "样例" not in client.get("/check/").content.decode()

    settings.SAMPLES = tmp_path / "samples"
    settings.SAMPLES.mkdir()
    (settings.SAMPLES / "样例.docx").write_bytes(write(report_of(), "docx"))
    assert "用随附的 1 份样例试一试" in client.get("/check/").content.decode()

    (settings.SAMPLES / "cn2021").mkdir()
    (settings.SAMPLES / "cn2021" / "2024.docx").write_bytes(write(report_of(), "docx"))
    (settings.SAMPLES / "demo.txt").write_text("cn2021/2024.docx\t1-年报.docx\n样例.docx\t2-样例.docx\n", encoding="utf-8")
    assert "用随附的 2 份样例试一试" in client.get("/check/").content.decode()

    response = client.post("/check/", {"act": "samples"})
    assert response.status_code == 302
