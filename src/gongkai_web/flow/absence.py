"""Which open steps wait for an absent person, and who takes them over?"""

from __future__ import annotations

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.flow.models import Review, ReviewState, Step
from gongkai_web.flow.reviewed import kind_of
from gongkai_web.flow.reviews import WHOLE_BODY


def hand_over_steps(body: Body, absent: Person, to: Person) -> tuple[list[Step], list[tuple[Step, str]]]:
    """Give every open step that waits for ``absent`` to ``to``, where they hold the role there and wrote nothing of it. Inside an act.

    The steps given, and those that were not with the reason as half a sentence.
    """
    given: list[Step] = []
    left: list[tuple[Step, str]] = []
    for review in Review.objects.select_for_update().filter(body=body, state=ReviewState.OPEN):
        for step in review.step_rows.filter(decision=None).order_by("position"):
            if not _waits_for(absent, review, step):
                continue
            why = _why_not(to, review, step)
            if why:
                left.append((step, why))
            else:
                step.person = to
                step.save(update_fields=["person"])
                given.append(step)
    return given, left


def _waits_for(person: Person, review: Review, step: Step) -> bool:
    if step.person_id is not None:
        return step.person_id == person.pk
    return Role(step.role) in _roles(person, review)


def _why_not(person: Person, review: Review, step: Step) -> str:
    if person.pk == review.drafter_id or person.pk in kind_of(review).authors(review):
        return f"{person.name}起草或者修改过它，不能审核"
    if Role(step.role) in _roles(person, review):
        return ""
    elsewhere = Role(step.role) in standing.roles_of(person.pk, review.body)
    theirs = f"{person.name}的这项职责限定在别的科室" if elsewhere else f"{person.name}没有这项职责"
    return f"这个环节由{ROLE_WORDS[Role(step.role)]}办理，{theirs}"


def _roles(person: Person, review: Review) -> frozenset[Role]:
    return standing.roles_of(person.pk, review.body, department_id=review.department_id or WHOLE_BODY)
