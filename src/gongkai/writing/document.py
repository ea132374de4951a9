"""What stands in a report's document, in order, whatever format it is written in?

The document is worked out once, from the report and its edition, as a few plain elements; DOCX, PDF and HTML only draw it.
A section keeps its own wording and place; a section whose table the report has, but not the text, is opened where the
edition has it. Tables without a section follow the text as an annex, with the form's head and foot fields.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.returns import Edition, Report, Section
from gongkai.writing.charts import Chart, charts
from gongkai.writing.layout import PrintedTable, printed_tables


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, one line each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``level`` 0 is body text, 1 a section's title, 2 a heading inside a section."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Annex:
    """The start of the annex on a new page: its mark (附件, empty when the form is the whole document), the form's title lines."""

    mark: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines of named fields of a form, as 填报单位：…"""

    lines: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """Who issues the report, and when, at the right under the text."""

    agency: str
    date: str


Element = Title | Text | PrintedTable | Chart | Annex | Fields | Closing


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be drawn: its name (title property, file name), its day and its elements.

    ``day`` is the day of issue or, where none is given, the last of the year the figures are of: a file property, never printed.
    """

    name: str
    agency: str
    day: dt.date
    elements: tuple[Element, ...]


def document(report: Report, history: Sequence[Report] = (), dated: dt.date | None = None) -> Document:
    """The elements of a report's document; ``dated`` is the day it is issued, printed with the body's name under the text;
    without it a text that was read keeps the day it was signed.
    """
    tables = printed_tables(report)
    pictures = charts(report, history)
    annexed = [t for t in tables if t.section is None]
    laid = _sections(report, [t for t in tables if t.section is not None])
    form_only = not laid and report.edition is not None and bool(report.edition.form_title and report.edition.head)
    elements: list[Element] = []
    if not form_only:
        elements.append(Title(title_lines(report)))
    for section, standing in laid:
        if section.title:
            elements.append(Text(section.title, 1))
        elements += [Text(p, 2 if is_heading(p) else 0) for p in section.paragraphs]
        for table in standing:
            elements += [table, *_of_table(pictures, table, report.edition)]
    day = f"{dated.year}年{dated.month}月{dated.day}日" if dated is not None else report.signed
    if day and report.agency is not None:
        elements.append(Closing(report.agency, day))
    if annexed:
        elements += _annex(report, annexed, pictures, marked=not form_only)
    elif report.signoff:
        elements.append(Fields(_lines(report.signoff)))
    filed = dated or dt.date(min(max(report.year or 2008, 1), 9999), 12, 31)
    return Document("".join(title_lines(report)), report.agency or "", filed, tuple(elements))


def title_lines(report: Report) -> tuple[str, ...]:
    """The title as official reports have it: the body, then the year and what it is."""
    what = report.edition.title if report.edition is not None else "政府信息公开工作年度报告"
    year = f"{report.year}年" if report.year is not None else ""
    return (report.agency, year + what) if report.agency is not None else (year + what,)


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading inside its section: （一）… short and without a sentence in it."""
    return re.match(r"（[一二三四五六七八九十]+）", paragraph) is not None and len(paragraph) <= 40 and "。" not in paragraph[:-1]


def bare_title(title: str) -> str:
    """A section's title without number, white space and closing mark, for comparing."""
    return re.sub(
        r"^(?:第?[一二三四五六七八九十]+[、，.．章]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．])|[\s：:。]", "", title
    )


def same_section(title: str, other: str) -> bool:
    """Whether two titles name one section; one may say a little more than the other."""
    one, two = bare_title(title), bare_title(other)
    short, long = sorted((one, two), key=len)
    return one == two or (len(short) >= 6 and long.endswith(short))


def _sections(report: Report, tables: Sequence[PrintedTable]) -> list[tuple[Section, list[PrintedTable]]]:
    """The report's sections with the tables that stand in them, missing ones opened in the edition's place."""
    laid: list[tuple[Section, list[PrintedTable]]] = [(s, []) for s in report.sections]
    order = report.edition.sections if report.edition is not None else ()
    for table in tables:
        home = next((i for i, (s, _) in enumerate(laid) if same_section(s.title, table.section or "")), None)
        if home is None:
            home = _place_for(table.section or "", [s.title for s, _ in laid], order)
            laid.insert(home, (Section(table.section or "", ()), []))
        laid[home][1].append(table)
    return laid


def _place_for(title: str, titles: Sequence[str], order: Sequence[str]) -> int:
    """Where a section belongs among those there are: before the first that the edition has after it, else at the end."""
    after = order[order.index(title) + 1 :] if title in order else ()
    return next((i for i, t in enumerate(titles) if any(same_section(t, a) for a in after)), len(titles))


def _of_table(pictures: Sequence[Chart], table: PrintedTable, edition: Edition | None) -> list[Chart]:
    if edition is None:
        return []
    return [c for c in pictures if c.after in edition.cells and edition.cells[c.after].table in table.keys]


def _annex(report: Report, tables: Sequence[PrintedTable], pictures: Sequence[Chart], marked: bool) -> list[Element]:
    edition = report.edition
    if edition is None:
        return list(tables)
    year = (f"（{report.year}年度）",) if report.year is not None else ()
    elements: list[Element] = [Annex("附件" if marked else "", ((edition.form_title or edition.title), *year))]
    if edition.head:
        elements.append(Fields((tuple((name, report.agency or "") for name in edition.head),)))
    elements += tables
    named = dict(report.signoff)
    foot = [(name, named.get(name, "")) for name in edition.foot]
    foot += [field for field in report.signoff if field not in foot]
    if foot:
        elements.append(Fields(_lines(foot)))
    for table in tables:
        elements += _of_table(pictures, table, edition)
    return elements


def _lines(fields: Sequence[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Three fields to a line, as forms have them."""
    return tuple(tuple(fields[i : i + 3]) for i in range(0, len(fields), 3))
