"""Which open steps wait for an absent person, and who takes them over?"""

from __future__ import annotations

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.flow.models import Review, ReviewState, Step
from gongkai_web.flow.reviewed import kind_of
from gongkai_web.flow.reviews import WHOLE_BODY


def hand_over_steps(body: Body, absent: Person, to: Person) -> int:
    """Give every open step that waits for ``absent`` to ``to``, where they hold the role and wrote nothing of it; how many. Inside an act."""
    count = 0
    for review in Review.objects.select_for_update().filter(body=body, state=ReviewState.OPEN):
        for step in review.step_rows.filter(decision=None):
            if _waits_for(absent, review, step) and _could(to, review, step):
                step.person = to
                step.save(update_fields=["person"])
                count += 1
    return count


def _waits_for(person: Person, review: Review, step: Step) -> bool:
    if step.person_id is not None:
        return step.person_id == person.pk
    return Role(step.role) in standing.roles_of(person.pk, review.body, department_id=review.department_id or WHOLE_BODY)


def _could(person: Person, review: Review, step: Step) -> bool:
    if person.pk == review.drafter_id or person.pk in kind_of(review).authors(review):
        return False
    return Role(step.role) in standing.roles_of(person.pk, review.body)
