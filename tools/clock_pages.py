"""Which pages say what the clock does, and are the committed ones up to date?

``python tools/clock_pages.py`` writes docs/reference/procedure.md (the transition tables), docs/reference/law.md (the provisions) and
docs/reference/scenarios/*.md (one page a scenario of tests/scenarios/clock); ``--check`` writes nothing and fails where a page differs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai import law
from gongkai.calendar import Calendar, published
from gongkai.clock import Deadline, Settings, deadlines, settings_from
from gongkai.clock.page import headline, in_order, working
from gongkai.law import Law
from gongkai.law.book import local_names
from gongkai.lifecycle import NotPossible, Table
from gongkai.procedure import Case, Kind, tables
from gongkai.procedure.case_file import case_from
from gongkai.procedure.events import Event
from gongkai.procedure.other_requests import OTHER_REQUESTS

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "tests" / "scenarios" / "clock"
REFERENCE = ROOT / "docs" / "reference"
GENERATED = "<!-- Written by tools/clock_pages.py; do not edit. -->\n"
TODAY_OF_TABLES = dt.date(2026, 1, 1)  # the day whose law the printed tables cite
OLD_EVENTS = {Kind.EMAIL_RECEIVED.value: dt.date(2019, 5, 14)}  # what only the law of an earlier day knows
FIELDS = {"title", "about", "item", "event", "settings", "adopt", "at", "refusal"}
MOMENT_FIELDS = {"as_of", "known_at", "unpublished", "says", "expect"}


@dataclass(frozen=True)
class Moment:
    """One look at the case: the day, what was known, which years were not arranged yet, and what must be seen."""

    as_of: dt.date
    known_at: dt.datetime | None
    unpublished: tuple[int, ...]
    says: str
    expected: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Scenario:
    """A case told so that a lawyer can check it: what it shows, the case, and what must be seen at which moment."""

    name: str
    title: str
    about: str
    case: Case
    settings: Settings
    law: Law
    moments: tuple[Moment, ...]
    refusal: str

    def calendar(self, moment: Moment) -> Calendar:
        calendar = published().without(*moment.unpublished).for_cases(self.law)
        return calendar.known_at(moment.known_at) if moment.known_at else calendar

    def seen(self, moment: Moment) -> tuple[Deadline, ...]:
        """The deadlines at a moment. Raises NotPossible where the story is impossible."""
        return deadlines(
            self.case, self.law, self.calendar(moment), moment.as_of, known_at=moment.known_at, settings=self.settings
        )


def scenario(path: Path) -> Scenario:
    """One scenario file. Raises ValueError for a field nobody reads."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(data) - FIELDS | {field for at in data.get("at", []) for field in set(at) - MOMENT_FIELDS}
    if unknown:
        raise ValueError(f"{path.name}: unknown fields {sorted(unknown)}")
    moments = tuple(
        Moment(at["as_of"], at.get("known_at"), tuple(at.get("unpublished", [])), at.get("says", ""), tuple(at.get("expect", [])))
        for at in data["at"]
    )
    return Scenario(
        path.stem,
        data["title"],
        data["about"],
        case_from({"number": path.stem, **{k: data[k] for k in ("item", "event") if k in data}}, path.name),
        settings_from(data.get("settings", {}), path.name),
        law.national().adopt(*data.get("adopt", [])),
        moments,
        data.get("refusal", ""),
    )


