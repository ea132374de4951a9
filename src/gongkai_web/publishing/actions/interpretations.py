"""Which acts say that a document needs no interpretation after all, or that it does?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.texts import within
from gongkai_web.publishing import drafting
from gongkai_web.publishing.kinds import POLICIES
from gongkai_web.publishing.models import Excused, Item
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible

LONGEST = 300


@act("publishing.interpretation.excuse", "{actor}认定《{subject}》不需要解读，理由：{reason}", title="认定不需要解读")
def excuse(actor: Actor, item_id: int, *, reason: str) -> Done[Excused]:
    """Say of a public document that it needs no interpretation; it leaves the list of what is to be interpreted."""
    item = _document(actor, item_id)
    if Excused.objects.filter(item=item).exists():
        raise NotPossible("这份文件已经认定不需要解读。")
    if not reason.strip():
        raise BadForm({"reason": "请写明为什么不需要解读，例如“只调整工作机构人员，不涉及公众权利义务”。"})
    said = within(reason.strip(), "理由", LONGEST, field="reason")
    row = Excused.objects.create(item=item, reason=said, excused_by_id=int(actor.id), excused_at=clock.now())
    return Done(row, item.body.slug, drafting.subject(item), words={"reason": said})


@act("publishing.interpretation.want", "{actor}撤销了《{subject}》不需要解读的认定", title="仍要解读")
def want(actor: Actor, item_id: int) -> Done[Item]:
    """Take that back."""
    item = _document(actor, item_id)
    row = Excused.objects.filter(item=item).first()
    if row is None:
        raise NotPossible("这份文件没有认定过不需要解读。")
    row.delete()
    return Done(item, item.body.slug, drafting.subject(item))


def _document(actor: Actor, item_id: int) -> Item:
    item = drafting.locked(item_id)
    standing.require(actor, item.body, Role.UNIT_HEAD, department_id=item.department_id or drafting.WHOLE_BODY)
    if item.kind not in POLICIES or item.first_published_at is None:
        raise NotPossible("只有已经公开的规章、规范性文件和其他政策文件要配解读。")
    return item
