"""Does the numbering of the text skip a number?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.text import Passage
from gongkai.kernel import Finding, Place, RuleCard, Status
from gongkai.reading.labels import han_number

CARD = RuleCard(
    code="R504",
    status=Status.REMARK,
    title="序号连续",
    statement="正文各部分和各条的序号应当连续；跳号、重号的，请核对是不是漏了内容。",
    basis="公文序号的一般规则。",
    wrong="某部分的序号依次为（一）、（二）、（四）。",
    right="某部分的序号依次为（一）、（二）、（三）。",
)
_TITLE = re.compile(r"\s*(?P<n>[一二三四五六七八九十]{1,3})\s*[、.．\s]")
_ITEM = re.compile(r"\s*[（(](?P<n>[一二三四五六七八九十]{1,3})[)）]")
_FEWEST = 2


def judge(case: Case) -> Iterator[Finding]:
    """One finding a gap."""
    titles = [(n, p) for p in case.text.passages if (n := _number(_TITLE, p)) is not None and (p.is_title or len(p.text) < 40)]
    yield from _gaps(case, titles, "")
    by_section: dict[str, list[tuple[int, Passage]]] = {}
    for passage in case.text.passages:
        n = _number(_ITEM, passage)
        if n is not None and not passage.is_title:
            by_section.setdefault(passage.section, []).append((n, passage))
    for section, items in by_section.items():
        yield from _gaps(case, items, section)


def _number(form: re.Pattern[str], passage: Passage) -> int | None:
    found = form.match(passage.text)
    return han_number(found["n"]) if found else None


def _gaps(case: Case, found: list[tuple[int, Passage]], section: str) -> Iterator[Finding]:
    """Steps of two or more; a list inside a section must begin with one, and a run that starts over is another list."""
    if len(found) < _FEWEST or (section and found[0][0] != 1):
        return
    where = f"“{section}”里" if section else "正文"
    for (before, one), (n, other) in itertools.pairwise(found):
        if n > before + 1 and n - before <= _LARGEST_GAP:
            places: tuple[Place, ...] = (one.spot(0, len(one.text)), other.spot(0, len(other.text)))
            yield case.finding(
                CARD,
                f"{where}的序号从“{_han(before)}”跳到“{_han(n)}”。请核对是不是漏了内容，或者序号写错。",
                left=_han(before),
                right=_han(n),
                spots=places,
                subject=("序号", section, str(before)),
            )


_LARGEST_GAP = 3


def _han(n: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")) + (digits[ones] if ones else "")


def applies(case: Case) -> bool:
    """Whether the report has text."""
    return bool(case.report.sections)


RULE = Rule(CARD, judge, applies)
