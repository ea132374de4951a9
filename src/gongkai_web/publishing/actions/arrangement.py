"""Which acts arrange a body's publishing: its categories, review steps and index numbers?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import bases, clocks, defaults, index_numbers
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.models import Category, Channel, Practice
from gongkai_web.publishing.versions import TITLES
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

ARRANGERS = (Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR)
DECIDERS = (Role.DEPARTMENT_REVIEWER, Role.SECRECY_OFFICER, Role.SIGNING_LEADER, Role.UNIT_HEAD)
CATEGORY_FIELDS = frozenset("name parent_id position summary bases channel steps period required".split())
PRACTICE_FIELDS = frozenset("index_pattern area_code steps words names places interpretation_period reassess_months".split())
KEY_LONGEST, NAME_LONGEST, TITLE_LONGEST, STEPS_MOST, MONTHS_MOST = 40, 60, 30, 8, 60
_KEY = set("abcdefghijklmnopqrstuvwxyz0123456789-")


@act("publishing.arrangement.begin", "{actor}为{subject}设立了 {count} 个公开栏目和审核环节", title="设立公开栏目")
def begin(actor: Actor, body_id: int) -> Done[int]:
    """Give a body the standard categories, review steps and index numbers; how many categories were made."""
    body = _body(body_id)
    if actor.kind is not ActorKind.INSTALLATION:
        standing.require(actor, body, *ARRANGERS)
    count = defaults.install(body)
    if not count:
        raise NotPossible(f"{body.name}已经有公开栏目，请在栏目设置中逐个修改。")
    return Done(count, body.slug, Subject("body", str(body.pk), body.name), words={"count": str(count)})


@act("publishing.category.add", "{actor}设立了公开栏目“{subject}”", title="设立栏目")
def add_category(
    actor: Actor, body_id: int, *, key: str, name: str, parent_id: int | None = None, **values: Any
) -> Done[Category]:
    """A new category. ``values`` are of CATEGORY_FIELDS; ``key`` names it in addresses and never changes."""
    body = _body(body_id)
    standing.require(actor, body, *ARRANGERS)
    errors = {}
    if not key or len(key) > KEY_LONGEST or set(key) - _KEY:
        errors["key"] = "栏目标识用于网址，只能是小写字母、数字和连字符，最多 40 个字符。"
    elif Category.objects.filter(body=body, key=key).exists():
        errors["key"] = "这个栏目标识已经用过，请换一个。"
    if errors:
        raise BadForm(errors)
    last = Category.objects.filter(body=body).order_by("-position").first()
    row = Category(body=body, key=key, position=last.position + 1 if last else 1)
    _take(row, {"name": name, "parent_id": parent_id, **values})
    row.save(force_insert=True)
    changed(body)
    return Done(row, body.slug, Subject("category", str(row.pk), row.name))


@act("publishing.category.change", "{actor}修改了公开栏目“{subject}”：{fields}", title="修改栏目")
def change_category(actor: Actor, category_id: int, *, values: Mapping[str, Any]) -> Done[Category]:
    """Change a category. Reviews that are open keep their steps."""
    row = _category(actor, category_id)
    fields = _take(row, values)
    if not fields:
        raise NotPossible("没有改动。")
    row.save()
    changed(row.body)
    named = {f.name: str(f.verbose_name) for f in Category._meta.fields}
    words = {"fields": "、".join(named.get(f, "上级栏目") for f in fields)}
    return Done(row, row.body.slug, Subject("category", str(row.pk), row.name), words=words)


@act("publishing.category.close", "{actor}停用了公开栏目“{subject}”", title="停用栏目")
def close_category(actor: Actor, category_id: int) -> Done[Category]:
    """Close a category that has no open one below it; what is in it stays where it is and public."""
    row = _category(actor, category_id)
    if row.closed_on is not None:
        raise NotPossible("这个栏目已经停用。")
    if Category.objects.filter(parent=row, closed_on=None).exists():
        raise NotPossible("这个栏目下面还有在用的栏目，请先停用或者移走它们。")
    row.closed_on = clock.today()
    row.save(update_fields=["closed_on"])
    changed(row.body)
    return Done(row, row.body.slug, Subject("category", str(row.pk), row.name))


@act("publishing.arrangement.set", "{actor}修改了{subject}的公开设置：{fields}", title="修改公开设置")
def arrange(actor: Actor, body_id: int, *, values: Mapping[str, Any]) -> Done[Practice]:
    """Change a body's steps, index pattern, word lists and periods (columns of Practice). Numbers already given stay."""
    body = _body(body_id)
    standing.require(actor, body, *ARRANGERS)
    row = Practice.objects.select_for_update().filter(body=body).first()
    if row is None:
        raise NotPossible("请先设立公开栏目和审核环节。")
    unknown = values.keys() - PRACTICE_FIELDS
    if unknown:
        raise ValueError(f"no setting is called {sorted(unknown)}")
    errors = _practice_faults(values)
    if errors:
        raise BadForm(errors)
    fields = [name for name, value in values.items() if getattr(row, name) != value]
    if not fields:
        raise NotPossible("没有改动。")
    for name in fields:
        setattr(row, name, values[name])
    row.save()
    changed(body)
    named = {f.name: str(f.verbose_name) for f in Practice._meta.fields}
    return Done(row, body.slug, Subject("body", str(body.pk), body.name), words={"fields": "、".join(named[f] for f in fields)})


