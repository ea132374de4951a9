"""Which reports does a source hold, and what is in each: figures, text, sign-off, body, year?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gongkai.kernel import Finding, claim_json, figure_json, finding_json
from gongkai.reading.alignment import Marks, marks
from gongkai.reading.beside import divided_halves
from gongkai.reading.blocks import FORM, Paragraph, Source
from gongkai.reading.claims import claims
from gongkai.reading.contested import without_contested
from gongkai.reading.division import beginnings
from gongkai.reading.identity import Identity, TextLine, Title, body_alone, close, identity, titles_of
from gongkai.reading.notes import note
from gongkai.reading.recognition import Recognised, recognised
from gongkai.reading.sections import divided
from gongkai.reading.spam import is_spam, without_spam
from gongkai.reading.stream import Stream, stream
from gongkai.reading.vocabulary import Vocabulary, vocabulary
from gongkai.returns import Edition, Report
from gongkai.returns import editions as shipped

_PART_OF_YEAR = re.compile(r"[上下]半年|半年度?(?=政|工|信)|第?[一二三四1-4]季度")


def read_source(source: Source, editions: tuple[Edition, ...] | None = None) -> tuple[Report, ...]:
    """The reports in a source, in its order; at least one, whose findings say so when no table was found."""
    known = shipped() if editions is None else editions
    source = divided_halves(source)
    words = [vocabulary(edition) for edition in known]
    whole, told = without_spam(stream(source), words)
    source = replace(source, findings=(*source.findings, *told))
    lines = _text_lines(source, whole)
    titles = titles_of(lines)
    seen = marks(whole)
    starts = beginnings(whole, seen, lines, titles, words, source.parts)
    reports: list[Report] = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(whole.lines)
        part = whole.cut(start, end)
        own = [replace(line, row=line.row - start) for line in lines if start <= line.row < end]
        own_titles = [replace(t, row=t.row - start) for t in titles if start <= t.row < end]
        alone = len(starts) == 1
        reports.append(_report(source, part, seen if alone else marks(part), own, own_titles, known, words, alone))
    found = _distinct(reports)
    return found if source.parts else without_contested(found)


def _report(
    source: Source,
    part: Stream,
    seen: Marks,
    lines: Sequence[TextLine],
    titles: Sequence[Title],
    editions: Sequence[Edition],
    words: Sequence[Vocabulary],
    alone: bool,
) -> Report:
    labels = frozenset(core for w in words for core in (*w.by_core, *w.heads))
    more = [source.title or "", *(value for key, value in source.metadata if key == "ArticleTitle")] if alone else []
    table_free = [line for line in lines if not _is_of_table(part, seen, line, labels)]
    who = _without_spam(identity(table_free, titles, more), [line.text for line in lines] + more)
    found = recognised(part, seen, editions, who.year)
    used = found.lines if found is not None else frozenset()
    title_rows = {t.row for t in titles}
    text = [
        line
        for at, line in enumerate(table_free)
        if line.row not in used and line.row not in title_rows and not _beside_title(table_free, at, title_rows, who.agency)
    ]
    edition = found.edition if found is not None else None
    sections, signoff, signed = divided(text, edition, who.agency)
    findings = [*source.findings, *who.findings, *_part_of_year(titles), *_table_findings(found)]
    return Report(
        agency=who.agency,
        year=who.year,
        edition=edition,
        figures=found.figures if found is not None else (),
        sections=sections,
        signoff=signoff,
        signed=signed,
        source=source.name,
        form=any(key == FORM for key, _ in source.metadata),
        claims=claims([Paragraph(n.text, n.place, n.heading, n.cuts) for n in text], edition),
        findings=tuple(findings),
    )


def _without_spam(who: Identity, texts: Sequence[str]) -> Identity:
    """Whose report it is; no name where it stands beside advertising only, which may have taken the place of a part of it."""
    if who.agency is None or not any(is_spam(text) for text in texts):
        return who
    beside = [is_spam(text) for text in texts if who.agency in close(text)]
    if not beside or not all(beside):
        return who
    message = f"写有机关名称（“{who.agency}”）的地方夹着与报告无关的广告文字，名称可能不全，名称留空；请核对原文后补上。"
    return replace(who, agency=None, findings=(*who.findings, note("R902", message)))


def _part_of_year(titles: Sequence[Title]) -> Iterator[Finding]:
    """A note where every title of the report says that it tells of half a year or a quarter."""
    parts = [found for t in titles if (found := _PART_OF_YEAR.search(close(t.text))) is not None]
    if parts and len(parts) == len(titles):
        message = f"标题写的是“{parts[0][0]}”的报告，不是全年的，数字只说明这一段时间，不与上下年度的年报对照。"
        yield note("R927", message, [titles[0].place], [parts[0][0]])


def _table_findings(found: Recognised | None) -> Sequence[Finding]:
    if found is not None:
        return found.findings
    return [note("R903", "没有找到任何一种已知格式的统计表，没有读出数据；如果表格是图片或在附件里，请交来含有表格文字的文件。")]


def _text_lines(source: Source, whole: Stream) -> list[TextLine]:
    """The lines that may be text: paragraphs, and rows of a grid in which one cell only is filled."""
    out: list[TextLine] = []
    told: set[int] = set()
    for line in whole.lines:
        shown = [whole.pieces[p] for p in range(line.first, line.last) if not whole.pieces[p].blank]
        if not shown:
            continue
        block = source.blocks[shown[0].block]
        if isinstance(block, Paragraph):
            for piece in shown:
                if piece.block not in told and isinstance(own := source.blocks[piece.block], Paragraph):
                    told.add(piece.block)
                    out.append(TextLine(line.index, own.text, own.place, own.heading, own.cuts))
        elif len(shown) == 1:
            out += [TextLine(line.index, text, shown[0].place) for text in shown[0].text.split("\n") if text.strip()]
    return out


def _is_of_table(part: Stream, seen: Marks, line: TextLine, known: frozenset[str]) -> bool:
    """Whether a line is nothing but labels, units and values of a table, read or not."""
    span = part.lines[line.row]
    shown = [p for p in range(span.first, span.last) if not part.pieces[p].blank]
    labels = sum(seen.cores[p] in known for p in shown)
    values = sum(seen.values[p] or seen.units[p] for p in shown)
    if len(shown) == 1:
        return bool(values)
    return labels + values == len(shown) and bool(values)


def _beside_title(lines: Sequence[TextLine], at: int, title_rows: set[int], agency: str | None) -> bool:
    """Whether a line is the body's name right above or below a title."""
    name = body_alone(lines[at].text)
    if name is None or agency is None or not agency.endswith(name):
        return False
    return any(0 <= near < len(lines) and lines[near].row in title_rows for near in (at - 1, at + 1)) or at == 0


