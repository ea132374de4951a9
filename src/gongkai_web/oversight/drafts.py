"""What is a draft of one's own report, and how does what was typed become a report without losing anything?

A draft is a whole :class:`~gongkai.returns.Report` with a version that grows by one with every saving; the report of
the year before may lie beside it. A saving that started from an older version is refused, so that two windows on the
same draft cannot overwrite each other unseen.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gongkai.checking import check
from gongkai.kernel import Figure, Finding, Place, State
from gongkai.reading.claims import with_claims
from gongkai.reading.values import value_of
from gongkai.returns import Edition, Report, Section, blank_report, figure_of, with_totals
from gongkai_web.oversight.rooms import Room, new_id
from gongkai_web.oversight.stored import report_json, report_of
from gongkai_web.ui.refusals import NotPossible

CELL = "cell."
LOCAL = "local."
TEXT = "text."
SIGNOFF = "signoff."
MOST_TEXT = 200_000
BLANK_BESIDE_ZERO = "R117"
MOST_CELL = 200
STALE = "这份草稿在另一个窗口里改过了，为了不覆盖那边的内容，这次没有保存。请刷新页面，在最新的内容上继续。"


@dataclass(frozen=True)
class Draft:
    """A report being written, its version, when it was saved, and last year's report when one was opened."""

    key: str
    version: int
    saved: float
    report: Report
    previous: Report | None

    @property
    def edition(self) -> Edition:
        """The edition being filled in; a draft always has one."""
        assert self.report.edition is not None
        return self.report.edition


def new_draft(room: Room, edition: Edition, agency: str, year: int) -> Draft:
    """An empty draft."""
    blank = blank_report(edition, agency.strip() or None, year)
    return adopt(room, replace(blank, signoff=tuple((name, "") for name in (*edition.head, *edition.foot))))


def adopt(room: Room, report: Report) -> Draft:
    """A draft that continues a report that was read from a file."""
    assert report.edition is not None
    names = [n for n, _ in report.signoff]
    missing = tuple((n, "") for n in (*report.edition.head, *report.edition.foot) if n not in names)
    # Where things stood in the file that was opened says nothing of the draft that grows from it.
    figures = tuple(replace(f, place=Place()) for f in _in_print_order(report.edition, report, {}))
    sections = tuple(replace(s, places=()) for s in report.sections)
    whole = replace(report, figures=figures, sections=sections, signoff=(*report.signoff, *missing), claims=(), findings=())
    draft = Draft(new_id(), 1, time.time(), whole, None)
    _store(room, draft)
    return draft


def draft(room: Room, key: str) -> Draft:
    """A draft of this room; NotHere when there is none."""
    raw = room.read("drafts", key, "draft.json")
    previous = room.read("drafts", key, "previous.json") if room.has("drafts", key, "previous.json") else None
    return Draft(key, raw["version"], raw["saved"], report_of(raw["report"]), report_of(previous) if previous else None)


def drafts(room: Room) -> tuple[Draft, ...]:
    """The room's drafts, the one saved last first."""
    return tuple(sorted((draft(room, k) for k in room.listing("drafts")), key=lambda d: -d.saved))


def save(room: Room, old: Draft, report: Report, version: int) -> Draft:
    """The draft with a new report; NotPossible when ``version`` is not the one this saving started from."""
    with room.locked("drafts", old.key):
        if version != old.version or draft(room, old.key).version != version:
            raise NotPossible(STALE)
        new = replace(old, version=version + 1, saved=time.time(), report=report)
        _store(room, new)
    return new


def set_previous(room: Room, key: str, previous: Report | None) -> None:
    """Lay last year's report beside the draft, or take it away."""
    if previous is not None:
        room.write(report_json(previous), "drafts", key, "previous.json")
    elif room.has("drafts", key, "previous.json"):
        (room.folder / "drafts" / key / "previous.json").unlink(missing_ok=True)


def as_typed(old: Report, fields: Mapping[str, str]) -> Report:
    """The report with what was typed; a field that was not sent keeps what it held."""
    assert old.edition is not None
    year = fields.get("year", "").strip()
    return replace(
        old,
        agency=fields["agency"].strip()[:100] or None if "agency" in fields else old.agency,
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else old.year,
        figures=tuple(_in_print_order(old.edition, old, fields)),
        sections=_sections(old, fields),
        signoff=tuple((n, fields.get(f"{SIGNOFF}{i}", v).strip()[:200]) for i, (n, v) in enumerate(old.signoff)),
    )