def _body(body_id: int) -> Body:
    found = Body.objects.filter(pk=body_id).first()
    if found is None:
        raise NotHere("没有这个机关。")
    return found


def _category(actor: Actor, category_id: int) -> Category:
    row = Category.objects.select_for_update(of=("self",)).select_related("body").filter(pk=category_id).first()
    if row is None:
        raise NotHere("没有这个栏目。")
    standing.require(actor, row.body, *ARRANGERS)
    return row


def _take(row: Category, values: Mapping[str, Any]) -> list[str]:
    """Put the values into the row; the names of those that changed. BadForm with everything that is wrong."""
    unknown = values.keys() - CATEGORY_FIELDS
    if unknown:
        raise ValueError(f"no field of a category is called {sorted(unknown)}")
    errors = {name: why for name, value in values.items() if (why := _category_fault(row, name, value))}
    if errors:
        raise BadForm(errors)
    fields = [name for name, value in values.items() if getattr(row, name) != value]
    for name in fields:
        setattr(row, name, values[name])
    return fields


def _category_fault(row: Category, name: str, value: Any) -> str:
    match name:
        case "name" if not str(value).strip() or len(str(value)) > NAME_LONGEST:
            return "栏目名称没有填写，或者超过 60 个字。"
        case "parent_id" if value is not None and not _may_stand_under(row, value):
            return "上级栏目应当是本机关在用的其他栏目，不能是它自己或者它下面的栏目。"
        case "bases" if not value or any(bases.basis(code) is None for code in value):
            return "请为栏目选择至少一项公开依据。"
        case "channel" if value not in Channel.values:
            return "请选择发布方式。"
        case "period" if value not in clocks.PERIODS:
            return "请从列出的公开期限中选择。"
        case "required" if set(value) - set(TITLES):
            return "必填项只能是元数据中的项目。"
        case "steps":
            return _steps_fault(value) if value else ""
    return ""


def _may_stand_under(row: Category, parent_id: int) -> bool:
    parents = dict(Category.objects.filter(body=row.body, closed_on=None).values_list("id", "parent_id"))
    at: int | None = parent_id
    while at is not None:
        if at == row.pk or at not in parents:
            return False
        at = parents[at]
    return True


def _practice_faults(values: Mapping[str, Any]) -> dict[str, str]:
    errors = {}
    if "index_pattern" in values and (why := index_numbers.fault(values["index_pattern"])):
        errors["index_pattern"] = why
    if "steps" in values:
        why = _steps_fault(values["steps"]) if values["steps"] else "至少要有一个审核环节，未经审核不得公开。"
        if why:
            errors["steps"] = why
    if not 1 <= values.get("reassess_months", 1) <= MONTHS_MOST:
        errors["reassess_months"] = "重新评估的间隔应当在 1 到 60 个月之间。"
    return errors


def _steps_fault(steps: Sequence[Mapping[str, str]]) -> str:
    """What is wrong with a list of steps."""
    deciders = {r.value for r in DECIDERS}
    if len(steps) > STEPS_MOST:
        return f"审核环节最多 {STEPS_MOST} 个。"
    for step in steps:
        if not str(step.get("title", "")).strip() or len(step["title"]) > TITLE_LONGEST:
            return "有一个审核环节没有名称，或者名称超过 30 个字。"
        if step.get("role") not in deciders:
            return "有一个审核环节没有选择由谁审核。"
    if Role.SECRECY_OFFICER.value not in {step["role"] for step in steps}:
        return "审核环节中必须有保密审查（条例第十七条）。"
    return ""
