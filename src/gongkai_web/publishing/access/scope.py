"""Which items does a member of staff reach at a body?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body, Department
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
            self.items().select_related("body", "category", "department", "draft", "keeper", "drafter").filter(pk=item_id).first()
        )
        if found is None:
            raise NotHere("没有这条信息，或者它不属于您所在的科室。")
        return found

    def roles_for(self, department_id: int | None) -> frozenset[Role]:
        """The roles that reach a department."""
        return standing.roles_of(self.person_id, self.body, department_id=department_id or WHOLE_BODY)


def scope(person_id: int, body: Body) -> Scope:
    """What a person reaches. NotAllowed for who has no role that sees drafts."""
    roles = standing.roles_of(person_id, body)
    if not roles & CONTENT:
        raise NotAllowed(f"拟公开的信息由{body.name}承担起草、审核职责的人员查看，您没有这类职责。")
    if standing.roles_of(person_id, body, department_id=WHOLE_BODY) & CONTENT:
        return Scope(person_id, body, roles, None)
    reached = frozenset(
        key
        for key in Department.objects.filter(body=body).values_list("id", flat=True)
        if standing.roles_of(person_id, body, department_id=key) & CONTENT
    )
    return Scope(person_id, body, roles, reached)
