"""Are figures of real reports read back from every layout without one wrong value?

The figures in this folder are those of published reports, without names, places and sentences. Each set is laid out
anew in every layout of :mod:`tests.real.layouts`; what a reader leaves out it must leave out, but a value it gives
must be the one printed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongkai.kernel import State
from gongkai.reading import read
from gongkai.returns import Cell, Edition, Report, edition, editions
from tests.conftest import unmeasured
from tests.real.layouts import AGENCY, LAYOUTS, report

FOLDER = Path(__file__).parent
SETS = sorted(path.stem for path in FOLDER.glob("[0-9]*.json"))
# Merging cells is slow work for the library that makes Word files; and two layouts differ from others in encoding alone.
SOME = {"docx_merged.docx": SETS[::8], "html_gb18030.html": SETS[::4], "text_cells_apart.txt": SETS[::4]}
IN_YUAN = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(100000000)}


@cache
def figures(name: str) -> tuple[Edition, int, Mapping[str, str]]:
    """A set: its edition, its year and the text of each cell."""
    raw: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return edition(raw["edition"]), raw["year"], raw["figures"]


def meant(cell: Cell, text: str) -> tuple[State, Decimal | None]:
    """The state and, in the cell's unit, the value that a text stands for, worked out apart from the reader."""
    if not text:
        return State.BLANK, None
    if text == "-":
        return State.DASH, None
    parts = re.fullmatch(r"\+?([\d.]+)(亿元|万元|元)?", text)
    assert parts, f"{cell.code}: {text}"
    value = Decimal(parts[1])
    if parts[2]:
        assert cell.unit is not None
        value = value * IN_YUAN[parts[2]] / IN_YUAN[cell.unit]
    return State.NUMBER, value


def wrong(read_back: Report, form: Edition, printed: Mapping[str, str]) -> list[str]:
    """Each figure that is not what is printed: another value, another state, a cell given twice."""
    faults = []
    seen: set[str] = set()
    for figure in read_back.figures:
        if figure.code is None:
            faults.append(f"a row the form does not have: {figure.row} {figure.text}")
            continue
        if figure.code in seen:
            faults.append(f"{figure.code} twice")
        seen.add(figure.code)
        expected = meant(form.cells[figure.code], printed.get(figure.code, ""))
        if (figure.state, figure.value) != expected:
            faults.append(f"{figure.code}: {figure.state} {figure.value} for {expected}")
    return faults


def unread(read_back: Report, form: Edition, printed: Mapping[str, str]) -> list[str]:
    """Cells left out although their table holds a figure; a table that is empty throughout may be left out."""
    found = {f.code for f in read_back.figures}
    tables = [t for t in form.tables if any(c.code in printed for c in t.cells)]
    return [c.code for t in tables for c in t.cells if c.code not in found and (c.code in printed or not c.optional)]


def faults_of(layout: str, names: Iterable[str]) -> dict[str, list[str]]:
    """What does not come back as it was printed, by set."""
    faults = {}
    for name in names:
        form, year, printed = figures(name)
        (found,) = read(LAYOUTS[layout](report(form, year, printed)), f"{name}-{layout}", editions())
        assert found.edition is form
        bad = wrong(found, form, printed) + [f"left out: {code}" for code in unread(found, form, printed)]
        if (found.agency, found.year) != (AGENCY, year):
            bad.append(f"{found.agency} {found.year}")
        if bad:
            faults[name] = bad[:5]
    return faults


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout__real_figures_come_back_without_a_wrong_value(layout: str) -> None:
    names = SOME.get(layout, SETS)
    faults = faults_of(layout, names[::8])
    with unmeasured():
        faults |= faults_of(layout, [name for at, name in enumerate(names) if at % 8])
    assert not faults


def test_sets__cover_every_edition() -> None:
    assert {figures(name)[0].key for name in SETS} == {e.key for e in editions()}
    assert len(SETS) >= 60


def test_sets__hold_cells_of_their_edition_only() -> None:
    for name in SETS:
        form, _, printed = figures(name)
        assert set(printed) <= set(form.cells), name
        for code, text in printed.items():
            meant(form.cells[code], text)


@pytest.mark.parametrize("name", SETS[:4])
def test_text_cells__lost_row_is_left_out_and_moves_nothing(name: str) -> None:
    form, year, printed = figures(name)
    text = LAYOUTS["text_cells.txt"](report(form, year, printed)).decode()
    start, end = text.index("3.危及“三安全"), text.index("4.保护第三方")
    for found in read((text[:start] + text[end:]).encode(), f"{name}.txt", editions()):
        assert not wrong(found, form, printed)


@pytest.mark.parametrize("name", SETS[:4])
def test_text_cells__repeated_lines_removed_give_no_wrong_value(name: str) -> None:
    form, year, printed = figures(name)
    lines = LAYOUTS["text_cells.txt"](report(form, year, printed)).decode().split("\n")
    for found in read("\n".join(dict.fromkeys(lines)).encode(), f"{name}.txt", editions()):
        assert not wrong(found, form, printed)


@pytest.mark.parametrize("name", SETS[:4])
def test_text_bars__header_lost_leaves_out_the_rows_whose_sum_does_not_come_out(name: str) -> None:
    form, year, printed = figures(name)
    lines = LAYOUTS["text_bars.txt"](report(form, year, printed)).decode().split("\n")
    kept = [line for line in lines if "自然人" not in line and "商业企业" not in line]
    for found in read("\n".join(kept).encode(), f"{name}.txt", editions()):
        assert not wrong(found, form, printed)
    total_first = [_moved(line) if line.count("|") >= 7 else line for line in kept]
    for found in read("\n".join(total_first).encode(), f"{name}.txt", editions()):
        told = [f for f in found.figures if f.code and f.code.startswith("outcome") and f.value]
        assert not told


def _moved(line: str) -> str:
    """A row of bars with its last cell moved before its first number."""
    cells = line.strip().strip("|").split("|")
    first = next((at for at, cell in enumerate(cells) if cell.strip().isdigit()), len(cells))
    return "|".join([*cells[:first], *cells[-1:], *cells[first:-1]]) + "|"


def test_two_reports_in_one_file__each_has_its_own_figures() -> None:
    names = [n for n in SETS if figures(n)[0].key == "cn2021" and len(figures(n)[2]) == 200]
    first, second = names[0], next(n for n in names if figures(n)[1] != figures(names[0])[1])
    blocks = [b for n in (first, second) for b in report(*figures(n))]
    for layout in ("html_merged.html", "text_bars.txt", "text_cells.txt", "xlsx_merged.xlsx"):
        by_year = {r.year: r for r in read(LAYOUTS[layout](blocks), layout, editions())}
        for name in (first, second):
            form, year, printed = figures(name)
            assert not wrong(by_year[year], form, printed)
            assert len(by_year[year].by_code) == 200
