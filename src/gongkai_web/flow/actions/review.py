"""Which acts run a review: pass, return, record what was signed on paper, withdraw?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.files.models import StoredFile
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Decision, Review, ReviewState, Step, Verdict
from gongkai_web.flow.reviewed import kind_of
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act, as_deputy
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible


@act("flow.review.pass", "{actor}在“{step}”环节通过了《{subject}》{then}", title="通过")
def pass_step(actor: Actor, review_id: int, step_id: int, *, digest: str, opinion: str = "") -> Done[Review]:
    """Pass a step on the screen. ``digest`` is of what the person saw."""
    return _decide_on_screen(actor, review_id, step_id, digest, Verdict.PASSED, opinion)


@act("flow.review.return", "{actor}在“{step}”环节退回了《{subject}》，理由：{opinion}", title="退回")
def return_step(actor: Actor, review_id: int, step_id: int, *, digest: str, opinion: str) -> Done[Review]:
    """Return to the drafter from a step, with the reason."""
    if not opinion.strip():
        raise BadForm({"opinion": "请写明退回的理由，经办人要按它修改。"})
    return _decide_on_screen(actor, review_id, step_id, digest, Verdict.RETURNED, opinion)


@act(
    "flow.review.paper",
    "《{subject}》“{step}”环节凭纸质签批{verdict}，{signer}于{day}签批，{actor}登记{then}",
    title="登记纸质签批",
)
def record_paper(
    actor: Actor,
    review_id: int,
    step_id: int,
    *,
    code: str,
    verdict: str,
    signer_id: int,
    signed_on: dt.date,
    scan: str,
    opinion: str = "",
) -> Done[Review]:
    """Record what was decided on the printed sheet: its code, who signed on which day, the digest of its scan."""
    review = reviews.locked(review_id)
    standing.require(actor, review.body, Role.CLERK, Role.UNIT_HEAD)
    step = reviews.require_turn(review, step_id)
    if not reviews.same_code(code, review.digest):
        wrong = "审批单上的编号与正在审核的内容不符：内容在打印以后改过，或者拿错了审批单。请核对编号，内容改过的要重新打印、重新签批。"
        raise BadForm({"code": wrong})
    signer = Person.objects.filter(pk=signer_id).first()
    decision = _on_paper(review, step, verdict, signer, signed_on, scan, opinion)
    assert signer is not None
    why = reviews.may_decide(signer.pk, review, step, signed_on)
    if why:
        raise NotAllowed(f"{signer.name}不能在这个环节签批：{why}")
    decision.recorded_by_id = int(actor.id)
    decision.in_place_of = reviews.stood_in_for(signer.pk, review, step, signed_on)
    then = reviews.decide(actor, review, decision)
    words = {
        "step": step.title,
        "verdict": Verdict(verdict).label,
        "signer": as_deputy(signer.name, decision.in_place_of),
        "day": f"{signed_on.year}年{signed_on.month}月{signed_on.day}日",
        "then": then,
    }
    return _done(review, words, opinion, happened_on=signed_on, scan=scan)


@act("flow.review.withdraw", "{actor}撤回了《{subject}》的送审", title="撤回送审")
def withdraw(actor: Actor, review_id: int) -> Done[Review]:
    """Take back what was sent to review, as long as the review is open."""
    review = reviews.locked(review_id)
    held = standing.require(actor, review.body, Role.CLERK, Role.UNIT_HEAD)
    authors = kind_of(review).authors(review) | {review.drafter_id}
    if int(actor.id) not in authors and Role.UNIT_HEAD not in held:
        raise NotAllowed("只有送审的人、起草的人或者公开工作机构负责人能撤回送审。")
    if review.state != ReviewState.OPEN:
        raise NotPossible(f"《{review.subject_name}》{ReviewState(review.state).label}，不能撤回送审。")
    reviews.close(review, ReviewState.WITHDRAWN)
    kind_of(review).withdrawn(review)
    return _done(review, {}, "")


def _decide_on_screen(actor: Actor, review_id: int, step_id: int, digest: str, verdict: Verdict, opinion: str) -> Done[Review]:
    review = reviews.locked(review_id)
    step = reviews.require_turn(review, step_id)
    standing.require(actor, review.body, *CONTENT)
    reviews.require_decider(int(actor.id), review, step)
    reviews.require_digest(review, digest)
    now = clock.now()
    decision = Decision(
        step=step,
        verdict=verdict,
        decided_by_id=int(actor.id),
        decided_on=clock.today(),
        in_place_of=reviews.stood_in_for(int(actor.id), review, step, clock.today()),
        recorded_by_id=int(actor.id),
        recorded_at=now,
        opinion=opinion.strip(),
        digest=review.digest,
    )
    then = reviews.decide(actor, review, decision)
    return _done(review, {"step": step.title, "then": then}, opinion)


def _on_paper(
    review: Review, step: Step, verdict: str, signer: Person | None, signed_on: dt.date, scan: str, opinion: str
) -> Decision:
    """The decision that the sheet shows, or BadForm with everything that is wrong with it."""
    errors: dict[str, str] = {}
    if verdict not in Verdict.values:
        errors["verdict"] = "请选择通过或者退回。"
    if verdict == Verdict.RETURNED and not opinion.strip():
        errors["opinion"] = "请把审批单上的退回理由抄录下来。"
    if signer is None:
        errors["signer"] = "请选择在审批单上签字的人。"
    if signed_on > clock.today():
        errors["signed_on"] = "签批日期不能晚于今天。"
    earlier = Decision.objects.filter(step__review=review).order_by("-step__position").first()
    since = earlier.decided_on if earlier else review.opened_at.astimezone(clock.BEIJING).date()
    if signed_on < since:
        errors["signed_on"] = f"签批日期不能早于送审或者上一环节的日期{since.isoformat()}。"
    if not StoredFile.objects.filter(body=review.body, digest=scan).exists():
        errors["scan"] = "请上传签批后的审批单扫描件或者照片。"
    if errors:
        raise BadForm(errors)
    assert signer is not None
    return Decision(
        step=step,
        verdict=verdict,
        decided_by=signer,
        decided_on=signed_on,
        recorded_at=clock.now(),
        opinion=opinion.strip(),
        on_paper=True,
        paper=scan,
        digest=review.digest,
    )


def _done(
    review: Review, words: dict[str, str], opinion: str, *, happened_on: dt.date | None = None, scan: str = ""
) -> Done[Review]:
    fixed = {"review": review.pk, "digest": review.digest, **({"scan": scan} if scan else {})}
    personal = {"opinion": opinion.strip()} if opinion.strip() else {}
    return Done(
        review, review.body.slug, reviews.subject_of(review), words=words, fixed=fixed, personal=personal, happened_on=happened_on
    )
