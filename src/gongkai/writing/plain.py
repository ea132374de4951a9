"""Which characters of a report's text cannot stand in any document, and what is a report without them?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.returns import Report, Section

# What XML 1.0 forbids: control characters, lone surrogates, the two non-characters. Nobody can see them, and one of them
# makes a file that no program opens.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without characters that no document can hold."""
    return _FORBIDDEN.sub("", text)


def plain(report: Report) -> Report:
    """The report with every text printable and every paragraph one line: a line break in one begins the next."""
    return replace(
        report,
        agency=None if report.agency is None else printable(report.agency),
        figures=tuple(
            replace(f, text=printable(f.text), row=tuple(map(printable, f.row)), column=tuple(map(printable, f.column)))
            for f in report.figures
        ),
        sections=tuple(Section(printable(s.title), tuple(_lines(s.paragraphs))) for s in report.sections),
        signoff=tuple((printable(name), printable(value)) for name, value in report.signoff),
    )


def _lines(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (line for line in printable(paragraph).splitlines() if line.strip())
