"""Which acts arrange a body's publishing: its categories, review steps and index numbers?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import defaults
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui.refusals import NotHere, NotPossible

ARRANGERS = (Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR)


@act("publishing.arrangement.begin", "{actor}为{subject}设立了 {count} 个公开栏目和审核环节", title="设立公开栏目")
def begin(actor: Actor, body_id: int) -> Done[int]:
    """Give a body the standard categories, review steps and index numbers; how many categories were made."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    if actor.kind is not ActorKind.INSTALLATION:
        standing.require(actor, body, *ARRANGERS)
    count = defaults.install(body)
    if not count:
        raise NotPossible(f"{body.name}已经有公开栏目，请在栏目设置中逐个修改。")
    return Done(count, body.slug, Subject("body", str(body.pk), body.name), words={"count": str(count)})
