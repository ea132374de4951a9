"""What does every screen of the staff know beside what its view gives it?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai_web.agencies.roles import ROLE_WORDS
from gongkai_web.agencies.standing import standing_of
from gongkai_web.workbench import navigation

DONE = {
    "saved": "已经保存。",
    "registered": "已经登记。",
    "ended": "已经终止。",
    "closed": "已经撤销。",
    "unlocked": "登录暂停已经解除。",
    "factor": "动态口令已经重置，本人下次登录时重新绑定。",
    "retired": "账号已经停用，本人的登录已经全部结束。",
    "restored": "账号已经恢复。",
    "password": "密码已经修改，您在别处的登录已经全部结束。",
    "granted": "职责已经授予。",
    "deputy": "代理已经安排。",
    "chosen": "已经换到这个机关。",
}


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The variables of every template. A public page has no person, and nothing is asked for it."""
    person = getattr(request, "person", None)
    standing = standing_of(request) if person else None
    route = request.resolver_match.url_name or "" if request.resolver_match else ""
    return {
        "person": person,
        "standing": standing,
        "navigation": navigation.links(standing, route) if standing else (),
        "topic_here": navigation.topic_of(route),
        "role_words": ROLE_WORDS,
        "done": DONE.get(request.GET.get("done", ""), "") if person else "",
    }
