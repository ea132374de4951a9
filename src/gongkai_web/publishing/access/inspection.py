"""Who sees what an inspection of the website would find?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.publishing.self_inspection import Point, points
from gongkai_web.ui.refusals import NotAllowed

SEEN_BY = (Role.UNIT_HEAD, Role.CLERK, Role.SUPERIOR)


def self_inspection(person_id: int, body: Body) -> tuple[Point, ...]:
    """Everything to mend at a body, the heaviest first. NotAllowed for who does not keep its site."""
    if not standing.roles_of(person_id, body) & set(SEEN_BY):
        raise NotAllowed(f"网站自查由{'、'.join(ROLE_WORDS[r] for r in SEEN_BY)}查看，您在{body.name}没有这项职责。")
    return points(body)
