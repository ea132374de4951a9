"""Which acts make an item, change it, and send it to review?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.flow import reviews
from gongkai_web.publishing import drafting, versions
from gongkai_web.publishing.beginning import begun
from gongkai_web.publishing.going_public import require_scanned, time_fault
from gongkai_web.publishing.models import Attribute, Category, Item, Stage, Version
from gongkai_web.publishing.requirements import problems
from gongkai_web.publishing.steps import steps_for
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible


@act("publishing.item.create", "{actor}新建了《{subject}》，索引号{index}", title="新建信息")
def create(
    actor: Actor,
    body_id: int,
    category_id: int,
    *,
    title: str,
    department_id: int | None = None,
    made_or_changed_on: dt.date | None = None,
    content: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Done[Item]:
    """A new item with an empty draft or the given content (fields of ``Content``) and facts (``drafting.FACTS``)."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    if department_id is None and standing.roles_of(int(actor.id or 0), body, department_id=drafting.WHOLE_BODY).isdisjoint(
        drafting.DRAFTERS
    ):
        standing.require(actor, body, *drafting.DRAFTERS)
        raise BadForm({"department": "请选择信息属于哪个科室。"})
    standing.require(actor, body, *drafting.DRAFTERS, department_id=department_id)
    category = Category.objects.filter(pk=category_id, body=body, closed_on=None).first()
    if category is None:
        raise BadForm({"category": "请选择本机关在用的栏目。"})
    if not title.strip():
        raise BadForm({"title": "标题没有填写。"})
    item = begun(
        category,
        int(actor.id),
        title=title.strip(),
        facts={"department": department_id, "made_or_changed_on": made_or_changed_on or clock.today(), **(facts or {})},
        content=content or {},
    )
    return Done(item, body.slug, drafting.subject(item), words={"index": item.index_number})


@act("publishing.item.edit", "{actor}修改了《{subject}》：{fields}", title="修改")
def edit(
    actor: Actor,
    item_id: int,
    *,
    revision: int,
    content: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Done[Item]:
    """Change content and facts. ``revision`` is of the draft the person saw: NotPossible when somebody saved since."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    drafting.require_open(item)
    draft = item.draft
    if draft.revision != revision:
        raise NotPossible(f"这份草稿已被{draft.changed_by.name}另外保存过。请先复制您改动的部分，刷新页面后在最新的内容上继续。")
    changed = drafting.take_content(draft, content or {}, int(actor.id))
    facts_changed = drafting.take_facts(item, facts or {})
    if item.stage == Stage.APPROVED and changed:
        item.stage = Stage.DRAFT
    if changed:
        draft.save()
    drafting.reckon_due(item)
    item.changed_at = clock.now()
    item.save()
    named = {f.name: str(f.verbose_name) for f in Item._meta.fields}
    titles = [versions.TITLES[f] for f in changed] + [named[f] for f in facts_changed]
    return Done(
        item,
        item.body.slug,
        drafting.subject(item),
        words={"fields": "、".join(titles) or "没有改动"},
        fixed={"revision": draft.revision},
    )


@act("publishing.item.submit", "{actor}把《{subject}》第{number}版送审，公开属性：{attribute}", title="送审")
def submit(actor: Actor, item_id: int, *, revision: int, publish_at: dt.datetime | None = None) -> Done[Version]:
    """Cut a version and open its review. ``publish_at`` is when it is to become public once approved; None means at once."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.stage not in {Stage.DRAFT, Stage.RETURNED}:
        raise NotPossible(f"这条信息{Stage(item.stage).label}，现在不能送审。")
    draft = item.draft
    if draft.revision != revision:
        raise NotPossible("送审的内容与最新保存的草稿不同。请刷新页面，看过最新内容后再送审。")
    attachments = versions.attachments_of(item)
    wrong = problems(item, draft, item.category, attachments, clock.today())
    untimely = time_fault(item, publish_at)
    if untimely:
        wrong["publish_at"] = untimely
    if wrong:
        raise BadForm(wrong)
    require_scanned(item, draft, attachments)
    person = int(actor.id)
    subject = Subject("item", str(item.pk), draft.title)
    digest = versions.content_digest(item, draft, attachments)
    review = reviews.open_review(item.body, subject, digest, steps_for(item, draft), person, item.department_id)
    version = versions.cut(item, draft, review, attachments, person)
    item.stage, item.publish_at, item.returned_why, item.changed_at = Stage.REVIEW, publish_at, "", clock.now()
    item.save(update_fields=["stage", "publish_at", "returned_why", "changed_at"])
    words = {"number": str(version.number), "attribute": Attribute(draft.attribute).label}
    return Done(version, item.body.slug, subject, words=words, fixed={"digest": digest, "version": version.number})
