"""What do the screens look like at three widths, and which faults of looks can a machine see in them?

``python -m tools.shots [SCREEN…]`` starts the program in an empty folder of its own, and once more in one with the demo office, goes to every screen with the system's
Chromium, writes ``shots/SCREEN-WIDTH.png`` and looks for sideways scrolling, text under 14 px, cut-off text, overlapping
controls and what axe finds, contrast among it. Exit code 1 when there is any.
"""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tools import shots_demo

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (390, 1366, 1920)
AXE = ROOT / "frontend" / "node_modules" / "axe-core"
LOOK = (ROOT / "tools" / "look.js").read_text(encoding="utf-8")
OUT = ROOT / "shots"
SAMPLES = ROOT / "samples"


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen's name and the way to it; the way starts at the first page of a new visitor."""

    name: str
    reach: Callable[[Page], object]


@contextmanager
def server(*, demo: bool = False) -> Iterator[str]:
    """The program, running in an empty folder or one with the demo office; yields its address and stops it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryFile() as log:
        program = str(Path(sys.executable).parent / "gongkai")
        if demo:
            subprocess.run([program, "demo", "--data", data], check=True, stdout=log)
        command = [program, "serve", "--address", f"127.0.0.1:{port}", "--data", data]
        running = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "TZ": "UTC"})
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(base + "/", timeout=5).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    if running.poll() is not None:
                        break
                    time.sleep(0.25)
            else:
                running.terminate()
            if running.poll() is not None:
                log.seek(0)
                raise SystemExit("the server did not start:\n" + log.read().decode("utf-8", errors="replace"))
            yield base
        finally:
            stopped_by_itself = running.poll() is not None
            running.terminate()
            running.wait(timeout=30)
            log.seek(0)
            words = log.read().decode("utf-8", errors="replace")
            if stopped_by_itself or "Traceback" in words:
                print(f"the server's own words (it stopped by itself: {stopped_by_itself}):\n{words}", file=sys.stderr)


def at(path: str) -> Callable[[Page], object]:
    """The way to a screen that has an address of its own."""
    return lambda page: page.goto(path)


def begin(page: Page, *, year: str, agency: str = "青岚县司法局", edition: str = "") -> None:
    """Start a draft."""
    page.goto("/write/")
    page.get_by_label("单位名称").fill(agency)
    page.get_by_label("报告年度").fill(year)
    page.get_by_label("格式", exact=True).select_option(edition)
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_load_state()


def fill_wrongly(page: Page) -> None:
    """A draft whose row does not add up and whose dash is no number."""
    begin(page, year="2024")
    cells = page.locator("table.printed input")
    for index, value in enumerate(("3", "1", "2", "5", "—", "8.5")):
        cells.nth(index).fill(value)
    page.get_by_role("button", name="保存并核对").click()
    page.locator("ol.findings > li").first.wait_for()


def hand_in(page: Page, *files: Path) -> None:
    """Upload files and wait until they are checked."""
    page.goto("/check/")
    page.set_input_files("#files", [str(file) for file in files])
    page.get_by_role("button", name="开始检查").click()
    page.get_by_role("status").filter(has_text="检查完毕").wait_for(timeout=120_000)


@cache
def samples() -> tuple[Path, ...]:
    """The reports that `make demo` checks, copied to the names they are shown under; removed when the program ends."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    listed = [line.split("\t") for line in (SAMPLES / "demo.txt").read_text(encoding="utf-8").splitlines()]
    return tuple(Path(shutil.copyfile(SAMPLES / file, folder / name)) for file, name in listed)


def result(page: Page, *, faulty: bool) -> None:
    """The page of one checked report, with faults or without."""
    hand_in(page, *samples())
    rows = page.locator("table.results tbody tr")
    wrong = page.locator(".status-FAIL")
    (rows.filter(has=wrong) if faulty else rows.filter(has_not=wrong)).first.locator("a").first.click()
    page.wait_for_url("**/check/*/*-*/")


