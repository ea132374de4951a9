"""How are findings shown: as JSON for programs, as text on a terminal, and a rule's card as a page?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from gongkai.checking.check import cards
from gongkai.checking.verdicts import Verdicts, settled, verdict_json
from gongkai.kernel import STATUS_WORDS, Finding, Place, RuleCard, Status, count, finding_json
from gongkai.returns import Report

SHOWN = (Status.FAIL, Status.UNCERTAIN, Status.REMARK, Status.NOT_ASSESSABLE)
_WIDTH = 88
_PLACES = 6
_NEVER_FIRST = "，。；：、！？）》”’】〕…—"
_NEVER_LAST = "（《“‘【〔"


def findings_json(source: str, items: Sequence[Finding], verdicts: Verdicts | None = None) -> dict[str, Any]:
    """One report's element of the list that ``gongkai check --format json`` prints (findings.schema.json).

    A finding on which a person has decided carries the decision under "verdict".
    """
    return {"source": source, "items": [_item(i, verdicts or {}) for i in items]}


def _item(item: Finding, verdicts: Verdicts) -> dict[str, Any]:
    verdict = verdicts.get(item.fingerprint)
    return finding_json(item) | ({"verdict": verdict_json(verdict)} if verdict is not None else {})


def findings_text(report: Report, items: Sequence[Finding], verdicts: Verdicts | None = None) -> str:
    """One report's findings for a terminal: a heading, a line of counts, then the findings by level.

    With ``verdicts`` each finding is followed by its fingerprint or by what a person decided on it.
    """
    return "\n".join((heading(report), summary(items, verdicts), *_groups(items, verdicts)))


def heading(report: Report) -> str:
    """Which report this is, in one line: the source, and what was read of body, year and edition."""
    what = "".join((report.agency or "单位不详", f"{report.year}年" if report.year else "年份不详"))
    form = report.edition.authority if report.edition else "没有认出表格"
    return f"{report.source}：{what}（{form}）" if report.source else f"{what}（{form}）"


def summary(items: Sequence[Finding], verdicts: Verdicts | None = None) -> str:
    """The counts by level in one sentence, and how many a person has settled."""
    counts = "，".join(f"{STATUS_WORDS[s]}{count(items, s)}项" for s in SHOWN)
    done = sum(settled(i, verdicts) for i in items) if verdicts else 0
    return f"{counts}，通过{count(items, Status.PASS)}项{f'；其中已有说明或者不成立的{done}项' if done else ''}。"


def rule_titles() -> dict[str, str]:
    """The title of every rule and note by code."""
    return {card.code: card.title for card in cards()}


def places_in_words(places: Sequence[Place]) -> str:
    """Where to look: the spots in words, each once, the first few of many; empty when none is known.

    Spots on one sheet or in one run of lines are said together: 工作表“表三”，单元格B7、C7；第90、94行.
    """
    spots = list(dict.fromkeys(_spot(p) for p in places if p.in_words()))
    parts = [
        f"{before}{'、'.join(inner for _, inner, _ in group)}{after}"
        for (before, after), group in groupby(spots[:_PLACES], key=lambda spot: (spot[0], spot[2]))
    ]
    return "；".join(parts) + (f"等{len(spots)}处" if len(spots) > _PLACES else "")


def _spot(place: Place) -> tuple[str, str, str]:
    """The words of a spot, cut around what it does not share with its neighbours."""
    if place.cell is not None:
        sheet = replace(place, cell=None, table=None, line=None).in_words()
        return (f"{sheet}，单元格" if sheet else "单元格", place.cell, "")
    if place.line is not None and place.table is None:
        page = replace(place, line=None).in_words()
        return (f"{page}，第" if page else "第", str(place.line), "行")
    return ("", place.in_words(), "") if place.page is None else (place.in_words(), "", "")


def rule_page(card: RuleCard) -> str:
    """A rule's page in Markdown, as ``gongkai rule`` prints it and as it stands under 帮助."""
    return "\n".join(
        (
            f"# {card.code} {card.title}",
            "",
            f"级别：{STATUS_WORDS[card.status]}",
            "",
            "## 内容",
            "",
            card.statement,
            "",
            "## 依据",
            "",
            card.basis,
            "",
            "## 错例",
            "",
            card.wrong,
            "",
            "## 正例",
            "",
            card.right,
        )
    )


def _groups(items: Sequence[Finding], verdicts: Verdicts | None) -> Iterator[str]:
    titles = rule_titles()
    number = 0
    for status in SHOWN:
        group = [i for i in items if i.status is status]
        if not group:
            continue
        yield f"\n【{STATUS_WORDS[status]}】"
        for item in group:
            number += 1
            lead = f"{number:>3}. "
            indent = " " * len(lead)
            if status is Status.NOT_ASSESSABLE:  # its sentence names the rule, and where it stopped is of no use
                yield from (lead + line[len(lead) :] if n == 0 else line for n, line in enumerate(_sentence(item, indent)))
                continue
            yield f"{lead}{item.rule} {titles.get(item.rule, '')}".rstrip()
            yield from wrapped(item.message, indent)
            if spots := places_in_words(item.places):
                yield from wrapped(f"位置：{spots}。", indent)
            if verdicts is not None:
                verdict = verdicts.get(item.fingerprint)
                yield from wrapped(verdict.in_words() if verdict else f"指纹：{item.fingerprint}", indent)


def _sentence(item: Finding, indent: str) -> Iterator[str]:
    return wrapped(f"{item.rule} {item.message}", indent)


def wrapped(text: str, indent: str, width: int = _WIDTH) -> Iterator[str]:
    """The text in lines of at most ``width`` columns, a Chinese character taking two.

    No line starts or ends with a mark that may not stand there (a closing mark may hang over), and no number is split.
    """
    line, used = indent, len(indent)
    for i, character in enumerate(text):
        columns = 2 if east_asian_width(character) in "WFA" else 1
        full = used + columns > width or (character in _NEVER_LAST and used + columns + 2 > width)
        if full and len(line) > len(indent) and character not in _NEVER_FIRST and not _splits_number(text, i):
            yield line
            line, used = indent, len(indent)
        line += character
        used += columns
    yield line


def _splits_number(text: str, i: int) -> bool:
    before, after = text[i - 1], text[i]
    return (before + after).isascii() and not before.isspace() and not after.isspace() and after != "+"
