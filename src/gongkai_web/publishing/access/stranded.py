"""Which items under way are in the hands of somebody who cannot work on them any more?"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.publishing.access.rows import RELATED, rows_of
from gongkai_web.publishing.access.staff_shapes import StaffRow
from gongkai_web.publishing.drafting import DRAFTERS, WHOLE_BODY
from gongkai_web.publishing.models import Item, Stage
from gongkai_web.ui import clock

SHOWN = 20
UNDER_WAY = (Stage.DRAFT, Stage.RETURNED, Stage.REVIEW, Stage.APPROVED)


def stranded(body: Body, day: dt.date) -> tuple[StaffRow, ...]:
    """The items whose keeper was retired or drafts no longer for their department, the oldest first. For who sees the whole body."""
    under_way = Item.objects.filter(body=body, stage__in=UNDER_WAY)
    held: dict[int, standing.Held] = {}
    lost = Q(pk__in=[])
    for keeper, department in under_way.order_by().values_list("keeper_id", "department_id").distinct():
        if keeper not in held:
            held[keeper] = standing.memberships_of(keeper, body, day)
        if not any(role in DRAFTERS and limit in {None, department or WHOLE_BODY} for role, limit in held[keeper]):
            lost |= Q(keeper_id=keeper, department_id=department)
    return rows_of(under_way.filter(lost).select_related(*RELATED).order_by("created_at")[:SHOWN], clock.now())
