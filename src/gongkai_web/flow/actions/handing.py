"""Which act gives one step of a review to another who may decide it (移交)?"""

from __future__ import annotations

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Membership
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Review, Step
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui.refusals import BadForm


@act("flow.review.hand", "{actor}把《{subject}》的“{step}”环节移交{to}办理，理由：{reason}", title="移交")
def hand(actor: Actor, review_id: int, step_id: int, *, to_id: int, reason: str) -> Done[Review]:
    """Give the present step to another holder of its role or to a deputy; who could decide it, or the unit head, may do so."""
    review = reviews.locked(review_id)
    step = reviews.require_turn(review, step_id)
    held = standing.require(actor, review.body, *CONTENT)
    if Role.UNIT_HEAD not in held:
        reviews.require_decider(int(actor.id), review, step)
    to = next((p for p in receivers(review, step) if p.pk == to_id and p.pk != int(actor.id)), None)
    errors = {}
    if to is None:
        errors["to"] = "请选择有同样职责、没有起草过这份信息的同事，或者他的代理人。"
    if not reason.strip():
        errors["reason"] = "请写明移交的理由，例如“外出开会”“与本人有利害关系”。"
    if errors or to is None:
        raise BadForm(errors)
    step.person = to
    step.save(update_fields=["person"])
    words = {"step": step.title, "to": to.name, "reason": reason.strip()}
    return Done(review, review.body.slug, reviews.subject_of(review), words=words, fixed={"review": review.pk, "to": to.pk})


def receivers(review: Review, step: Step) -> tuple[Person, ...]:
    """Who could be given a step, whoever has it now, by name."""
    anybody = Step(review=review, position=step.position, title=step.title, role=step.role)
    members = Membership.objects.filter(body=review.body).values("person_id")
    deputies = review.body.deputies.values("deputy_id")
    people = Person.objects.filter(is_active=True, pk__in=members.union(deputies)).order_by("name", "id")
    return tuple(p for p in people if not reviews.may_decide(p.pk, review, anybody))
