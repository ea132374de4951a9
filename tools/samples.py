"""How are the sample reports made? From ``samples/source/*.toml``, in every format, clean and with planted faults.

``python tools/samples.py`` writes ``samples/reports/NAME.FORMAT`` and ``samples/faults/NAME.FORMAT``, and the few that
``make demo`` checks to ``samples/demo``. Bodies and figures are invented. A cell a source does not name holds 0; totals are
computed, unless a fault sets one.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.kernel import Figure, State
from gongkai.returns import Cell, Report, Section, blank_report, edition, figure_of, with_totals
from gongkai.writing import FORMATS, write

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
# What `make demo` checks: (source, with faults, format).
DEMO = (
    ("linyan-2023", False, "docx"),
    ("linyan-2024", True, "docx"),
    ("songlan-2018", True, "html"),
    ("yanhu-2010", False, "pdf"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented report, the same with planted faults, and the rules that must find them."""

    name: str
    clean: Report
    faulty: Report
    rules: frozenset[str]


def figure(cell: Cell, number: int | str | Decimal) -> Figure:
    """A number as the form has it: changes with their sign, nothing else adorned."""
    value = Decimal(number)
    return figure_of(cell, f"{value:+f}" if cell.signed and value else f"{value:f}", value, State.NUMBER)


def filled(report: Report, numbers: Mapping[str, Any]) -> Report:
    """The report with these cells set; KeyError names a cell the edition does not have."""
    cells = report.edition.cells if report.edition else {}
    unknown = sorted(set(numbers) - set(cells))
    if unknown:
        raise KeyError(f"no such cells in {report.edition}: {', '.join(unknown)}")
    return replace(
        report, figures=tuple(figure(cells[f.code or ""], numbers[f.code]) if f.code in numbers else f for f in report.figures)
    )


def sample(path: Path) -> Sample:
    """The sample that a source describes."""
    source = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    form = edition(source["edition"])
    told = {section["title"]: tuple(section["paragraphs"]) for section in source["section"]}
    sections = tuple(Section(title, told.pop(title, ())) for title in form.sections)
    if told:
        raise KeyError(f"{path.name}: no such sections in {form.key}: {', '.join(told)}")
    blank = replace(blank_report(form, source["agency"], source["year"]), sections=sections)
    totals = {identity.left[0].code for identity in form.totals()}
    numbers = {f.code: 0 for f in blank.figures if f.code is not None and f.code not in totals} | source["figures"]
    clean, _ = with_totals(filled(blank, numbers))
    faults = dict(source["faults"])
    rules = frozenset(faults.pop("rules"))
    return Sample(path.stem, clean, filled(clean, faults), rules)


def samples() -> tuple[Sample, ...]:
    """All samples, by name."""
    return tuple(sample(path) for path in sorted((SAMPLES / "source").glob("*.toml")))


def main() -> int:
    """Write every sample in every format."""
    made = {one.name: one for one in samples()}
    for folder in ("reports", "faults", "demo"):
        (SAMPLES / folder).mkdir(exist_ok=True)
    for one in made.values():
        for form in FORMATS:
            (SAMPLES / "reports" / f"{one.name}.{form}").write_bytes(write(one.clean, form))
            (SAMPLES / "faults" / f"{one.name}.{form}").write_bytes(write(one.faulty, form))
    for name, faulty, form in DEMO:
        report = made[name].faulty if faulty else made[name].clean
        told = "（有差错）" if faulty else ""
        (SAMPLES / "demo" / f"{report.agency}{report.year}年度报告{told}.{form}").write_bytes(write(report, form))
    print(f"{len(made)} samples in {len(FORMATS)} formats, clean and faulty")
    return 0


if __name__ == "__main__":
    sys.exit(main())
