"""What must a draft say before it can be sent to review?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gongkai_web.publishing import bases
from gongkai_web.publishing.markup import pictures
from gongkai_web.publishing.models import Attribute, Category, Draft, Item
from gongkai_web.publishing.versions import TITLES

REASON_AT_LEAST = 10
ALWAYS = ("title", "summary", "issuer")


def problems(
    item: Item, draft: Draft, category: Category, attachments: Sequence[dict[str, Any]], today: dt.date
) -> dict[str, str]:
    """What is missing or wrong, by field; empty when the draft can be sent to review."""
    found: dict[str, str] = {}
    withheld = draft.attribute in {Attribute.WITHHELD, Attribute.ON_REQUEST}
    for name in ("title",) if withheld else dict.fromkeys((*ALWAYS, *category.required)):
        if name in TITLES and not getattr(draft, name):
            found[name] = f"{TITLES[name]}没有填写。"
    if not withheld and not draft.html and not attachments:
        found["html"] = "正文没有填写，也没有附件。请填写正文，或者上传附件。"
    missing = set(pictures(draft.html)) - {a["digest"] for a in attachments}
    if missing:
        found["html"] = (
            f"正文里有 {len(missing)} 张图片不在这条信息的附件里，公开后会显示不出来。请上传图片后重新插入，或者删去。"
        )
    if draft.theme and not bases.is_theme(draft.theme):
        found["theme"] = "主题分类不在 22 个大类和它们的小类之内，请重新选择。"
    if draft.made_on and draft.made_on > today:
        found["made_on"] = "成文日期晚于今天，请核对。"
    if draft.summary and draft.summary.strip() == draft.title.strip():
        found["summary"] = "内容概述与标题相同。请用一两句话写明主要内容，不超过 100 字。"
    if category.closed_on is not None and category.closed_on <= today:
        found["category"] = f"栏目“{category.name}”已经停用，请换一个栏目。"
    return {**found, **_attribute(item, draft, attachments, today)}


def _attribute(item: Item, draft: Draft, attachments: Sequence[dict[str, Any]], today: dt.date) -> dict[str, str]:
    match draft.attribute:
        case Attribute.PROACTIVE:
            return {"cuts": "写有删减之处的，公开属性应当是“删减后公开”；没有删减的，请清空删减说明。"} if draft.cuts else {}
        case Attribute.REDACTED:
            return _cuts(draft)
        case Attribute.ON_REQUEST:
            return _on_request(draft)
        case Attribute.WITHHELD:
            return _withheld(item, draft, attachments, today)
    return {"attribute": "请确定公开属性：主动公开、删减后公开、依申请公开或者不予公开。"}


def _cuts(draft: Draft) -> dict[str, str]:
    if not draft.cuts:
        return {"cuts": "删减后公开的，请逐处写明删减的位置和理由。"}
    for cut in draft.cuts:
        if not str(cut.get("place", "")).strip():
            return {"cuts": "有一处删减没有写明位置，例如“第三条第二款”“附件 2 第 4 列”。"}
        if bases.ground(cut.get("ground", "")) is None:
            return {"cuts": "有一处删减没有选择理由。删减的理由只能是条例第十四条至第十六条规定的情形。"}
    return {}


def _on_request(draft: Draft) -> dict[str, str]:
    reason = draft.reason.strip()
    if len(reason) < REASON_AT_LEAST:
        return {"reason": "依申请公开的，请写明为什么不属于条例第十九条至第二十一条规定应当主动公开的信息。"}
    if bases.cites_withholding(reason):
        return {
            "reason": "依申请公开的理由不能引用条例第十四条至第十六条：属于这几条的信息应当定为“不予公开”，只有一部分属于的定为“删减后公开”。"
        }
    return {}


def _withheld(item: Item, draft: Draft, attachments: Sequence[dict[str, Any]], today: dt.date) -> dict[str, str]:
    found: dict[str, str] = {}
    if bases.ground(draft.ground) is None:
        found["ground"] = "请选择不予公开的理由。理由只能是条例第十四条至第十六条规定的情形。"
    if len(draft.reason.strip()) < REASON_AT_LEAST:
        found["reason"] = "请写明为什么属于所选的情形，审核人要据此判断。"
    if item.reassess_on is None or item.reassess_on <= today:
        found["reassess_on"] = "请定下重新评估的日期，应当晚于今天（条例第十八条）。"
    if draft.ground == bases.GROUND_OF_SECRECY and (draft.html or attachments):
        found["html"] = "属于国家秘密的信息不得录入本系统。请立即删除正文和附件，只保留不涉密的标题登记。"
    return found
