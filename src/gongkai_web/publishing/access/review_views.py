"""What does the staff see of a review: its steps, whose turn it is, what was decided?"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.models import Membership
from gongkai_web.agencies.roles import ROLE_WORDS, Role
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Decision, Review, ReviewState, Step, Verdict
from gongkai_web.publishing.access.staff_shapes import ReviewView, StepView
from gongkai_web.trail.acts import as_deputy


def review_view(review: Review) -> ReviewView:
    """A review with its steps and decisions."""
    return review_views([review])[review.pk]


def review_views(listed: Sequence[Review]) -> dict[int, ReviewView]:
    """Reviews with their steps and decisions, by their keys: one question to the database however many they are."""
    steps: dict[int, list[Step]] = {r.pk: [] for r in listed}
    rows = Step.objects.filter(review_id__in=list(steps)).select_related(
        "person", "decision__decided_by", "decision__recorded_by"
    )
    for step in rows.order_by("position"):
        steps[step.review_id].append(step)
    return {r.pk: _view(r, steps[r.pk]) for r in listed}


def _view(review: Review, steps: Sequence[Step]) -> ReviewView:
    is_open = review.state == ReviewState.OPEN
    turn = next((s.pk for s in steps if is_open and _decision(s) is None), None)
    return ReviewView(
        id=review.pk,
        state=review.state,
        state_word=ReviewState(review.state).label,
        opened_at=review.opened_at,
        closed_at=review.closed_at,
        drafter=review.drafter.name,
        code=reviews.short_code(review.digest),
        digest=review.digest,
        steps=tuple(_step(s, s.pk == turn) for s in steps),
    )


def signers(review: Review, step: Step) -> tuple[tuple[int, str], ...]:
    """Who could decide the step: key and name, by name. They are asked one by one, so that deputies and hand-overs count."""
    members = Membership.objects.filter(body=review.body).values("person_id")
    deputies = review.body.deputies.values("deputy_id")
    people = Person.objects.filter(is_active=True, pk__in=members.union(deputies)).order_by("name", "id")
    return tuple((p.pk, p.name) for p in people if not reviews.may_decide(p.pk, review, step))


def _decision(step: Step) -> Decision | None:
    return getattr(step, "decision", None)


def _step(step: Step, is_turn: bool) -> StepView:
    decision = _decision(step)
    return StepView(
        id=step.pk,
        position=step.position,
        title=step.title,
        role=step.role,
        role_word=ROLE_WORDS[Role(step.role)],
        person=step.person.name if step.person else "",
        verdict=decision.verdict if decision else "",
        verdict_word=Verdict(decision.verdict).label if decision else "",
        decided_by=as_deputy(decision.decided_by.name, decision.in_place_of) if decision else "",
        decided_on=decision.decided_on if decision else None,
        recorded_by=decision.recorded_by.name if decision else "",
        opinion=decision.opinion if decision else "",
        on_paper=decision.on_paper if decision else False,
        paper=decision.paper if decision else "",
        is_turn=is_turn,
    )
