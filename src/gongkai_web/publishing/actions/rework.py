"""Which acts take an item up again: correct what is public, begin anew what was withdrawn, discard a draft?"""

from __future__ import annotations

from gongkai_web.publishing import drafting
from gongkai_web.publishing.models import Item, Publication, Stage
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible


@act("publishing.item.correct", "{actor}开始更正《{subject}》：{note}", title="更正")
def correct(actor: Actor, item_id: int, *, note: str) -> Done[Item]:
    """Open the text of a public item for a correction; what is public stays until the correction is approved."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.stage != Stage.PUBLISHED:
        raise NotPossible("只有已经发布的信息才能办理更正。")
    if not note.strip():
        raise BadForm({"note": "请写明更正了什么，它会随更正稿一起公开。"})
    return _take_up(item, note.strip(), {"note": note.strip()})


@act("publishing.item.reopen", "{actor}重新起草《{subject}》，理由：{reason}", title="重新起草")
def reopen(actor: Actor, item_id: int, *, reason: str) -> Done[Item]:
    """Open the text of an item that was withdrawn or withheld."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.stage not in {Stage.WITHDRAWN, Stage.WITHHELD}:
        raise NotPossible("只有已撤下或者审定为不主动公开的信息才能重新起草。")
    if not reason.strip():
        raise BadForm({"reason": "请写明为什么重新起草。"})
    return _take_up(item, "", {"reason": reason.strip()})


@act("publishing.item.discard", "{actor}作废了《{subject}》，理由：{reason}", title="作废")
def discard(actor: Actor, item_id: int, *, reason: str) -> Done[Item]:
    """Give up a draft that was never public. Its index number stays used."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.stage not in {Stage.DRAFT, Stage.RETURNED, Stage.APPROVED} or Publication.objects.filter(item=item).exists():
        raise NotPossible("只有从未公开、也不在审核中的信息才能作废。")
    if not reason.strip():
        raise BadForm({"reason": "请写明作废的理由。"})
    item.stage, item.changed_at = Stage.DISCARDED, clock.now()
    item.save(update_fields=["stage", "changed_at"])
    return Done(item, item.body.slug, drafting.subject(item), words={"reason": reason.strip()})


def _take_up(item: Item, note: str, words: dict[str, str]) -> Done[Item]:
    item.stage, item.correction_note, item.changed_at = Stage.DRAFT, note, clock.now()
    item.save(update_fields=["stage", "correction_note", "changed_at"])
    return Done(item, item.body.slug, drafting.subject(item), words=words)
