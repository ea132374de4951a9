"""Which acts tie items together: an interpretation to its document, a document to what it repeals?"""

from __future__ import annotations

from gongkai_web.publishing import drafting, visible
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.models import Item, Kind, Link, LinkKind
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible


@act("publishing.link.add", "{actor}把《{subject}》与《{other}》关联：{kind}", title="关联")
def add(actor: Actor, source_id: int, target_id: int, *, kind: str) -> Done[Link]:
    """Say that ``source`` interprets, comments, amends, repeals or belongs to ``target``; the link shows on both."""
    item = drafting.locked(source_id)
    drafting.require_drafter(actor, item)
    target = Item.objects.select_related("draft", "body").filter(pk=target_id).first()
    if target is None or (target.body_id != item.body_id and not visible.public(clock.now()).filter(item=target).exists()):
        raise NotHere("没有要关联的那条信息，或者它还没有公开。")
    if kind not in LinkKind.values or source_id == target_id:
        raise BadForm({"kind": "请选择关联的种类：解读、征求意见、修改、废止或者相关，并且不能与自身关联。"})
    if kind == LinkKind.INTERPRETS:
        _require_same_drafter(item, target)
    link, made = Link.objects.get_or_create(kind=kind, source=item, target=target, defaults={"made_at": clock.now()})
    if not made:
        raise NotPossible("这两条信息已经这样关联过。")
    _tell(item, target)
    words = {"other": target.draft.title, "kind": LinkKind(kind).label}
    return Done(link, item.body.slug, drafting.subject(item), words=words)


@act("publishing.link.remove", "{actor}取消了《{subject}》与《{other}》的关联：{kind}", title="取消关联")
def remove(actor: Actor, link_id: int) -> Done[Item]:
    """Untie two items."""
    link = Link.objects.select_related("target__draft", "target__body").filter(pk=link_id).first()
    if link is None:
        raise NotHere("没有这项关联，可能已经取消。")
    item = drafting.locked(link.source_id)
    drafting.require_drafter(actor, item)
    words = {"other": link.target.draft.title, "kind": LinkKind(link.kind).label}
    target = link.target
    link.delete()
    _tell(item, target)
    return Done(item, item.body.slug, drafting.subject(item), words=words)


def _require_same_drafter(item: Item, target: Item) -> None:
    """谁起草、谁解读: the department that drafted a document interprets it."""
    if item.kind != Kind.INTERPRETATION:
        raise NotPossible("这条信息的文件类型不是“政策解读”。请先修改文件类型，再关联。")
    if target.body_id != item.body_id:
        raise NotPossible("政策解读由文件的起草机关编写，只能解读本机关的文件；转载其他机关的解读请用“相关”。")
    if item.department_id and target.department_id and item.department_id != target.department_id:
        raise NotPossible("谁起草、谁解读：解读应当由起草文件的科室编写。科室填错了的，请先改正。")


def _tell(item: Item, target: Item) -> None:
    changed(item.body, item)
    if target.body_id == item.body_id:
        changed(item.body, target)
    else:
        changed(target.body, target)
