"""Which items does a member of staff reach at a body?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.flow.models import Review
from gongkai_web.publishing.drafting import WHOLE_BODY
from gongkai_web.publishing.models import Item
from gongkai_web.ui.refusals import NotAllowed, NotHere


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person reaches at one body. ``departments`` is None when all of it."""

    person_id: int
    body: Body
    roles: frozenset[Role]
    departments: frozenset[int] | None
    held: standing.Held

    def items(self) -> QuerySet[Item]:
        """The items within reach."""
        rows = Item.objects.filter(body=self.body)
        return rows if self.departments is None else rows.filter(department_id__in=self.departments)

    def reviews(self) -> QuerySet[Review]:
        """The reviews within reach."""
        rows = Review.objects.filter(body=self.body)
        return rows if self.departments is None else rows.filter(department_id__in=self.departments)

    def item(self, item_id: int) -> Item:
        """One of them. NotHere for all others, whether they are there or not."""
        found = (
            self.items()
            .select_related("body__practice", "category", "department", "draft__changed_by", "keeper", "drafter")
            .filter(pk=item_id)
            .first()
        )
        if found is None:
            raise NotHere("没有这条信息，或者它不属于您所在的科室。")
        return found

    def roles_for(self, department_id: int | None) -> frozenset[Role]:
        """The roles that reach a department."""
        return frozenset(r for r, limit in self.held if limit is None or limit == (department_id or WHOLE_BODY))


def scope(person_id: int, body: Body, held: standing.Held | None = None) -> Scope:
    """What a person reaches; ``held`` is what they hold there today when that was asked before. NotAllowed for who sees no drafts."""
    held = standing.memberships_of(person_id, body) if held is None else held
    roles = frozenset(r for r, _ in held)
    if not roles & CONTENT:
        raise NotAllowed(f"拟公开的信息由{body.name}承担起草、审核职责的人员查看，您没有这类职责。")
    limits = {limit for r, limit in held if r in CONTENT}
    reached = None if None in limits else frozenset(limit for limit in limits if limit is not None)
    return Scope(person_id, body, roles, reached, held)
