"""Which index number does a new item get?"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping

from gongkai_web.agencies.models import Body
from gongkai_web.flow.numbers import next_number
from gongkai_web.publishing.models import Category, Practice
from gongkai_web.ui.refusals import BadForm

STANDARD = "{organisation}/{year}-{serial:05}"
"""The national form of 2009: code of the organisation, year, five-digit serial."""
FIELDS = {
    "organisation": "组织机构代码",
    "credit": "统一社会信用代码",
    "area": "地区代码",
    "year": "年",
    "month": "月",
    "category": "栏目标识",
    "serial": "流水号",
}
LONGEST = 60
_ALLOWED = set(string.ascii_letters + string.digits + "-/_.")


def fault(pattern: str) -> str:
    """What is wrong with a pattern, as a sentence; empty when it can be used."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return "索引号格式的花括号没有配对，请改正，例如 {organisation}/{year}-{serial:05}。"
    fields = [name for _, name, _, _ in parts if name is not None]
    unknown = sorted(set(fields) - FIELDS.keys())
    if unknown:
        return f"索引号格式里不认识“{unknown[0]}”，可以写的有：{'、'.join(f'{{{f}}}（{w}）' for f, w in FIELDS.items())}。"
    if fields.count("serial") != 1 or "year" not in fields:
        return "索引号格式必须有一个年份 {year} 和一个流水号 {serial}，否则号码会重复。"
    if set("".join(text for text, _, _, _ in parts)) - _ALLOWED:
        return "索引号格式的其余部分只能用字母、数字和 - / _ . 这几个符号。"
    try:
        longest = pattern.format(
            organisation="0" * 9, credit="0" * 18, area="0" * 12, year="2000", month="01", category="x" * 20, serial=99999
        )
    except (ValueError, KeyError, IndexError):
        return "索引号格式里流水号的写法不对，五位流水号写作 {serial:05}。"
    return f"按这个格式，索引号会超过 {LONGEST} 个字符，请缩短。" if len(longest) > LONGEST else ""


def next_index(body: Body, category: Category, day: dt.date) -> str:
    """The next index number of a body, inside an act. BadForm, naming no field, when a code that the pattern needs is not filled in."""
    pattern, values = _pattern(body)
    lacking = _lacking(pattern, values)
    if lacking:
        words = "、".join(lacking)
        raise BadForm(
            {"": f"索引号里要用到{words}，{body.name}还没有填写。请系统管理员在“本机关”的网站信息中补上，再保存这一页。"}
        )
    made = {**values, "year": f"{day.year:04}", "month": f"{day.month:02}", "category": category.key}
    return pattern.format(**made, serial=next_number(body, "index", day.year))


def missing_codes(body: Body) -> tuple[str, ...]:
    """The names of the codes without which the body's pattern gives no number, so that nothing can be begun."""
    return _lacking(*_pattern(body))


def _pattern(body: Body) -> tuple[str, dict[str, str]]:
    practice = Practice.objects.filter(body=body).first()
    # The ninth to the seventeenth character of the unified code are the organisation's (GB 32100-2015).
    organisation = body.organisation_code.replace("-", "") or body.credit_code[8:17]
    values = {"organisation": organisation, "credit": body.credit_code, "area": practice.area_code if practice else ""}
    return practice.index_pattern if practice else STANDARD, values


def _lacking(pattern: str, values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(FIELDS[name] for name, value in values.items() if f"{{{name}" in pattern and not value)
