"""Which act says that a published decision holds no longer, so that it is taken down?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.publishing import drafting
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.kinds import DECISIONS
from gongkai_web.publishing.models import Revocation
from gongkai_web.publishing.revoked import still_public
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible


@act("publishing.decision.revoked", "{actor}登记了《{subject}》已于{day}被撤销，依据{document}", title="登记决定被撤销")
def record(actor: Actor, item_id: int, *, revoked_on: dt.date, by_document: str, note: str = "") -> Done[Revocation]:
    """Record that a decision was revoked, altered or found unlawful. It stays public until somebody who may do so takes it down; until
    then its page says that it was revoked, and it stands first on theirs.
    """
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.kind not in DECISIONS:
        raise NotPossible("只有行政许可、行政处罚、行政强制决定登记被撤销。文件类型选错了的，请先修改文件类型。")
    if not still_public(item):
        raise NotPossible("这份决定现在没有公开，不需要登记。")
    errors = {}
    if revoked_on > clock.today():
        errors["revoked_on"] = "撤销的日期不能在今天以后。"
    elif revoked_on < item.made_or_changed_on:
        errors["revoked_on"] = f"撤销的日期不能早于形成日期（{item.made_or_changed_on.isoformat()}）。"
    if not by_document.strip():
        errors["by_document"] = "请写明撤销的文书名称和文号，例如行政复议决定书、判决书。"
    if errors:
        raise BadForm(errors)
    row = Revocation.objects.create(
        item=item,
        revoked_on=revoked_on,
        by_document=by_document.strip(),
        note=note.strip(),
        recorded_by_id=int(actor.id),
        recorded_at=clock.now(),
    )
    changed(item.body, item)
    words = {"day": f"{revoked_on.year}年{revoked_on.month}月{revoked_on.day}日", "document": row.by_document}
    return Done(row, item.body.slug, drafting.subject(item), words=words, happened_on=revoked_on)
