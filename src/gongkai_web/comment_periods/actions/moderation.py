"""Which acts decide whether a comment is shown?"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_web.comment_periods import showing
from gongkai_web.comment_periods.handling import MODERATORS, comment_of, comment_subject, require
from gongkai_web.comment_periods.models import Comment, Moderation, Verdict
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible

MOST_REASON = 300


@act("comment_periods.comment.show", "{actor}审看就《{title}》提出的{subject}：可以展示{how}", title="展示")
def show(actor: Actor, comment_id: int, *, hidden: Sequence[tuple[int, int]] = (), reason: str = "") -> Done[Moderation]:
    """Let the public read a comment, with spans of it hidden. What the scan takes for personal is hidden, or a reason says why not."""
    comment = _decidable(actor, comment_id)
    spans = showing.merged(hidden, len(comment.text))
    left = showing.shown(comment.text, spans)
    if showing.is_classified(comment.body, left):
        raise NotPossible("文字里带有密级标志，不能展示。请立即停止处理，报告保密工作机构。")
    if not left.replace(showing.MARK, "").strip():
        raise BadForm({"hidden": "全部文字都隐去了，没有可以展示的内容。请改为不展示并写明理由。"})
    open_spots = [s for s in showing.spots(comment.body, left) if s.personal]
    if open_spots and not reason.strip():
        names = "、".join(dict.fromkeys(s.title for s in open_spots))
        raise BadForm({"reason": f"还有没隐去的{names}。请隐去；确认不是个人信息或者依法可以公开的，写明理由。"})
    made = _decided(actor, comment, Verdict.SHOWN, spans, reason)
    how = f"，隐去 {len(spans)} 处" if spans else ""
    return Done(
        made,
        comment.body.slug,
        comment_subject(comment),
        words={"title": comment.period.draft.draft.title, "how": how},
        fixed={"hidden": [list(s) for s in spans], "reason": reason.strip()},
    )


@act("comment_periods.comment.withhold", "{actor}审看就《{title}》提出的{subject}：不展示，理由：{reason}", title="不展示")
def withhold(actor: Actor, comment_id: int, *, reason: str) -> Done[Moderation]:
    """Do not show a comment. It is kept, and dealt with in the adoption table like every other."""
    comment = _decidable(actor, comment_id)
    if not reason.strip():
        raise BadForm({"reason": "请写明为什么不展示。"})
    made = _decided(actor, comment, Verdict.WITHHELD, (), reason)
    words = {"title": comment.period.draft.draft.title, "reason": reason.strip()}
    return Done(made, comment.body.slug, comment_subject(comment), words=words)


def _decidable(actor: Actor, comment_id: int) -> Comment:
    comment = comment_of(comment_id)
    require(actor, comment.period, *MODERATORS)
    if actor.kind is not ActorKind.STAFF or comment.entered_by_id == int(actor.id):
        raise NotAllowed("这条意见是您登记的，要由另一位同事审看。")
    return comment


def _decided(actor: Actor, comment: Comment, verdict: Verdict, spans: Sequence[tuple[int, int]], reason: str) -> Moderation:
    if len(reason.strip()) > MOST_REASON:
        raise BadForm({"reason": f"理由最多 {MOST_REASON} 个字，请缩短。"})
    return Moderation.objects.create(
        comment=comment,
        verdict=verdict,
        hidden=[list(s) for s in spans],
        reason=reason.strip(),
        decided_by_id=int(actor.id),
        decided_at=clock.now(),
    )