def pointed(page: Page) -> None:
    """A finding opened, its cell in sight."""
    result(page, faulty=True)
    cell = page.locator(".finding-cells a").first
    cell.click()


def pdf_result(page: Page) -> None:
    """The result of the sample that is a PDF."""
    hand_in(page, *[path for path in samples() if path.suffix == ".pdf"])
    page.locator("table.results tbody a").first.click()
    page.wait_for_url("**/check/*/*-*/")


def verdict_missing(page: Page) -> None:
    """A verdict without the reason it needs."""
    result(page, faulty=True)
    form = page.locator(".verdict-form").first
    form.locator("summary").click()
    form.get_by_label("有说明").check()
    form.get_by_role("button", name="保存处理").click()
    page.get_by_role("alert").wait_for()


def verdict_kept(page: Page) -> None:
    """A verdict shown at its finding."""
    verdict_missing(page)
    page.get_by_label("理由", exact=True).first.fill("办结时间跨年度，结转数以台账为准，已在正文第三部分说明。")
    page.get_by_role("button", name="保存处理").first.click()
    page.locator(".verdict-words").first.wait_for()


def verdicts_in_batch(page: Page) -> None:
    """A batch in which something was decided, about to load more."""
    verdict_kept(page)
    page.get_by_role("link", name="返回检查结果一览").click()
    page.locator(".load-verdicts summary").click()


def whole_page(page: Page) -> None:
    """A page of a PDF with what findings speak of outlined."""
    pdf_result(page)
    page.locator("a.cut").first.click()
    page.wait_for_url("**/pages/**")


def with_previous(page: Page) -> None:
    """A draft beside last year's report."""
    begin(page, year="2025")
    page.locator("summary", has_text="上年对照").click()
    page.set_input_files("#previous-file", str(samples()[0]))
    page.get_by_role("button", name="打开对照").click()
    page.locator(".before").first.wait_for()