def with_optional(report: Report) -> Report:
    """The report with the form's optional rows too, so that they can be offered for filling in."""
    assert report.edition is not None
    missing = {f"{CELL}{c.code}" for c in report.edition.cells.values() if c.optional and c.code not in report.by_code}
    return replace(report, figures=tuple(_in_print_order(report.edition, report, {}, offered=missing)))


def filled_totals(report: Report) -> Report:
    """The report with blank totals computed; what is filled in stays."""
    return with_totals(report)[0]


def judged(draft: Draft) -> tuple[Finding, ...]:
    """What the core's rules say of the draft, its text included; places count the lines of :func:`text_lines`.

    Blanks beside zeros are worth a remark once a table is mostly filled in; before that they only mean that somebody is still typing.
    """
    found = check(with_claims(draft.report), draft.previous)
    return tuple(f for f in found if f.rule != BLANK_BESIDE_ZERO or not _being_filled(draft, f))


def _being_filled(draft: Draft, finding: Finding) -> bool:
    blank = [code for code in finding.subject if code in draft.edition.cells]
    tables = {draft.edition.cells[code].table for code in blank}
    size = sum(not cell.optional for cell in draft.edition.cells.values() if cell.table in tables)
    return 2 * len(blank) > size


def text_lines(report: Report) -> list[dict[str, Any]]:
    """The draft's text line by line, as findings about words count it: titles and paragraphs from 1."""
    lines = [words for s in report.sections for words in (*((s.title,) if s.title else ()), *s.paragraphs)]
    return [{"text": words, "line": number} for number, words in enumerate(lines, start=1)]


def computed(report: Report) -> dict[str, str]:
    """What the program would compute for the totals that are blank: text by cell code."""
    whole, codes = with_totals(report)
    return {code: whole.by_code[code].text for code in codes}


def section_titles(report: Report) -> tuple[str, ...]:
    """The titles under which text can stand: the preface, the edition's sections, and others the report brought along."""
    assert report.edition is not None
    own = [s.title for s in report.sections if s.title and s.title not in report.edition.sections]
    return ("", *report.edition.sections, *own)


def _sections(old: Report, fields: Mapping[str, str]) -> tuple[Section, ...]:
    held = {s.title: s for s in old.sections}
    for i, title in enumerate(section_titles(old)):
        if f"{TEXT}{i}" in fields:
            lines = fields[f"{TEXT}{i}"][:MOST_TEXT].replace("\r\n", "\n").split("\n")
            held[title] = Section(title, tuple(line.strip() for line in lines if line.strip()))
    return _ordered(old, held)


def _ordered(report: Report, held: Mapping[str, Section]) -> tuple[Section, ...]:
    titles = section_titles(report)
    more = [t for t in held if t not in titles]
    return tuple(held[t] for t in (*titles, *more) if t in held and held[t].paragraphs)


def _in_print_order(
    edition: Edition, report: Report, fields: Mapping[str, str], *, offered: Collection[str] = ()
) -> Iterable[Figure]:
    """Every figure of the form in print order: a body's own rows stay behind the cell they followed.

    A blank optional cell is left out unless its field name is in ``offered``.
    """
    own: dict[str | None, list[Figure]] = {}
    at, number = None, 0
    for figure in report.figures:
        if figure.code is not None and figure.code in edition.cells:
            at = figure.code
            continue
        name = f"{LOCAL}{number}"
        own.setdefault(at, []).append(_typed_own(figure, fields[name]) if name in fields else figure)
        number += 1
    yield from own.get(None, ())
    for code, cell in edition.cells.items():
        name = CELL + code
        old = report.by_code.get(code)
        if name in fields and (old is None or fields[name].strip() != old.text):
            typed = value_of(fields[name][:MOST_CELL], cell.unit)
            old = figure_of(cell, typed.text, typed.value, typed.state)
        if old is not None and not (cell.optional and old.state is State.BLANK):
            yield old
        elif not cell.optional or name in offered:
            yield figure_of(cell, "", None, State.BLANK)
        yield from own.get(code, ())


def _typed_own(figure: Figure, typed: str) -> Figure:
    if typed.strip() == figure.text:
        return figure
    value = value_of(typed[:MOST_CELL], figure.unit)
    return replace(figure, text=value.text, value=value.value, state=value.state)


def _store(room: Room, made: Draft) -> None:
    room.write(
        {"version": made.version, "saved": made.saved, "report": report_json(made.report)}, "drafts", made.key, "draft.json"
    )
