"""Which acts resolve what the scan found?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.texts import too_long
from gongkai_web.publishing import drafting, scans, versions
from gongkai_web.publishing.models import Item, Resolution, ResolutionKind, Stage
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible

RESOLVERS = (*drafting.DRAFTERS, Role.DEPARTMENT_REVIEWER, Role.SECRECY_OFFICER)
LONGEST = 300
_CLOSED = frozenset({Stage.PUBLISHED, Stage.WITHHELD, Stage.WITHDRAWN, Stage.DISCARDED})


@act("publishing.hit.resolve", "{actor}核对了《{subject}》{part}中的“{title}”，认定为{kind}", title="核对扫描命中")
def resolve(actor: Actor, item_id: int, *, fingerprint: str, kind: str, reason: str) -> Done[Resolution]:
    """Say of one hit, or of what could not be checked, why it may stand."""
    item = _open_item(actor, item_id)
    hit = next(
        (h for h in scans.scan(item, item.draft, versions.attachments_of(item)).open if h.fingerprint == fingerprint), None
    )
    if hit is None:
        raise NotPossible("这一处已经处理过，或者内容改动后已经不在了。请刷新页面查看。")
    allowed = _may_be(hit)
    if hit.is_marking:
        # As with uploads: only who answers for secrecy says that a marking is none, and nobody of a text of their own.
        standing.require(actor, item.body, Role.SECRECY_OFFICER)
        if int(actor.id) in item.draft.authors:
            raise NotAllowed("这条信息是您自己起草的，密级标志是否误报应当由另一位保密审查员认定。")
    errors = {}
    if kind not in {k.value for k in allowed}:
        errors["kind"] = f"请选择{'或者'.join(k.label for k in ResolutionKind if k in allowed)}。"
    if not reason.strip():
        errors["reason"] = "请写明理由，例如“是本机关公开的办公电话”“附件图片已逐张看过”。"
    elif len(reason.strip()) > LONGEST:
        errors["reason"] = too_long("理由", reason.strip(), LONGEST)
    if errors:
        raise BadForm(errors)
    row = Resolution.objects.create(
        item=item,
        fingerprint=fingerprint,
        rule=hit.rule,
        kind=kind,
        reason=reason.strip(),
        resolved_by_id=int(actor.id),
        resolved_at=clock.now(),
    )
    words = {"part": hit.part, "title": hit.title, "kind": ResolutionKind(kind).label}
    return Done(
        row,
        item.body.slug,
        drafting.subject(item),
        words=words,
        fixed={"fingerprint": fingerprint, "rule": hit.rule},
        personal={"reason": reason.strip()},
    )


@act("publishing.hit.reopen", "{actor}撤销了对《{subject}》一处“{rule}”的认定", title="撤销认定")
def reopen(actor: Actor, item_id: int, *, fingerprint: str) -> Done[Item]:
    """Take back what was said of a hit."""
    item = _open_item(actor, item_id)
    row = Resolution.objects.filter(item=item, fingerprint=fingerprint).first()
    if row is None:
        raise NotPossible("这一处没有认定过，不需要撤销。")
    rule = row.rule
    row.delete()
    return Done(item, item.body.slug, drafting.subject(item), words={"rule": rule}, fixed={"fingerprint": fingerprint})


def _may_be(hit: scans.ScanHit) -> set[ResolutionKind]:
    """What a hit can turn out to be: what is classified is never lawful to publish."""
    if hit.is_unchecked:
        return {ResolutionKind.CHECKED}
    return {ResolutionKind.FALSE_ALARM} if hit.is_marking else {ResolutionKind.FALSE_ALARM, ResolutionKind.LAWFUL}


def _open_item(actor: Actor, item_id: int) -> Item:
    item = drafting.locked(item_id)
    standing.require(actor, item.body, *RESOLVERS, department_id=item.department_id or drafting.WHOLE_BODY)
    if item.stage in _CLOSED:
        raise NotPossible(f"这条信息{Stage(item.stage).label}，不在起草或者审核中，不需要核对。")
    return item
