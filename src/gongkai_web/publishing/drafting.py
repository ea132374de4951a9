"""Who may work on a draft, and how is what they hand in taken into it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Department
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import clocks
from gongkai_web.publishing.markup import canonical
from gongkai_web.publishing.models import Category, Draft, Item, Kind, Origin, Stage
from gongkai_web.publishing.versions import CONTENT_FIELDS, TITLES
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

DRAFTERS = (Role.CLERK, Role.UNIT_HEAD)
WHOLE_BODY = 0
"""As a department: only roles that are not limited to one reach it."""
OPEN = frozenset({Stage.DRAFT, Stage.RETURNED, Stage.APPROVED})
"""The stages in which the text can be changed; what was approved loses its approval by it."""
FACTS = (
    "category", "department", "kind", "origin", "obtained_from", "responsible_body", "joint_bodies", "five_kinds", "made_or_changed_on",
    "reassess_on",
)  # fmt: skip
FIVE_KINDS = ("决策公开", "执行公开", "管理公开", "服务公开", "结果公开")


def subject(item: Item) -> Subject:
    """The item as the trail names it."""
    return Subject("item", str(item.pk), item.draft.title)


def locked(item_id: int) -> Item:
    """The item with its draft, its row locked until the act ends. NotHere when there is none."""
    found = Item.objects.select_for_update(of=("self",)).select_related("body", "category", "draft").filter(pk=item_id).first()
    if found is None:
        raise NotHere("没有这条信息。")
    return found


def require_drafter(actor: Actor, item: Item) -> None:
    """NotAllowed unless the actor drafts at the item's body and for its department."""
    standing.require(actor, item.body, *DRAFTERS, department_id=item.department_id or WHOLE_BODY)


def require_open(item: Item) -> None:
    """NotPossible while the text must not change."""
    if item.stage in OPEN:
        return
    advice = {
        Stage.REVIEW: "请先撤回送审，改好后再送审。",
        Stage.PUBLISHED: "请办理“更正”，更正稿审定后会替换已公开的内容。",
        Stage.WITHHELD: "请先办理“重新起草”。",
        Stage.WITHDRAWN: "请先办理“重新起草”。",
        Stage.DISCARDED: "请新建一条信息。",
    }
    raise NotPossible(f"这条信息{Stage(item.stage).label}，现在不能修改。{advice[Stage(item.stage)]}")


def take_content(draft: Draft, content: Mapping[str, Any], person_id: int) -> list[str]:
    """Put what was handed in into the draft, the text in its canonical form; the names of the fields that changed."""
    unknown = content.keys() - set(CONTENT_FIELDS)
    if unknown:
        raise ValueError(f"no content field is called {sorted(unknown)}")
    taken = dict(content)
    if "html" in taken:
        taken["html"] = canonical(str(taken["html"]))
    changed = [name for name, value in taken.items() if getattr(draft, name) != value]
    for name in changed:
        setattr(draft, name, taken[name])
    if changed:
        _validate(draft, changed)
        draft.revision += 1
        draft.changed_at = clock.now()
        draft.changed_by_id = person_id
        if person_id not in draft.authors:
            draft.authors = [*draft.authors, person_id]
    return changed


def take_facts(item: Item, facts: Mapping[str, Any]) -> list[str]:
    """Put what was handed in into the item; the names of the facts that changed. Days and links are checked, not their meaning."""
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise ValueError(f"no fact is called {sorted(unknown)}")
    errors: dict[str, str] = {}
    changed = []
    for name, value in facts.items():
        column = f"{name}_id" if name in {"category", "department"} else name
        if getattr(item, column) == value:
            continue
        why = _fact_fault(item, name, value)
        if why:
            errors[name] = why
            continue
        setattr(item, column, value)
        changed.append(name)
    if errors:
        raise BadForm(errors)
    return changed


def reckon_due(item: Item) -> None:
    """Work out anew by when the item is to be published, for the lists."""
    category = Category.objects.get(pk=item.category_id)
    item.due_on = clocks.due_on(item.made_or_changed_on, clocks.period_of(category, item.kind), item.draft.attribute)


def _fact_fault(item: Item, name: str, value: Any) -> str:
    match name:
        case "category" if not Category.objects.filter(pk=value, body=item.body_id, closed_on=None).exists():
            return "请选择本机关在用的栏目。"
        case "department" if value is not None and not Department.objects.filter(pk=value, body=item.body_id).exists():
            return "请选择本机关的科室。"
        case "kind" if value not in Kind.values:
            return "请选择文件类型。"
        case "origin" if value not in Origin.values:
            return "请选择是本机关制作还是获取的信息。"
        case "five_kinds" if set(value) - set(FIVE_KINDS):
            return "五公开的标注只能是决策公开、执行公开、管理公开、服务公开、结果公开。"
        case "made_or_changed_on" if not isinstance(value, dt.date) or value > clock.today():
            return "形成或者变更日期应当是今天或者今天以前的日期。"
    return ""


def _validate(draft: Draft, fields: list[str]) -> None:
    """BadForm when a value does not fit its column."""
    errors: dict[str, str] = {}
    for name in fields:
        field = Draft._meta.get_field(name)
        value = getattr(draft, name)
        limit = getattr(field, "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            errors[name] = f"{TITLES[name]}有 {len(value)} 个字，最多 {limit} 个字，请缩短。"
            continue
        try:
            field.clean(value, draft)  # type: ignore[union-attr]  # only columns are among the content's fields
        except ValidationError:
            if value not in (None, "", []):
                errors[name] = f"{TITLES[name]}填写得不对，请改正。"
    if "title" in fields and not draft.title.strip():
        errors["title"] = "标题没有填写。"
    if errors:
        raise BadForm(errors)
