"""How do the figures of one file and the text of another become one report?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.kernel import Place
from gongkai.reading import claims
from gongkai.reading.blocks import Paragraph
from gongkai.returns import Report, Section
from gongkai.writing.document import bare_title, same_section


def merged(report: Report, text_report: Report) -> Report:
    """The report's figures with the other's text.

    The text's sections replace the report's; those that are the edition's take the edition's wording and its order, others
    keep their place after the section they followed. Body, year and sign-off fields are the report's own and are taken
    from the text only where the report has none; the day it is signed is the text's. Figures in the text's own tables are not taken: the form is what was checked. What
    the text says of its figures is claimed of the report's, so that a check compares the two.
    """
    sections = _ordered(report, sections_from(text_report))
    signoff = report.signoff if any(value for _, value in report.signoff) else text_report.signoff or report.signoff
    return replace(
        report,
        agency=report.agency if report.agency is not None else text_report.agency,
        year=report.year if report.year is not None else text_report.year,
        sections=sections or report.sections,
        signoff=signoff,
        signed=text_report.signed or report.signed,
        claims=claims(list(_lines(sections)), report.edition) if sections else report.claims,
    )


def _lines(sections: tuple[Section, ...]) -> Iterator[Paragraph]:
    """The text of sections as the paragraphs they stood in, with their places where these are known."""
    for section in sections:
        texts = (section.title, *section.paragraphs)
        places = section.places if len(section.places) == len(texts) else (Place(),) * len(texts)
        for at, (text, place) in enumerate(zip(texts, places, strict=True)):
            if text:
                yield Paragraph(text, place, heading=at == 0)


def sections_from(source: Report) -> tuple[Section, ...]:
    """The prose of a report that was read: its sections without those that hold nothing at all."""
    return tuple(s for s in source.sections if s.title or any(p.strip() for p in s.paragraphs))


def _ordered(report: Report, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The edition's sections in the edition's order, each followed by the foreign ones that followed it in the text."""
    if report.edition is None:
        return sections
    known = report.edition.sections
    placed: list[tuple[int, Section]] = []
    at = -1
    for section in sections:
        match = next(
            (i for i, title in enumerate(known) if bare_title(section.title) and same_section(section.title, title)), None
        )
        if match is None:
            placed.append((at, section))
            continue
        at = match
        placed.append((at, Section(known[match], section.paragraphs, section.places)))
    placed.sort(key=lambda p: p[0])
    return tuple(section for _, section in placed)
