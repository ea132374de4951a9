"""What must a body look at after a check: one row a finding, in words, with a place for what it did about it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.checking import Verdicts, cards
from gongkai.checking.output import places_in_words
from gongkai.checking.verdicts import settled
from gongkai.kernel import STATUS_WORDS, Finding, Place, Status, count
from gongkai.returns import Report
from gongkai.writing.document import title_lines
from gongkai.writing.plain import printable

LEVELS = (Status.FAIL, Status.UNCERTAIN, Status.REMARK)
"""The levels that are listed, the gravest first."""

HEADINGS = ("序号", "级别", "规则", "问题", "位置和原文", "核对数（左）", "核对数（右）", "说明", "整改情况")
_PLACES = 6
_QUOTE = 80
_SETTLED = "不需更正"

Results = Sequence[tuple[Report, Sequence[Finding]]]


@dataclass(frozen=True, slots=True)
class Correction:
    """One row: its number, the level in words, the rule's code and title, what is wrong, where (a line a place), both sides
    as printed, what a person decided on it. The last column, what was done about it, is for the body to fill in, where anything is left to do.
    """

    number: int
    status: Status
    rule: str
    what: str
    places: tuple[str, ...]
    left: str
    right: str
    explanation: str
    settled: bool = False

    @property
    def level(self) -> str:
        """The level in words."""
        return STATUS_WORDS[self.status]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row's texts under :data:`HEADINGS`; a place a line."""
        where = "\n".join(self.places)
        return (
            str(self.number),
            self.level,
            self.rule,
            self.what,
            where,
            self.left,
            self.right,
            self.explanation,
            _SETTLED if self.settled else "",
        )


def corrections(items: Sequence[Finding], verdicts: Verdicts | None = None) -> tuple[Correction, ...]:
    """The rows of one report: errors, then doubts, then notes, each in the rules' order."""
    titles = {card.code: card.title for card in cards()}
    listed = [item for status in LEVELS for item in items if item.status is status]
    return tuple(_correction(number, item, titles, verdicts or {}) for number, item in enumerate(listed, start=1))


def title(report: Report) -> tuple[str, ...]:
    """The title over a report's rows: the report's own, and what the rows are."""
    return (*map(printable, title_lines(report)), "核对意见和整改情况表")


def preface(report: Report, items: Sequence[Finding], verdicts: Verdicts | None = None) -> str:
    """The sentences over a report's rows: how many of each level, how many of them a person has settled, what the body is asked to do."""
    body = printable(report.agency) if report.agency else "你单位"
    year = f"{report.year}年" if report.year is not None else ""
    about = f"{body}{year}政府信息公开工作年度报告"
    listed = [item for item in items if item.status in LEVELS]
    counts = "、".join(f"{STATUS_WORDS[s]}{count(listed, s)}项" for s in LEVELS if count(listed, s))
    if not counts:
        return f"经核对，{about}没有发现需要整改的问题。"
    left = [item for item in listed if not settled(item, verdicts or {})]
    done = len(listed) - len(left)
    known = f"其中{done}项已有说明或者经复核不成立，不需更正" if done else ""
    if not left:
        return f"经核对，{about}有{counts}，列表如下，都已有说明或者经复核不成立，不需更正。"
    wanted = "；".join(_wanted(left))
    return f"经核对，{about}有{counts}，列表如下{'，' + known if known else ''}。{wanted}。处理结果请填入“整改情况”一栏。"


def _wanted(left: Sequence[Finding]) -> list[str]:
    out = []
    if count(left, Status.FAIL):
        out.append("“错误”是数字之间不可能同时成立的，请查明原因并更正，已经公布的请更正后重新公布")
    if count(left, Status.UNCERTAIN) or count(left, Status.REMARK):
        out.append("“存疑”和“提示”请逐项核实，数字没有错的，请说明原因")
    return out


def _correction(number: int, item: Finding, titles: dict[str, str], verdicts: Verdicts) -> Correction:
    verdict = verdicts.get(item.fingerprint)
    return Correction(
        number,
        item.status,
        f"{item.rule} {titles.get(item.rule, '')}".rstrip(),
        printable(item.message),
        _places(item.places),
        _side(item.left),
        _side(item.right),
        printable(verdict.in_words()) if verdict is not None else "",
        settled(item, verdicts),
    )


def _places(places: Sequence[Place]) -> tuple[str, ...]:
    """The passages quoted, each after the spots it stands at; the first few of many."""
    spots: dict[str, list[Place]] = {}
    for place in places:
        spots.setdefault(" ".join(printable(place.quote).split()), []).append(place)
    lines = [_passage(words, those) for words, those in spots.items()]
    lines = [line for line in lines if line]
    more = (f"等{len(lines)}处。",) if len(lines) > _PLACES else ()
    return (*lines[:_PLACES], *more)


def _passage(words: str, places: Sequence[Place]) -> str:
    where = "；".join(_spots(places))
    quote = f"“{words[:_QUOTE]}{'……' if len(words) > _QUOTE else ''}”" if words else ""
    return f"{where}：{quote}" if where and quote else where or quote


def _spots(places: Sequence[Place]) -> list[str]:
    """The spots in words; columns of one row of a table are said together: 表2第4行第4至8、10列."""
    rows: dict[tuple[int | None, str | None, int | None, int | None], list[int]] = {}
    others = []
    for place in places:
        if place.cell is None and place.table is not None and place.row is not None and place.column is not None:
            rows.setdefault((place.page, place.sheet, place.table, place.row), []).append(place.column)
        else:
            others.append(place)
    said = []
    for (page, sheet, table, row), columns in rows.items():
        spot = Place(page=page, sheet=sheet, table=table, row=row).in_words()
        said.append(f"{spot}第{_numbers(columns)}列")
    return [*said, *filter(None, [places_in_words(others)])]


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in order, three and more in a row as a span: 4至8、10."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _side(side: Decimal | str | None) -> str:
    return format(side.normalize(), "f") if isinstance(side, Decimal) else printable(side or "")
