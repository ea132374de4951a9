"""What does somebody see of one item, and which forms stand beside it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai_web.agencies import access as agencies
from gongkai_web.agencies.doors import role, standing
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.agencies.standing import Standing
from gongkai_web.flow import sent_forms
from gongkai_web.publishing import access
from gongkai_web.publishing.actions.publication import TOMBSTONE
from gongkai_web.publishing.drafting import DRAFTERS, WHOLE_BODY
from gongkai_web.publishing.models import LinkKind, Origin, OutingChannel, ResolutionKind, Stage, Validity
from gongkai_web.trail import reading
from gongkai_web.visits import access as visits
from gongkai_web.workbench import sections
from gongkai_web.workbench.item_fields import choices
from gongkai_web.workbench.margins import numbered
from gongkai_web.workbench.static_editions import SEEN_BY
from gongkai_web.workbench.today import urgency
from gongkai_web.workbench.uploading import CHOICES

HISTORY = 60
FACT_WORDS = (
    ("document_number", "发文字号"), ("issuer", "发文机关"), ("theme", "主题分类"), ("genre", "体裁分类"), ("made_on", "成文日期"),
    ("effective_on", "施行日期"), ("summary", "内容概述"), ("keywords", "关键词"), ("source", "信息来源"), ("basis", "公开依据"),
)  # fmt: skip


@require_safe
@role(*CONTENT)
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item's page."""
    return page(request, item_id)


def done(request: HttpRequest, item_id: int, section: str, do: Callable[[Standing], str]) -> HttpResponse:
    """Carry out what a form of the item's page asks for; then the page with what was done, or the form again with what was wrong."""
    found = standing(request)
    access.scope(found.person.pk, found.body).item(item_id)
    address = reverse("work_item", args=[item_id])
    return sections.sent(
        lambda: do(found), lambda wrong: page(request, item_id, section, wrong), lambda said: f"{address}?done={said}"
    )


def page(request: HttpRequest, item_id: int, section: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    """The page; with errors, the form ``section`` open with what was typed."""
    found = standing(request)
    shown = access.item_page(found.person.pk, found.body, item_id, found.held)
    hits, text = numbered(shown.hits, shown.content.html)
    row = shown.row
    latest = shown.versions[0] if shown.versions else None
    scheduled = next((p for p in shown.publications if p.is_scheduled), None)
    may_draft = "publishing.link.add" in shown.possible
    words: dict[str, Any] = {
        "page": shown,
        "row": row,
        "text": text,
        "hits": hits,
        "open_hits": [n for n in hits if n.hit.is_open],
        "facts": _facts(shown),
        "urgency": urgency(row.due_on, found.day) if row.due_on else None,
        "latest": latest,
        "scheduled": scheduled,
        "may": shown.possible,
        "may_draft": may_draft,
        "is_draft": row.stage in {Stage.DRAFT, Stage.RETURNED},
        "history": reading.history("item", str(item_id), HISTORY),
        "token": request.POST.get(sent_forms.FIELD, "") or sent_forms.token(),
        "today": found.day,
        "resolutions": [(k.value, k.label) for k in ResolutionKind],
        "channels": OutingChannel.choices,
        "link_kinds": LinkKind.choices,
        "validities": [(v.value, v.label) for v in Validity if v is not Validity.NONE],
        "is_registered": "publishing.validity.propose" in shown.possible,
        "keepers": _keepers(found, shown) if "publishing.item.keep" in shown.possible else [],
        "tombstone": TOMBSTONE,
        "upload_choices": CHOICES,
        "choices": choices(found) if may_draft else {},
        "stages": Stage,
        "visits": visits.of_item(item_id, found.day),
        "may_see_editions": found.holds(*SEEN_BY),
        "now_public": next((p for p in shown.publications if p.is_public), None),
    }
    return sections.page(request, "workbench/item.html", words, section, errors)


def _facts(shown: access.ItemPage) -> list[tuple[str, str]]:
    """The metadata that is filled in, in the order people know it."""
    row, facts = shown.row, shown.facts
    told = [
        ("索引号", row.index_number),
        ("栏目", row.category_name),
        ("科室", row.department),
        ("文件类型", row.kind),
        ("公开属性", shown.content.attribute_word),
    ]
    told += [(word, str(shown.content.values[name] or "")) for name, word in FACT_WORDS]
    told += [
        ("不予公开的理由", shown.content.ground_word),
        ("理由说明", shown.content.values["reason"]),
        ("形成或者变更日期", facts["made_or_changed_on"].isoformat()),
        ("重新评估日期", facts["reassess_on"].isoformat() if facts["reassess_on"] else ""),
        ("制作或获取", Origin(facts["origin"]).label + (f"（{facts['obtained_from']}）" if facts["obtained_from"] else "")),
        ("联合制作机关", "、".join(facts["joint_bodies"])),
        ("五公开", "、".join(facts["five_kinds"])),
        ("负责公开的机关", facts["responsible_body"]),
        ("经办人", row.keeper),
    ]
    return [(word, value) for word, value in told if value]


def _keepers(found: Standing, shown: access.ItemPage) -> list[tuple[int, str]]:
    """Who could take the item over: only who may open it."""
    drafters = agencies.holders(found.body, found.day, DRAFTERS, department_id=shown.department_id or WHOLE_BODY)
    return [(key, name) for key, name in drafters if key != shown.row.keeper_id]
