"""Was the report published after the day the law sets?"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.kernel import Finding, Place, RuleCard, Status
from gongkai.reading.claims_quantities import han_value

CARD = RuleCard(
    code="R508",
    status=Status.UNCERTAIN,
    title="年报按时公布",
    statement="政府部门的年度报告应当在次年1月31日前公布，县级以上政府的年度报告应当在次年3月31日前公布；2019年5月15日以前都是3月31日前。落款或者发布日期晚于期限的，请核对。",
    basis="《政府信息公开条例》（2019年修订）第四十九条；2019年5月15日以前为2007年条例第三十一条。",
    wrong="某县某局2021年度报告的发布日期是2022年2月18日。",
    right="某县某局2021年度报告的发布日期是2022年1月26日。",
)
_DATE = (
    r"(?:(?P<y>20[0-9]{2})\s*[年.\-/]\s*(?P<m>[01]?[0-9])\s*[月.\-/]\s*(?P<d>[0-3]?[0-9])\s*日?"
    r"|(?P<hy>[二2][〇零○O0一二三四五六七八九]{3})年(?P<hm>[一二三四五六七八九十]{1,2})月(?P<hd>[一二三四五六七八九十]{1,3})日)"
)
_HAN_ZERO = str.maketrans("○O0", "〇〇〇")
_SIGNED = re.compile(rf"[\s(（]*{_DATE}[\s)）]*")
_PUBLISHED = re.compile(rf"(?:发布|公布|公开|发文|成文|生成)(?:日期|时间)\s*[：:]?\s*{_DATE}")
_GOVERNMENT = re.compile(r"(?:[省市州盟区县旗])(?:人民政府)?$")
_TOWN = re.compile(r"(?:镇|乡|街道|办事处)(?:人民政府)?$")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A statutory day: from which day it holds, for whom, and where it stands."""

    first: dt.date
    whose: str
    month: int
    day: int
    basis: str


@cache
def deadlines() -> tuple[Deadline, ...]:
    """The deadlines of ``deadlines.toml``."""
    text = (resources.files("gongkai.checking") / "deadlines.toml").read_text(encoding="utf-8")
    out = []
    for raw in tomllib.loads(text)["deadline"]:
        month, day = (int(n) for n in re.findall(r"[0-9]+", raw["day"]))
        out.append(Deadline(raw["from"], raw["whose"], month, day, raw["basis"]))
    return tuple(out)


def judge(case: Case) -> Iterator[Finding]:
    """At most one finding a report."""
    found = _day(case)
    year = case.report.year
    if found is None or year is None:
        return
    day, spot, words = found
    rule = _deadline(case, year, day)
    if rule is not None and day > (last := dt.date(year + 1, rule.month, rule.day)):
        yield case.finding(
            CARD,
            f"报告的日期是{_han(day)}，晚于{_han(last)}。依照{rule.basis}，请核对公布日期；确实晚了的，以后按时公布。",
            left=day.isoformat(),
            right=last.isoformat(),
            spots=(spot,),
            subject=("日期", words),
        )


def _deadline(case: Case, year: int, day: dt.date) -> Deadline | None:
    agency = case.report.agency or ""
    government = bool(_GOVERNMENT.search(agency)) or bool(_TOWN.search(agency))  # the law names no earlier day for townships
    whose = "government" if government else "department"
    on = min(day, dt.date(year + 1, 12, 31))
    return next((d for d in deadlines() if d.whose == whose and d.first <= on and d.first.year <= year + 1), None)


def _day(case: Case) -> tuple[dt.date, Place, str] | None:
    """The day of publication the text gives, else a day standing alone as a signature does; of next year or later."""
    year = case.report.year
    if year is None:
        return None
    passages = case.text.passages
    short = [p for p in passages if len(p.text) < 120 and ("20" in p.text or "二" in p.text)]
    for form in (_published, _signed, _beside_name(case.report.agency)):
        for passage in short:
            found = form(passage.text)
            if found and (day := _date(found)) is not None and day.year > year:
                return day, passage.spot(found.start(), found.end()), found[0].strip()
    signed = [(value, f"{name}：{value}") for name, value in case.report.signoff if "日期" in name]
    for value, quote in ((case.report.signed, case.report.signed), *signed):
        found = _SIGNED.fullmatch(value)
        if found and (day := _date(found)) is not None and day.year > year:
            return day, Place(quote=quote), value
    return None


def _beside_name(agency: str | None) -> Callable[[str], re.Match[str] | None]:
    """A day that stands in one line with the body's name."""
    name = agency or "\0"
    return lambda text: _SIGNED.fullmatch(text, len(name)) if text.startswith(name) else None


def _published(text: str) -> re.Match[str] | None:
    return _PUBLISHED.search(text) if "日期" in text or "时间" in text else None


def _signed(text: str) -> re.Match[str] | None:
    return _SIGNED.fullmatch(text) if "二" in text[:3] or "2" in text[:3] else None


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        if found["y"]:
            return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        parts = [han_value(found[name].translate(_HAN_ZERO)) for name in ("hy", "hm", "hd")]
        return None if None in parts else dt.date(*(int(part or 0) for part in parts))
    except ValueError:
        return None


def _han(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def applies(case: Case) -> bool:
    """Whether the report has a year and gives a day."""
    return case.report.year is not None and _day(case) is not None


RULE = Rule(CARD, judge, applies)
