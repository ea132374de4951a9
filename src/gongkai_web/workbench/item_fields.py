"""What does the form of a draft ask, what stands in it, and what was typed into it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from gongkai_web.agencies import access as agencies
from gongkai_web.agencies.standing import Standing
from gongkai_web.agencies.texts import day_or_none, tidy, tidy_lines, within
from gongkai_web.publishing import bases
from gongkai_web.publishing.access.choices import category_choices
from gongkai_web.publishing.access.staff_shapes import ItemPage
from gongkai_web.publishing.drafting import FIVE_KINDS
from gongkai_web.publishing.models import Attribute, Kind, Origin
from gongkai_web.ui.refusals import BadForm

LINE = {
    "title": 200, "document_number": 60, "issuer": 200, "theme": 60, "genre": 20, "summary": 200, "keywords": 120, "source": 80,
    "attribute": 12, "basis": 120, "ground": 40,
}  # fmt: skip
DAYS = {"made_on": "成文日期", "effective_on": "施行日期"}
FACT_DAYS = {"made_or_changed_on": "形成或者变更日期", "reassess_on": "重新评估日期"}
FACT_LIMITS = {"obtained_from": ("获取自", 100), "responsible_body": ("负责公开的机关", 80)}
MOST_JOINT = 20
FACT_LINE = ("kind", "origin", "obtained_from", "responsible_body", "category", "department")
SPARE_CUTS = 3
MOST_CUTS = 60
GENRES = (
    "通知",
    "公告",
    "通告",
    "意见",
    "决定",
    "通报",
    "报告",
    "批复",
    "函",
    "办法",
    "规定",
    "细则",
    "方案",
    "规划",
    "命令（令）",
    "纪要",
    "其他",
)
ATTRIBUTES = (
    (Attribute.PROACTIVE, "主动公开", "审定后按选定的时间公开，期限见信息页面。"),
    (Attribute.REDACTED, "删减后公开", "个别内容不能公开，区分处理后公开其余部分；每处删减都要写明位置和理由。"),
    (Attribute.ON_REQUEST, "依申请公开", "不属于条例第十九条至第二十一条规定应当主动公开的；要写明理由。"),
    (Attribute.WITHHELD, "不予公开", "只能是条例第十四条至第十六条规定的情形；要定期重新评估。"),
)


def shown(page: ItemPage) -> dict[str, Any]:
    """What stands in the draft, as the form shows it."""
    found: dict[str, Any] = {name: page.content.values[name] or "" for name in (*LINE, "html", "reason")}
    found |= {name: _day(page.content.values[name]) for name in DAYS}
    found |= {name: _day(page.facts[name]) for name in FACT_DAYS}
    found |= {name: "" if page.facts[name] is None else str(page.facts[name]) for name in FACT_LINE}
    found["joint_bodies"] = "\n".join(page.facts["joint_bodies"])
    found["five_kinds"] = list(page.facts["five_kinds"])
    found["cuts"] = [(str(c.get("place", "")), str(c.get("ground", ""))) for c in page.content.values["cuts"]]
    return found


def typed(post: QueryDict) -> dict[str, Any]:
    """What was typed, as the form shows it again."""
    names = (*LINE, *DAYS, *FACT_DAYS, *FACT_LINE, "html", "reason", "joint_bodies")
    found: dict[str, Any] = {name: post.get(name, "") for name in names}
    found["five_kinds"] = [k for k in post.getlist("five_kinds") if k in FIVE_KINDS]
    places, grounds = post.getlist("cut_place"), post.getlist("cut_ground")
    found["cuts"] = [(p, g) for p, g in zip(places, grounds, strict=False) if p.strip() or g.strip()]
    return found


def content_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The content as the act takes it. BadForm for what is no day."""
    content: dict[str, Any] = {name: tidy(values[name]) for name in LINE}
    content["reason"] = tidy_lines(values["reason"])
    content["html"] = values["html"]
    if len(values["cuts"]) > MOST_CUTS:
        raise BadForm({"cuts": f"删减的位置最多 {MOST_CUTS} 处，现在有 {len(values['cuts'])} 处，请合并。"})
    cuts = [(within(tidy(place), "删减的位置", 200, field="cuts"), ground) for place, ground in values["cuts"]]
    content["cuts"] = [{"place": place, "ground": ground} for place, ground in cuts]
    content |= _days(values, DAYS)
    if content["attribute"] not in Attribute.values:
        raise BadForm({"attribute": "请从列出的四种公开属性里选择一种。"})
    return content


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the act takes them. BadForm for what is no day and no choice."""
    facts: dict[str, Any] = {
        name: within(tidy(values[name]), word, longest, field=name) for name, (word, longest) in FACT_LIMITS.items()
    }
    facts |= {
        "kind": values["kind"],
        "origin": values["origin"],
        "five_kinds": [k for k in FIVE_KINDS if k in values["five_kinds"]],
    }
    joint = [line for line in tidy_lines(values["joint_bodies"]).split("\n") if line]
    if len(joint) > MOST_JOINT:
        raise BadForm({"joint_bodies": f"联合制作机关最多 {MOST_JOINT} 个，现在有 {len(joint)} 个。"})
    facts["joint_bodies"] = [within(name, "每个联合制作机关的名称", 80, field="joint_bodies") for name in joint]
    facts |= _days(values, FACT_DAYS)
    facts |= {"category": number(values["category"]), "department": number(values["department"])}
    return facts


def number(written: str) -> int | None:
    """A key as a form sends it; None for everything else."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 16 else None


def choices(found: Standing) -> dict[str, Any]:
    """What can be chosen from in the form."""
    categories = category_choices(found.body, found.day)
    return {
        "categories": [(c.id, "　" * c.depth + c.name) for c in categories],
        "departments": [(d.id, d.name) for d in agencies.departments(found.body)],
        "kinds": Kind.choices,
        "origins": Origin.choices,
        "five": FIVE_KINDS,
        "themes": bases.themes(),
        "genres": GENRES,
        "attributes": ATTRIBUTES,
        "grounds": [(g.code, f"{g.title}（条例{g.article}）") for g in bases.grounds()],
        "citations": list(dict.fromkeys(c for each in categories for c in each.citations)),
        "spare_cuts": SPARE_CUTS,
    }


def _days(values: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    days: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, title in titles.items():
        try:
            days[name] = day_or_none(values[name], title, field=name)
        except BadForm as wrong:
            errors |= wrong.errors
    if errors:
        raise BadForm(errors)
    return days


def _day(value: Any) -> str:
    return value.isoformat() if value else ""