def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, by file name."""
    return tuple(scenario(path) for path in sorted(SCENARIOS.glob("*.toml")))


def page(told: Scenario) -> str:
    """A scenario as one page in Chinese."""
    lines = [GENERATED, f"# {told.title}\n", f"{told.about}\n", "## 经过\n", "| 日期 | 记录 | 内容 |", "| --- | --- | --- |"]
    lines += [
        f"| {e.happened_on} | {e.title} | {_details(e)} |"
        for e in sorted(told.case.events, key=lambda e: (e.happened_on, e.recorded_at))
    ]
    if len(told.case.items) > 1:
        lines += ["", "申请内容：" + "；".join(f"第{item.id}项，{item.description}" for item in told.case.items) + "。"]
    for moment in told.moments:
        lines += ["", f"## 截至{moment.as_of}{_known(moment)}\n"]
        if moment.says:
            lines.append(f"{moment.says}：\n")
        try:
            seen = in_order(told.seen(moment))
        except NotPossible as refusal:
            lines.append(f"程序拒绝：{refusal}")
            continue
        for deadline in seen:
            lines.append(f"**{headline(deadline)}**\n")
            lines += [line if line[0].isdigit() else f"- {line}" for line in working(deadline, told.calendar(moment))]
            lines.append("")
        lines.pop()
    return "\n".join(lines) + "\n"


def _known(moment: Moment) -> str:
    known = f"（只知道{moment.known_at:%Y-%m-%d %H:%M}以前登记的）" if moment.known_at else ""
    return known + "".join(f"（{year}年放假安排尚未公布）" for year in moment.unpublished)


def _details(event: Event) -> str:
    parts = [
        event.party.value if event.party else "",
        event.subject,
        f"{event.days}个工作日" if event.days else "",
        f"由{event.role}批准" if event.role else "",
        f"截止{event.until}" if event.until else "",
        event.outcome,
        event.route.value if event.route else "",
        f"更正记录{event.corrects}" if event.corrects else "",
        event.note,
    ]
    return "，".join(part for part in parts if part)


def index(every: tuple[Scenario, ...]) -> str:
    """The list of scenarios."""
    lines = [GENERATED, "# 期限算例\n", "每一例都由测试核对，另有一段独立的程序把各步重新加一遍。\n"]
    lines += [f"- [{told.title}]({told.name}.md)" for told in every]
    return "\n".join(lines) + "\n"


def procedure_page() -> str:
    """Every transition table: its diagram and its rows."""
    lines = [GENERATED, "# The procedure as transition tables\n"]
    lines.append(
        "States and events are shown as users meet them; articles are those of the law in force on 2026-01-01, or of the last law that knew the step.\n"
    )
    for table in (tables.MAIN, *tables.ATTACHED, *OTHER_REQUESTS):
        lines += [f"## {table.title}\n", "```mermaid", table.mermaid().rstrip(), "```\n", *_rows(table), ""]
    return "\n".join(lines).rstrip() + "\n"


def _rows(table: Table) -> list[str]:
    rows = ["| 状态 | 事件 | 之后 | 由谁 | 依据 |", "| --- | --- | --- | --- | --- |"]
    for t in table.transitions:
        cited = law.at(OLD_EVENTS.get(t.event, TODAY_OF_TABLES), t.basis).citation if t.basis else None
        basis = f"{cited}，{cited.mark.value}" if cited else ""
        rows.append(f"| {t.state} | {table.title_of(t.event)} | {t.next} | {t.who.value} | {basis} |")
    return rows


def law_page() -> str:
    """Every provision of every instrument, by subject."""
    book = law.national().adopt(*local_names())
    lines = [GENERATED, "# The law as data\n", "One line a provision; `gongkai law KEY` shows the statement.\n"]
    lines += ["| 事项 | 代码 | 值 | 自 | 至 | 依据 | 核对 |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for subject in book.subjects:
        for p in book.history(subject.key):
            cited = f"{p.citation}{'（本级要求）' if p.instrument.local else ''}"
            lines.append(f"| {p.title} | {p.key} | {p.amount} | {p.first_day} | {p.last_day or ''} | {cited} | {p.mark.value} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Every generated page by its path."""
    every = scenarios()
    folder = REFERENCE / "scenarios"
    return {
        REFERENCE / "procedure.md": procedure_page(),
        REFERENCE / "law.md": law_page(),
        folder / "README.md": index(every),
        **{folder / f"{told.name}.md": page(told) for told in every},
    }


def stale() -> list[str]:
    """The committed pages that differ from what would be written, and those that nothing writes any more."""
    wanted = pages()
    wrong = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    left_over = [path for path in (REFERENCE / "scenarios").glob("*.md") if path not in wanted]
    return [str(path.relative_to(ROOT)) for path in [*wrong, *left_over]]


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a committed page differs")
    if parser.parse_args().check:
        wrong = stale()
        print("\n".join(f"out of date: {name}" for name in wrong) or "all pages are up to date")
        return 1 if wrong else 0
    (REFERENCE / "scenarios").mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    for path in (REFERENCE / "scenarios").glob("*.md"):
        if path not in pages():
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