def _distinct(reports: list[Report]) -> tuple[Report, ...]:
    """The reports without those that say nothing, or exactly the same figures as the one before."""
    out: list[Report] = []
    for report in reports:
        same = next((o for o in out if _is_again(report, o)), None)
        if same is not None:
            told = note("R914", "文件里有两份内容完全相同的统计表，只列出一份；请核对是否重复。")
            out[out.index(same)] = replace(same, findings=(*same.findings, told))
        elif out and not report.figures and report.agency is None and report.year is None:
            more = tuple(f for f in report.findings if f not in out[-1].findings)
            out[-1] = replace(out[-1], findings=(*out[-1].findings, *more))
        elif report.edition is not None or not out:
            out.append(report)
    if len(out) > 1 and out[0].edition is None:
        out = out[1:]
    return tuple(out)


def _is_again(report: Report, first: Report) -> bool:
    """Whether a report shows nothing but the figures of the first, of no other year and no other body."""
    if not first.figures or first.figures != report.figures:
        return False
    return report.year in (None, first.year) and report.agency in (None, first.agency)


def report_json(report: Report) -> dict[str, Any]:
    """A report as JSON: {"source", "agency", "year", "edition", "figures", "claims", "findings"}."""
    return {
        "source": report.source,
        "agency": report.agency,
        "year": report.year,
        "edition": None if report.edition is None else report.edition.key,
        "figures": [figure_json(f) for f in report.figures],
        "claims": [claim_json(c) for c in report.claims],
        "findings": [finding_json(f) for f in report.findings],
    }
