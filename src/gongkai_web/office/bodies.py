"""Which body does a command on the server mean?"""

from __future__ import annotations

from django.db.utils import OperationalError

from gongkai.errors import BadInput
from gongkai_web.agencies.models import Body
from gongkai_web.office.door import UNREACHABLE, pending


def body_named(slug: str | None) -> Body:
    """The body of that code, or the only one. BadInput names those that are there."""
    try:
        if pending():
            raise BadInput("数据库还没有升级到这个版本。请先运行一次 gongkai serve，再运行这个命令。")
        there = list(Body.objects.order_by("id"))
    except OperationalError:
        raise BadInput(UNREACHABLE) from None
    if not there:
        raise BadInput("这里还没有单位。请检查 --data，或者先用 gongkai init 建立单位。")
    names = "、".join(f"{b.slug}（{b.name}）" for b in there)
    if slug is None:
        if len(there) > 1:
            raise BadInput(f"这里有几个机关，请用 --body 写明是哪一个：{names}。")
        return there[0]
    found = next((b for b in there if b.slug == slug), None)
    if found is None:
        raise BadInput(f"没有代号为“{slug}”的机关。现有：{names}。")
    return found
