"""Which act decides whether the pages say how often they were read?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui.refusals import NotHere
from gongkai_web.visits.models import Footer

ROLES = (Role.UNIT_HEAD, Role.SYSTEM_ADMINISTRATOR)


@act("visits.footer.show", "{actor}决定公开平台页脚{whether}累计访问量", title="设置页脚的访问量")
def show(actor: Actor, body_id: int, *, shown: bool) -> Done[Footer]:
    """Say in the footer of every public page how often the pages were read, or say it no more."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *ROLES)
    row, _ = Footer.objects.update_or_create(body=body, defaults={"shown": shown})
    words = {"whether": "显示" if shown else "不显示"}
    return Done(row, body.slug, Subject("body", str(body.pk), body.name), words=words, fixed={"shown": shown})
