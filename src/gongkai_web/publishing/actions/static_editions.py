"""Which act says what a folder of static pages is to hold?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.flow import tasks
from gongkai_web.publishing import baked
from gongkai_web.publishing.access.public import categories_on
from gongkai_web.publishing.actions.arrangement import ARRANGERS
from gongkai_web.publishing.actions.publication import is_web_address
from gongkai_web.publishing.models import Channel
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

LONGEST = 200
WHAT = {True: "只放以静态页面公开的栏目", False: "放全部栏目"}


@act("publishing.edition.arrange", "{actor}改了{subject}的静态页面（{folder}）：{what}", title="安排静态页面")
def arrange(actor: Actor, body_id: int, *, mark: str, only_baked: bool, portal_url: str) -> Done[int]:
    """Say whether an edition holds every category or only those that become public as static pages, and where the portal here
    stands. The worker bakes it so; the id of its task.
    """
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *ARRANGERS)
    edition = next((e for e in baked.editions(body.slug) if e.mark == mark), None)
    if edition is None:
        raise NotHere("没有这个静态页面的文件夹，可能已经取消。")
    wanted, address = edition.wanted, portal_url.strip()
    errors = {}
    if address and (len(address) > LONGEST or not is_web_address(address) or "?" in address or "#" in address):
        errors["portal_url"] = "请写成 https://www.example.gov.cn/ 这样的网址，最多 200 个字符；没有的可以不填。"
    if only_baked and not categories_on(body, Channel.BAKED):
        errors["only_baked"] = "没有一个栏目选择以“静态页面”公开。请先在“公开栏目”里为栏目选择，再来改这里。"
    if errors:
        raise BadForm(errors)
    if (wanted.only_baked, wanted.portal_url) == (only_baked, address):
        raise NotPossible("没有改动。")
    values = {"only_baked": only_baked, "portal_url": address}
    key = tasks.enqueue(baked.REARRANGE, actor, {"mark": mark, "values": values}, body=body)
    words = {"folder": str(wanted.folder), "what": f"{WHAT[only_baked]}，公开平台的网址为{address or '空'}"}
    return Done(key, body.slug, Subject("body", str(body.pk), body.name), words=words)
