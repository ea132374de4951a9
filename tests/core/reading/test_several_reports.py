"""Does each of several reports in one file come out with its own body, year and figures?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gongkai.reading import read
from gongkai.returns import Report
from gongkai.writing import write
from tests.core.reading.printing import TEXT_LAYOUTS, lines, made

FIRST = replace(made(("cn2021", 3)), agency="甲市司法局", year=2022)
SECOND = replace(made(("cn2021", 5)), agency="甲市财政局", year=2023)


def page(report: Report, heading: str) -> str:
    return re.sub(r"<h1.*?</h1>", heading, write(report, "html").decode(), count=1, flags=re.DOTALL)


def text(report: Report, title: str, layout: str) -> str:
    printed = [line for line in lines(report, TEXT_LAYOUTS[layout]) if "年度报告" not in line]
    return "\n".join([title, *printed, ""])


def found(data: str, name: str) -> list[tuple[str | None, int | None, int]]:
    return [(r.agency, r.year, len(r.figures)) for r in read(data.encode(), name)]


BOTH = [("甲市司法局", 2022, 200), ("甲市财政局", 2023, 200)]


@pytest.mark.parametrize(
    "heading",
    [
        "<h1>{}{}年政府信息公开工作年度报告</h1>",
        "<h1>{}<br>{}年政府信息公开工作年度报告</h1>",
        "<p>{}</p><h1>{}年政府信息公开工作年度报告</h1>",
        "<p>{}</p><p>{}年度</p><h1>政府信息公开工作年度报告</h1>",
        "<h1>{}{}年政府信息公开<br>工作年度报告</h1>",
    ],
)
def test_two_pages_in_one_file__are_two_reports(heading: str) -> None:
    pages = [page(report, heading.format(report.agency, report.year)) for report in (FIRST, SECOND)]

    assert found("".join(pages), "a.html") == BOTH
    assert found(f"{pages[0]}\n<!-- </html><html> -->\n{pages[1]}", "a.html") == BOTH


def test_page_pasted_into_another__is_read_once() -> None:
    inner = page(FIRST, "<h1>甲市司法局2022年政府信息公开工作年度报告</h1>")

    assert found(f"<html><body><div>{inner}</div><p>版权所有</p></body></html>", "a.html") == BOTH[:1]


def test_figures_of_a_second_page__have_their_lines_in_the_file() -> None:
    one, two = (page(r, f"<h1>{r.agency}{r.year}年政府信息公开工作年度报告</h1>") for r in (FIRST, SECOND))

    first, second = read((one + two).encode(), "a.html")
    assert max(f.place.line or 0 for f in first.figures) <= one.count("\n") + 1
    assert min(f.place.line or 0 for f in second.figures) > one.count("\n")


def test_same_figures_of_another_body__are_not_left_out() -> None:
    other = replace(FIRST, agency="甲市财政局")
    pages = [page(r, f"<h1>{r.agency}2022年政府信息公开工作年度报告</h1>") for r in (FIRST, other)]

    assert found("".join(pages), "a.html") == [("甲市司法局", 2022, 200), ("甲市财政局", 2022, 200)]


@pytest.mark.parametrize("layout", list(TEXT_LAYOUTS))
def test_two_texts_in_one_file__have_the_body_above_their_title(layout: str) -> None:
    pages = [text(r, f"{r.agency}\n\n{r.year}年政府信息公开工作年度报告", layout) for r in (FIRST, SECOND)]

    assert found("\n".join(pages), "a.txt") == BOTH


def test_two_years_of_one_body__are_two_reports() -> None:
    later = replace(SECOND, agency=FIRST.agency)
    pages = [text(r, f"{r.agency}\n{r.year}年政府信息公开工作年度报告", "tabs") for r in (FIRST, later)]

    assert found("".join(pages), "a.txt") == [("甲市司法局", 2022, 200), ("甲市司法局", 2023, 200)]


def test_signature_of_the_first__is_not_the_second_body() -> None:
    pages = [text(r, f"{r.year}年政府信息公开工作年度报告", "tabs") + f"{r.agency}\n" for r in (FIRST, SECOND)]

    assert "甲市司法局" not in [agency for agency, _, _ in found("".join(pages), "a.txt")[1:]]