def refused(page: Page, content: bytes, name: str) -> None:
    """A file that the program will not take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        page.goto("/check/")
        page.set_input_files("#files", str(path))
        page.get_by_role("button", name="开始检查").click()
        page.wait_for_load_state("networkidle")


def years_side_by_side(page: Page) -> None:
    """Two reports compared cell by cell."""
    hand_in(page, *samples())
    page.goto("/compare/")
    page.get_by_role("button", name="对照", exact=True).click()
    page.locator("table.compare").wait_for()


def opened(label: str) -> Callable[[Page], object]:
    """A draft with one of its tools open."""

    def reach(page: Page) -> None:
        begin(page, year="2024")
        page.locator("summary", has_text=label).click()

    return reach


def work_going_on(page: Page) -> None:
    """The first page of somebody who has a draft and a batch."""
    begin(page, year="2024")
    hand_in(page, *samples())
    page.goto("/")


def choose(edition: int) -> Callable[[Page], object]:
    """A draft in the edition with that number in the list."""

    def reach(page: Page) -> None:
        page.goto("/write/")
        value = page.locator("#edition option").nth(edition).get_attribute("value") or ""
        begin(page, year="2012", edition=value)

    return reach


SCREENS = (
    Screen("01-home", at("/")),
    Screen("02-home-with-work", work_going_on),
    Screen("03-write", at("/write/")),
    Screen("04-write-year-refused", lambda page: begin(page, year="20x4")),
    Screen("05-form-2021", lambda page: begin(page, year="2024")),
    Screen("06-form-2021-faults", fill_wrongly),
    Screen("07-form-last-year", with_previous),
    Screen("08-form-downloads", opened("下载")),
    Screen("09-form-oldest", choose(-1)),
    Screen("10-check", at("/check/")),
    Screen("11-check-batch", lambda page: hand_in(page, *samples())),
    Screen("12-check-result", lambda page: result(page, faulty=True)),
    Screen("13-check-pointed", pointed),
    Screen("14-check-clean", lambda page: result(page, faulty=False)),
    Screen("15-check-not-a-report", lambda page: refused(page, "会议纪要\n本周没有年报。\n".encode(), "纪要.txt")),
    Screen("16-check-damaged", lambda page: refused(page, b"PK\x03\x04 broken", "年报.docx")),
    Screen("17-check-classified", lambda page: refused(page, "机密★10年\n2024年年报\n".encode(), "年报.txt")),
    Screen("18-compare", years_side_by_side),
    Screen("19-compare-empty", at("/compare/")),
    Screen("20-help", at("/help/")),
    Screen("21-help-topic", lambda page: (page.goto("/help/"), page.locator("main a[href*='/help/']").first.click())),
    Screen("22-help-rules", at("/help/rules/")),
    Screen("23-help-rule", at("/help/rules/R101/")),
    Screen("24-help-editions", at("/help/editions/")),
    Screen(
        "25-help-edition",
        lambda page: (page.goto("/help/editions/"), page.locator("main a[href*='/help/editions/']").first.click()),
    ),
    Screen("26-about", at("/about/")),
    Screen("27-clear", at("/clear/")),
    Screen("28-not-found", at("/nothing-here/")),
    Screen("29-check-pdf", pdf_result),
    Screen("30-check-page", whole_page),
    Screen("31-verdict-missing", verdict_missing),
    Screen("32-verdict-kept", verdict_kept),
    Screen("33-verdicts-in-batch", verdicts_in_batch),
)

DEMO = tuple(Screen(name, reach) for name, reach in shots_demo.SCREENS)


def faults(page: Page) -> list[str]:
    """What look.js and axe find in the page as it stands."""
    found: list[str] = list(page.evaluate(LOOK))
    page.evaluate((AXE / "axe.min.js").read_text(encoding="utf-8"))
    report = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    for violation in report["violations"]:
        places = [str(node["target"][0]) for node in violation["nodes"]]
        found.append(
            f"axe {violation['id']} ({violation['impact']}): {violation['help']} – {len(places)} ×, {', '.join(places[:3])}"
        )
    return found


def shoot(browser: Browser, base: str, screen: Screen) -> list[str]:
    """Take the screen at every width; returns its faults."""
    found = []
    for width in WIDTHS:
        context = browser.new_context(
            base_url=base, viewport={"width": width, "height": 844 if width < 768 else 900}, locale="zh-CN", bypass_csp=True
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        errors: list[str] = []
        page.on("pageerror", lambda error, errors=errors: errors.append(f"script error: {error}"))
        page.goto("/")
        try:
            screen.reach(page)
            page.wait_for_load_state("networkidle")
        except Error as error:
            found.append(f"{screen.name} at {width} px cannot be reached: {error.message.splitlines()[0]}")
        page.screenshot(path=str(OUT / f"{screen.name}-{width}.png"), full_page=True, animations="disabled")
        found += [f"{screen.name} at {width} px: {fault}" for fault in [*faults(page), *errors]]
        context.close()
    return found


def main() -> int:
    """Take the named screens, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("screens", nargs="*", metavar="SCREEN")
    wanted = parser.parse_args().screens
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print(
            "没有找到 Chromium，无法拍下页面。请先安装，例如在 Debian 12 上执行：apt install chromium，然后重新执行本命令。",
            file=sys.stderr,
        )
        return 2
    OUT.mkdir(exist_ok=True)
    found: list[str] = []
    for demo, screens in ((False, SCREENS), (True, DEMO)):
        chosen = [s for s in screens if not wanted or any(s.name.endswith(name) or s.name.startswith(name) for name in wanted)]
        if not chosen:
            continue
        with server(demo=demo) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for screen in chosen:
                print(f"　　{screen.name}", flush=True)
                found += shoot(browser, base, screen)
            browser.close()
    for fault in found:
        print(fault)
    print(f"图片在 {OUT.relative_to(ROOT)} 目录，发现 {len(found)} 处问题。")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
