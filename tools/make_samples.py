"""How are the sample reports made: invented bodies, every edition, every format, clean and with planted faults?

``python -m tools.make_samples`` writes ``samples/`` anew from ``tools/sample_data/*.toml``; the same data give the same
bytes. ``samples/manifest.toml`` lists every file with its edition and, for planted faults, the rules that must find them.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.kernel import Figure, State
from gongkai.returns import Report, Section, blank_report, edition, with_totals
from gongkai.writing import FORMATS, write
from gongkai.writing.document import Annex, Closing, Fields, Text, Title, document
from gongkai.writing.layout import PrintedTable

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tools" / "sample_data"
SAMPLES = ROOT / "samples"
ENCODINGS = {"tabs": "utf-8", "pipes": "gb18030", "lines": "utf-16"}

# What `make demo` checks, the desk offers and the pictures of the screens show, in this order and under these names.
DEMO = (
    ("cn2021/2024-差错一.docx", "1-岫川区卫生健康局2024年年报.docx"),
    ("cn2021/2023.docx", "2-岫川区卫生健康局2023年年报.docx"),
    ("cn2019/2020-差错一.html", "3-汀芷县教育局2020年年报.html"),
    ("cn2014_nofee/2018-差错一.xlsx", "4-岚芷县水利局2018年年报.xlsx"),
    ("cn2014/2016-空白与零.pdf", "5-云漪市民政局2016年年报.pdf"),
    ("zj_yuyao2017/2017-差错一.docx", "6-渟溪市财政局2017年年报.docx"),
    ("sh2004_family/2012-lines.txt", "7-霁源市商务局2012年年报.txt"),
)


@dataclass(frozen=True)
class Sample:
    """One file: where it goes, its bytes, and what was planted in it."""

    path: str
    data: bytes
    report: Report
    faults: tuple[dict[str, Any], ...] = ()
    previous: str | None = None
    note: str = field(default="")


def samples() -> Iterator[Sample]:
    """Every sample file, in order."""
    raw = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))}
    reports = {name: report_of(data) for name, data in raw.items()}
    for name, data in raw.items():
        report = reports[name]
        history = [reports[h] for h in data.get("history", ())]
        folder = f"{report.edition.key if report.edition else 'none'}/{report.year}"
        before = data.get("previous")
        earlier = path_of(reports[before]) if before else None
        for kind in data.get("formats", FORMATS):
            yield Sample(f"{folder}.{kind}", write(report, kind, history=history), report, previous=earlier)
        for style in data.get("flat", ()):
            text = flattened(report, style).encode(ENCODINGS[style])
            yield Sample(f"{folder}-{style}.txt", text, report, previous=earlier, note=f"纯文本，{ENCODINGS[style]}")
        for faulty in data.get("faulty", ()):
            wrong = with_faults(report, faulty["faults"])
            file = f"{folder}-{faulty['name']}.{faulty['format']}"
            yield Sample(file, write(wrong, faulty["format"], history=history), wrong, tuple(faulty["faults"]), earlier)


def path_of(report: Report) -> str:
    """Where a report's clean JSON stands."""
    return f"{report.edition.key if report.edition else 'none'}/{report.year}.json"


def report_of(data: dict[str, Any]) -> Report:
    """A report from its data: what is not given is zero, totals are computed, {codes} in the text become figures."""
    form = edition(data["edition"])
    given = dict(data["figures"])
    totals = {i.left[0].code for i in form.totals()} - given.keys()
    report = blank_report(form, data["agency"], data["year"])
    figures = tuple(f if f.code in totals else number(f, given.pop(f.code or "", "0")) for f in report.figures)
    if given:
        raise ValueError(f"{data['agency']} {data['year']}: no such cells {sorted(given)}")
    report, _ = with_totals(replace(report, figures=figures))
    sections = tuple(Section(s["title"], tuple(worded(p, report) for p in s["paragraphs"])) for s in data["section"])
    return replace(report, sections=sections, signoff=tuple((n, v) for n, v in data.get("signoff", ())))


