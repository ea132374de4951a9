"""Who may take an approved version away, to publish it on another website?"""

from __future__ import annotations

from gongkai_web.agencies.models import Body
from gongkai_web.publishing.access.scope import scope
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.handing_over import Package, package
from gongkai_web.ui.refusals import NotAllowed


def hand_over_package(person_id: int, body: Body, item_id: int) -> Package:
    """The package of an item's approved version. NotHere outside the person's reach, NotAllowed for who does not draft, NotPossible (409)
    when no approved version waits, when anything was changed since it was approved, or when the scan has something open.
    """
    reach = scope(person_id, body)
    item = reach.item(item_id)
    if not reach.roles_for(item.department_id) & set(DRAFTERS):
        raise NotAllowed("移交包由经办人或者公开工作机构负责人下载。请让他们办理。")
    return package(item)
