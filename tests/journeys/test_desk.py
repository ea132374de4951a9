"""Can the desk's two jobs be done in a real browser: with the mouse, with the keyboard, on a phone, without scripts?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.writing import write
from tests.web.reports import FIGURES, report_of

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def faulty(papers: Path) -> Path:
    """A report with one fault."""
    path = papers / "有误.docx"
    path.write_bytes(write(report_of(2025, requests__carried_out__natural_person=2, requests__carried_out=2), "docx"))
    return path


@pytest.fixture(scope="module")
def in_pdf(papers: Path) -> Path:
    """The same report as a PDF."""
    path = papers / "有误.pdf"
    path.write_bytes(write(report_of(2025, requests__carried_out__natural_person=2, requests__carried_out=2), "pdf"))
    return path


@pytest.fixture(scope="module")
def year_before(papers: Path) -> Path:
    """The report of the year before."""
    path = papers / "去年.docx"
    path.write_bytes(write(report_of(2024), "docx"))
    return path


def begin(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="开始编制").click()
    page.get_by_label("单位名称").fill("青岚县司法局")
    page.get_by_label("报告年度").fill("2025")
    page.get_by_role("button", name="开始填写").click()


def cell(code: str) -> str:
    return f'[name="cell.{code}"]'


def check(page: Page, *paths: Path) -> None:
    page.goto("/check/")
    page.get_by_label("选择一份或几份年报").set_input_files([str(p) for p in paths])
    page.get_by_role("button", name="开始检查").click()
    page.get_by_text("检查完毕").wait_for()


def test_written_report__is_checked_clean_in_every_format(visit: Visit, papers: Path) -> None:
    page = visit()
    begin(page)
    for box in page.locator("td.entry input").all():
        box.fill("0")
    for code, value in FIGURES.items():
        page.fill(cell(code), str(value))
    expect(page.locator("#saved")).to_contain_text("已于")
    page.locator("summary", has_text="下载").click()
    paths = []
    for kind in ("docx", "html", "xlsx", "json"):
        with page.expect_download() as download:
            page.locator(f'a[href$="/download/{kind}/"]').first.click()
        paths.append(papers / download.value.suggested_filename)
        download.value.save_as(paths[-1])
        assert paths[-1].name == f"青岚县司法局2025年政府信息公开工作年度报告.{kind}"

    check(page, *paths)

    rows = page.locator("table.results tbody tr")
    assert rows.count() == 4
    for row in rows.all():
        assert "青岚县司法局" in row.inner_text()
        assert "错误" not in row.inner_text()


def test_typed_fault__is_outlined_numbered_and_led_to(visit: Visit) -> None:
    page = visit()
    begin(page)
    page.fill(cell("requests.new.natural_person"), "-2")
    box = page.locator("td.fault-FAIL", has=page.locator(cell("requests.new.natural_person")))
    expect(box).to_have_count(1)
    number = box.locator(".mark").first.inner_text()

    page.locator(f"#f-{number} a[data-cell]").first.click()

    assert page.evaluate("document.activeElement.name || location.hash") in {
        "cell.requests.new.natural_person",
        "#i-requests.new.natural_person",
    }


def test_keyboard_alone__fills_the_grid_and_saves(visit: Visit) -> None:
    page = visit()
    begin(page)
    page.locator(cell("requests.new.natural_person")).focus()
    for keys in ("3", "Enter", "1", "ArrowRight", "2", "ArrowUp", "5"):
        page.keyboard.press(keys) if len(keys) > 1 else page.keyboard.type(keys)
    expect(page.locator("#saved")).to_contain_text("已于")

    assert page.input_value(cell("requests.new.natural_person")) == "3"
    assert page.input_value(cell("requests.carried_in.natural_person")) == "1"
    assert page.input_value(cell("requests.carried_in.company")) == "2"
    assert page.input_value(cell("requests.new.company")) == "5"


def test_keyboard_alone__first_stop_skips_to_the_text(visit: Visit) -> None:
    page = visit()
    page.goto("/check/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_pasted_block__fills_the_cells_beside_and_below(visit: Visit) -> None:
    page = visit()
    begin(page)
    page.locator(cell("requests.new.natural_person")).focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "1\\t2\\t3\\n4\\t5\\t6\\n\\t\\t\\n7\\t8\\t9\\n");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )

    assert page.input_value(cell("requests.carried_in.research")) == "6"
    # The empty line is the heading row 三、本年度办理结果, which has no cells.
    assert page.input_value(cell("outcome.granted.natural_person")) == "7"


def test_totals__are_computed_on_request_and_typed_ones_stay(visit: Visit) -> None:
    page = visit()
    begin(page)
    for kind, value in (("upheld", 1), ("corrected", 2), ("other", 0), ("pending", 0)):
        page.fill(cell(f"reviews.{kind}"), str(value))
    page.fill(cell("litigation.direct"), "9")
    expect(page.locator(cell("reviews"))).to_have_attribute("placeholder", "3")
    page.get_by_role("button", name="填入空白的合计").click()

    expect(page.locator(cell("reviews"))).to_have_value("3")
    expect(page.locator(cell("litigation.direct"))).to_have_value("9")


def test_last_year__is_shown_beside_the_cells(visit: Visit, year_before: Path) -> None:
    page = visit()
    begin(page)
    page.fill(cell("requests.new.natural_person"), "20")
    page.locator("summary", has_text="上年对照").click()
    page.locator("#previous-file").set_input_files(str(year_before))
    page.get_by_role("button", name="打开对照").click()

    expect(page.locator("td.entry", has=page.locator(cell("requests.new.natural_person")))).to_contain_text("上年 12")
    assert page.input_value(cell("requests.new.natural_person")) == "20"


def test_many_reports_in_an_archive__are_checked_and_compared(
    visit: Visit, papers: Path, faulty: Path, year_before: Path
) -> None:
    archive = papers / "年报.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in (faulty, year_before):
            made.write(path, path.name)
        made.writestr("照片.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)
    page = visit()
    check(page, archive)

    assert page.locator("table.results tbody tr").count() == 3
    assert "是图片" in page.locator("table.results").inner_text()

    page.get_by_role("link", name="选两份对照").click()
    page.get_by_role("button", name="对照").click()
    expect(page.locator("h2", has_text="2024 与 2025")).to_be_visible()
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="有误.docx").click()
    # Before its script has run a mark is an ordinary link.
    page.wait_for_load_state("load")
    expect(page.locator("canvas").first).to_be_visible()
    page.locator("a.mark").first.click()
    expect(page.locator(".finding.chosen")).to_have_count(1)
    expect(page.locator("td.chosen")).to_have_count(1)
    assert page.locator("canvas").count() >= 1


def test_verdict__is_given_by_keyboard_carried_away_and_brought_back(visit: Visit, papers: Path, faulty: Path) -> None:
    page = visit()
    check(page, faulty)
    page.get_by_role("link", name="有误.docx").click()
    form = page.locator(".finding-FAIL .verdict-form").first
    form.locator("summary").focus()
    for keys in ("Enter", "Tab", "Space", "ArrowDown", "Tab", "Tab", "Enter"):
        page.keyboard.press(keys)
    expect(page.get_by_role("alert")).to_contain_text("没有写理由")
    form.get_by_label("理由", exact=True).focus()
    page.keyboard.type("结转数以台账为准。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-words")).to_contain_text("处理：有说明")
    page.locator("summary", has_text="下载").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="处理意见").click()
    kept = papers / "处理意见.toml"
    download.value.save_as(kept)

    other = visit()
    check(other, faulty)
    expect(other.locator("table.results")).to_contain_text("已处理 0/")
    other.locator(".load-verdicts summary").click()
    other.locator("#verdicts-file").set_input_files(str(kept))
    other.get_by_role("button", name="载入").click()
    expect(other.get_by_role("status").filter(has_text="已载入")).to_contain_text("已载入 1 项")
    expect(other.locator("table.results")).to_contain_text("已处理 1/")


@pytest.mark.parametrize("javascript", [True, False])
def test_finding_in_a_pdf__leads_to_its_page_with_the_cell_outlined(visit: Visit, in_pdf: Path, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto("/check/")
    page.locator("#files").set_input_files(str(in_pdf))
    page.get_by_role("button", name="开始检查").click()
    page.get_by_text("检查完毕").wait_for()
    page.get_by_role("link", name="有误.pdf").click()
    page.locator("a.cut").first.click()

    expect(page.locator("rect.outline.chosen").first).to_be_visible()
    drawn = page.locator("svg image").first
    address = drawn.get_attribute("href")
    assert address is not None
    assert page.request.get(address).headers["content-type"] == "image/png"
    page.get_by_role("link", name="返回检查结果").click()
    page.wait_for_url("**/1-1/#f-*")


def test_phone__both_jobs_fit_the_screen(visit: Visit, faulty: Path) -> None:
    page = visit(390)
    begin(page)
    page.fill(cell("requests.new.natural_person"), "-2")
    expect(page.locator(".to-findings")).to_contain_text("错误")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check(page, faulty)
    page.get_by_role("link", name="有误.docx").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".finding").first).to_be_visible()


def test_without_scripts__reports_are_checked_and_forms_are_saved(visit: Visit, faulty: Path) -> None:
    page = visit(javascript=False)
    page.goto("/check/")
    page.locator("#files").set_input_files(str(faulty))
    page.get_by_role("button", name="开始检查").click()
    for _ in range(60):
        if "检查完毕" in page.content():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.locator("a", has_text="有误.docx").click()
    assert re.search(r"R10\d", page.content())
    begin(page)
    page.fill(cell("requests.new.natural_person"), "-2")
    page.get_by_role("button", name="保存并核对").click()

    assert page.locator("td.fault-FAIL").count() >= 1


def test_file_too_large__is_told_before_it_is_sent(visit: Visit, papers: Path) -> None:
    big = papers / "大.txt"
    big.write_bytes(b"x" * (21 * 1024 * 1024))
    page = visit()
    page.goto("/check/")
    page.locator("#files").set_input_files(str(big))

    expect(page.locator(".problem")).to_contain_text("超过 20 MB")


@pytest.mark.parametrize("width", [390, 1366])
def test_every_screen__is_clean_to_axe(
    visit: Visit, axe: Callable[[Page], list[str]], faulty: Path, in_pdf: Path, width: int
) -> None:
    page = visit(width)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if complaints := axe(page):
            found[name] = complaints

    for address in (
        "/",
        "/write/",
        "/check/",
        "/compare/",
        "/help/",
        "/help/填报/",
        "/help/rules/",
        "/help/rules/R101/",
        "/help/editions/cn2021/",
        "/about/",
    ):
        page.goto(address)
        look(address)
    begin(page)
    page.fill(cell("requests.new.natural_person"), "-2")
    expect(page.locator("td.fault-FAIL")).to_have_count(1)
    look("form")
    page.locator("summary", has_text="下载").click()
    look("form with an open menu")
    check(page, faulty)
    look("batch")
    page.get_by_role("link", name="有误.docx").click()
    look("result")
    page.locator(".verdict-form").first.locator("summary").click()
    page.get_by_role("button", name="保存处理").first.click()
    page.get_by_role("alert").wait_for()
    look("verdict refused")
    check(page, in_pdf)
    page.get_by_role("link", name="有误.pdf").click()
    look("result of a PDF")
    page.locator("a.cut").first.click()
    page.locator("rect.outline").first.wait_for()
    look("page of a PDF")
    page.goto("/clear/")
    look("clear")

    assert found == {}