def number(figure: Figure, text: str) -> Figure:
    """The figure with this writing: a number, one with its own unit of money, or blank."""
    if not text:
        return replace(figure, text="", value=None, state=State.BLANK)
    amount = Decimal(text.removesuffix("元").removesuffix("万")) * (10_000 if text.endswith("万元") else 1)
    return replace(figure, text=text, value=amount, state=State.NUMBER)


def worded(text: str, report: Report) -> str:
    """The text with {year} and {cell codes} filled in."""
    return re.sub(r"\{([^}]+)\}", lambda m: str(report.year) if m[1] == "year" else report.by_code[m[1]].text, text)


def with_faults(report: Report, faults: list[dict[str, Any]]) -> Report:
    """The report with other writings in some cells; nothing else is put right."""
    wrong = {fault["cell"]: fault["text"] for fault in faults}
    return replace(report, figures=tuple(number(f, wrong[f.code]) if f.code in wrong else f for f in report.figures))


def flattened(report: Report, style: str) -> str:
    """The report as plain text, its tables as people paste them: tabs, pipes, or one cell a line."""
    lines: list[str] = []
    for element in document(report).elements:
        match element:
            case Title(words):
                lines += [*words, ""]
            case Text(text, _):
                lines.append(text)
            case Annex(mark, words):
                lines += ["", *([mark] if mark else []), *words]
            case Fields(rows):
                lines += ["　　".join(f"{name}：{value}" for name, value in row) for row in rows]
            case Closing(agency, date):
                lines += [agency, date]
            case PrintedTable():
                lines += ["", *([element.title] if element.title else []), *table_lines(element, style), ""]
    return "\n".join(lines) + "\n"


def table_lines(table: PrintedTable, style: str) -> Iterator[str]:
    """A table's rows; a cell that a merged one covers is left empty, as spreadsheets paste it."""
    grid = [["" for _ in range(table.columns)] for _ in range(table.rows)]
    across = {(c.row, c.column + k) for c in table.cells for k in range(1, c.column_span)}
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    for i, row in enumerate(grid):
        if style == "tabs":
            yield "\t".join(row)
        elif style == "pipes":
            yield "| " + " | ".join(row) + " |"
        else:
            kept = [word for j, word in enumerate(row) if (i, j) not in across]
            yield from (f"\t{word}" for word in kept)
            yield ""


def manifest(made: list[Sample]) -> str:
    """The list of the samples as TOML."""
    parts = ["# 样例年报清单，由 tools/make_samples.py 生成。单位均为虚构，差错是有意留下的。"]
    for sample in made:
        lines = [
            "[[sample]]",
            f'file = "{sample.path}"',
            f'agency = "{sample.report.agency}"',
            f"year = {sample.report.year}",
            f'edition = "{sample.report.edition.key if sample.report.edition else ""}"',
        ]
        lines += [f'previous = "{sample.previous}"'] if sample.previous else []
        lines += [f'note = "{sample.note}"'] if sample.note else []
        lines += ["faults = ["] if sample.faults else []
        for fault in sample.faults:
            rules = ", ".join(f'"{rule}"' for rule in fault["rules"])
            lines.append(
                f'  {{ rules = [{rules}], cell = "{fault["cell"]}", text = "{fault["text"]}", about = "{fault["about"]}" }},'
            )
        lines += ["]"] if sample.faults else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def demo() -> str:
    """The list of the samples that are shown, one a line: the file, a tab, the name it is shown under."""
    return "".join(f"{path}\t{name}\n" for path, name in DEMO)


def main() -> None:
    """Write samples/ anew."""
    shutil.rmtree(SAMPLES, ignore_errors=True)
    made = list(samples())
    for sample in made:
        path = SAMPLES / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sample.data)
    (SAMPLES / "manifest.toml").write_text(manifest(made), encoding="utf-8")
    (SAMPLES / "demo.txt").write_text(demo(), encoding="utf-8")
    total = sum(len(sample.data) for sample in made)
    print(f"{len(made)} samples, {total // 1024} KiB")


if __name__ == "__main__":
    main()
