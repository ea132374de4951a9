"""How is a review opened, whose turn is it, and may this person decide?

Plain functions, called inside acts; the acts stand in ``flow.actions.review``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, Role
from gongkai_web.flow.models import Approval, Decision, Review, ReviewState, Step, Verdict
from gongkai_web.flow.reviewed import kind_of
from gongkai_web.trail import digests
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import in_place_of
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed, NotHere, NotPossible

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without I, L, O, U, which paper and voice confuse."""
CODE_LENGTH = 8
WHOLE_BODY = 0
"""As a department: only roles that are not limited to one reach it."""
# What people read or type instead of what is printed.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step that a review will have: its title and who decides it."""

    title: str
    role: Role


def open_review(
    body: Body, subject: Subject, digest: str, steps: Sequence[StepPlan], drafter_id: int, department_id: int | None
) -> Review:
    """A new review of one state of a thing. NotPossible without steps, or while another review of the thing is open."""
    if not steps:
        raise NotPossible("还没有设置审核环节，不能送审。请先在机关设置中写明由谁审核。")
    if Review.objects.filter(subject_kind=subject.kind, subject_id=subject.id, state=ReviewState.OPEN).exists():
        raise NotPossible(f"《{subject.name}》正在审核，不能再送审一次。需要修改的，请先撤回送审。")
    review = Review.objects.create(
        body=body,
        department_id=department_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_name=subject.name[:200],
        digest=digest,
        steps=len(steps),
        drafter_id=drafter_id,
        opened_at=clock.now(),
    )
    Step.objects.bulk_create(
        Step(review=review, position=n, title=s.title, role=s.role.value) for n, s in enumerate(steps, start=1)
    )
    return review


def locked(review_id: int) -> Review:
    """The review, its row locked until the act ends. NotHere when there is none."""
    found = Review.objects.select_for_update().filter(pk=review_id).first()
    if found is None:
        raise NotHere("没有这份送审件。")
    return found


def subject_of(review: Review) -> Subject:
    """What is reviewed, as the trail names it."""
    return Subject(review.subject_kind, review.subject_id, review.subject_name)


def turn(review: Review) -> Step | None:
    """The step whose turn it is; None when the review is closed."""
    if review.state != ReviewState.OPEN:
        return None
    return review.step_rows.filter(decision=None).order_by("position").first()


def require_turn(review: Review, step_id: int) -> Step:
    """The step, when it is its turn. NotPossible otherwise."""
    if review.state != ReviewState.OPEN:
        raise NotPossible(f"《{review.subject_name}》{ReviewState(review.state).label}，不能再作出审核意见。")
    step = turn(review)
    if step is None or step.pk != step_id:
        raise NotPossible(f"现在轮到“{step.title if step else '其他'}”环节，这个环节已经办过或者还没有轮到。请刷新页面查看。")
    return step


def require_digest(review: Review, digest: str) -> None:
    """NotPossible when the person looked at something else than what is under review."""
    if digest != review.digest:
        raise NotPossible("您看到的内容与正在审核的内容不是同一版。请刷新页面，看过最新内容后再作出意见。")


def may_decide(person_id: int, review: Review, step: Step, day: dt.date | None = None) -> str:
    """Why the person may not decide the step on the day, as a sentence; empty when they may."""
    if person_id == review.drafter_id or person_id in kind_of(review).authors(review):
        return "您起草或者修改过这份信息，不能由您审核。请由有同样职责的其他人办理，或者打印审批单由其在纸上签批。"
    if step.person_id is not None and step.person_id != person_id:
        return f"这个环节已经交由{step.person.name if step.person else '他人'}办理。"
    held = standing.roles_of(person_id, review.body, day, department_id=review.department_id or WHOLE_BODY)
    if Role(step.role) not in held and step.person_id != person_id:
        return f"“{step.title}”环节由{ROLE_WORDS[Role(step.role)]}办理，您在{review.body.name}没有这项职责。"
    if not CONTENT.intersection(held):
        return f"您在{review.body.name}没有审核的职责。"
    return ""


def require_decider(person_id: int, review: Review, step: Step, day: dt.date | None = None) -> None:
    """NotAllowed when the person may not decide the step on the day."""
    why = may_decide(person_id, review, step, day)
    if why:
        raise NotAllowed(why)
    in_place_of(stood_in_for(person_id, review, step, day or clock.today()))


def stood_in_for(person_id: int, review: Review, step: Step, day: dt.date) -> str:
    """The names of those for whom the person decides the step as a deputy; empty where the role is the person's own."""
    return standing.stands_in_for(person_id, review.body, {Role(step.role)}, day, review.department_id or WHOLE_BODY)


def decide(actor: Actor, review: Review, decision: Decision) -> str:
    """Keep the decision and let follow what follows; what followed, in words for the trail."""
    decision.save(force_insert=True)
    kind = kind_of(review)
    if decision.verdict == Verdict.RETURNED:
        close(review, ReviewState.RETURNED)
        kind.returned(review, decision.opinion)
        return ""
    if turn(review) is not None:
        return ""
    close(review, ReviewState.APPROVED)
    approval = Approval.objects.create(review=review, digest=review.digest, approved_at=clock.now())
    return kind.approved(actor, approval)


def close(review: Review, state: ReviewState) -> None:
    """End the review in a state."""
    review.state, review.closed_at = state, clock.now()
    review.save(update_fields=["state", "closed_at"])


def short_code(digest: str) -> str:
    """The code printed on the sheet of a digest: eight characters, read in two groups ("7K3M-P9QT")."""
    number = int(digests.digest(digest.encode(), "sha256").partition(":")[2][:10], 16)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (CODE_LENGTH - 1), -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def same_code(written: str, digest: str) -> bool:
    """Whether a code as somebody typed it is that of the digest: case, hyphens, spaces and misread letters do not matter."""
    plain = "".join(ch for ch in written.upper() if ch.isalnum()).translate(_MISREAD)
    return plain == short_code(digest).replace("-", "")
