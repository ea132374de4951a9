"""Does the text speak in another body's name?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checking.case import Case
from gongkai.checking.rule import Rule
from gongkai.checking.text import Passage
from gongkai.kernel import Finding, RuleCard, Status

CARD = RuleCard(
    code="R503",
    status=Status.UNCERTAIN,
    title="文中的机关是编制报告的机关",
    statement="报告所列数据的机关、“我局”“我镇”等自称，应当是编制报告的机关；写成别的机关，多半是套用了别处的文字。",
    basis="《政府信息公开条例》第四十九条、第五十条：各机关报告本机关的情况。",
    wrong="某县某局的报告写“本报告中所列某县县委、某县人大的统计期限自1月1日起”。",
    right="某县某局的报告写“本报告所列数据的统计期限自1月1日起”。",
)
_PERIOD = re.compile(r"所列(?P<who>[^，。；自从为]{2,60}?)(?:的|数据|情况)*(?:统计期限|统计时限|统计周期|数据的统计)")
_NAME = "(?P<who>(?![各我本该全]|有关|相关|上级|下级)[一-鿿]{3,24}?(?:局|委员会|街道办事处|人民政府|镇|乡))"
_MADE = (
    re.compile(
        rf"(?:本?年?度?报告|年报|数据)(?:中)?(?:所列)?(?:的)?(?:全部|各项)?(?:数据)?均?由{_NAME}(?:办公室)?(?:组织)?(?:编制|统计|汇总|提供)"
    ),
    re.compile(rf"(?:现将|现公布){_NAME}(?:20[0-9]{{2}}年度?)?(?:政府|政务)信息公开(?:工作)?(?:年度报告|情况)"),
)
_BODY = re.compile(r"(?:市|县|区|省|州|旗)(?:委|人大|政府|政协)|[一-鿿]{2,}(?:局|委员会|办公室|人民政府|街道办事处)")
_SEAT = re.compile(r"(?:人民政府|办事处)$")
_SELF = re.compile(r"(?<![一-鿿自大])我(?P<kind>局|镇|乡|街道)")
_OTHERS = {
    "局": ("镇", "乡", "街道", "街道办事处", "镇人民政府", "乡人民政府"),
    "镇": ("局", "街道", "街道办事处", "乡", "乡人民政府"),
    "乡": ("局", "街道", "街道办事处", "镇", "镇人民政府"),
    "街道": ("局", "镇", "乡", "镇人民政府", "乡人民政府"),
}


def judge(case: Case) -> Iterator[Finding]:
    """One finding for the period's bodies, one for each wrong name the report gives itself."""
    agency = "".join((case.report.agency or "").split())
    told: set[str] = set()
    for passage, start, sentence in case.text.sentences:
        for found in _PERIOD.finditer(sentence) if "所列" in sentence else ():
            bodies = _BODY.findall(found["who"])
            if bodies and not any(_same(b, agency) for b in re.split(r"[、和及]", found["who"])):
                yield case.finding(
                    CARD,
                    f"正文写“{found[0]}”，所说的机关不是编制报告的{agency}。请核对是不是套用了别处的文字。",
                    left=found["who"],
                    right=agency,
                    spots=(passage.spot(start + found.start(), start + found.end()),),
                    subject=("统计期限", found["who"]),
                )
        if "由" in sentence or "现将" in sentence or "现公布" in sentence:
            yield from _makers(case, agency, passage, start, sentence, told)
        if "我" not in sentence:
            continue
        for found in _SELF.finditer(sentence):
            kind = found["kind"]
            if kind in told or not _is_other(kind, agency):
                continue
            told.add(kind)
            yield case.finding(
                CARD,
                f"正文自称“我{kind}”，编制报告的却是{agency}。请核对是不是套用了别处的文字。",
                left=f"我{kind}",
                right=agency,
                spots=(passage.spot(start, start + len(sentence)),),
                subject=("自称", kind),
            )


def _makers(case: Case, agency: str, passage: Passage, start: int, sentence: str, told: set[str]) -> Iterator[Finding]:
    """One finding for each body other than the report's own that is said to have made it."""
    for found in (m for form in _MADE for m in form.finditer(sentence)):
        who = found["who"]
        if who in told or _same(_SEAT.sub("", who), _SEAT.sub("", agency)):
            continue
        told.add(who)
        yield case.finding(
            CARD,
            f"正文写“{found[0]}”，编制报告的机关却是{agency}。请核对是不是套用了别处的文字。",
            left=who,
            right=agency,
            spots=(passage.spot(start + found.start(), start + found.end()),),
            subject=("编制机关", who),
        )


def _same(name: str, agency: str) -> bool:
    name = re.sub(r"(?:的|数据|情况)+$", "", "".join(name.split()))
    return len(name) > 1 and (agency.endswith(name) or name.endswith(agency))


def _is_other(kind: str, agency: str) -> bool:
    """Whether the agency's name plainly says another kind of body: a township that calls itself 我局, a bureau 我镇."""
    return agency.endswith(_OTHERS.get(kind, ()))


def applies(case: Case) -> bool:
    """Whether the report names its body and has text."""
    return bool(case.report.agency) and bool(case.report.sections)


RULE = Rule(CARD, judge, applies)
