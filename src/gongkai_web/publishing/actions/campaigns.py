"""Which acts carry a clean-up of documents from its beginning to the changes that it asks for?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body, Placement
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.texts import too_long
from gongkai_web.publishing import campaigns, drafting
from gongkai_web.publishing.beginning import begun
from gongkai_web.publishing.models import Campaign, CampaignEntry, Category, Item, Kind, Validity, ValidityChange
from gongkai_web.publishing.proposals import proposed
from gongkai_web.publishing.register import ENDED
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible

DECIDERS = (Role.SIGNING_LEADER, Role.UNIT_HEAD)
LONGEST = 300
LONGEST_NAME = 200
LONGEST_TITLE = 100
FARTHEST = 2
"""Years ahead that the day may lie by which proposals are asked for."""


@act("publishing.campaign.begin", "{actor}开始{subject}，列入 {count} 件文件", title="开始文件清理")
def begin(
    actor: Actor,
    body_id: int,
    *,
    year: int,
    title: str,
    kinds: Sequence[str],
    categories: Sequence[int],
    made_until: dt.date | None,
    until_day: dt.date,
) -> Done[Campaign]:
    """Begin a clean-up: every public document within the bounds that still holds is taken up."""
    # Locked, so that two clean-ups begun at once do not take up the same documents.
    body = Body.objects.select_for_update(of=("self",)).filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, Role.UNIT_HEAD)
    today, errors = clock.today(), {}
    if not today.year - 1 <= year <= today.year + 1:
        errors["year"] = f"年度应当是 {today.year - 1} 到 {today.year + 1} 年之间。"
    if not title.strip():
        errors["title"] = "请写明这次清理的名称。"
    elif len(title.strip()) > LONGEST_TITLE:
        errors["title"] = too_long("名称", title.strip(), LONGEST_TITLE)
    elif Campaign.objects.filter(body=body, title=title.strip(), given_up_at=None).exists():
        errors["title"] = "已经有一次同名的清理，请换一个名称。"
    if not kinds or set(kinds) - {k.value for k in campaigns.KINDS}:
        errors["kinds"] = "请选择清理规章还是行政规范性文件。"
    if fault := _day_fault(until_day, today):
        errors["until_day"] = fault
    if errors:
        raise BadForm(errors)
    own = set(Category.objects.filter(body=body).values_list("id", flat=True))
    chosen = sorted(own.intersection(categories))
    found = campaigns.documents(body, kinds, chosen, made_until)
    if not found:
        raise BadForm({"": "按这个范围没有要清理的文件：没有公开的现行有效的规章、规范性文件。请放宽范围。"})
    _refuse_twice(body, [each.item_id for each in found])
    row = Campaign.objects.create(
        body=body,
        year=year,
        title=title.strip(),
        kinds=list(kinds),
        categories=chosen,
        made_until=made_until,
        until_day=until_day,
        begun_by_id=int(actor.id),
        begun_at=clock.now(),
    )
    CampaignEntry.objects.bulk_create(CampaignEntry(campaign=row, item_id=each.item_id) for each in found)
    return Done(row, body.slug, _subject(row), words={"count": str(len(found))})


@act("publishing.campaign.propose", "{actor}对《{subject}》提出清理意见：{proposal}，理由：{reason}", title="提出清理意见")
def propose(actor: Actor, entry_id: int, *, validity: str, reason: str, by_document: str = "") -> Done[CampaignEntry]:
    """Say what should become of a document; only who drafts for its department."""
    entry, item = _entry(entry_id)
    drafting.require_drafter(actor, item)
    _require_open(entry)
    errors = {}
    if validity not in campaigns.WORDS:
        errors["validity"] = "请选择继续有效、修改、废止或者失效。"
    if not reason.strip():
        errors["reason"] = "请写明理由，例如“与上位法一致，仍适应工作需要”。"
    elif len(reason.strip()) > LONGEST:
        errors["reason"] = too_long("理由", reason.strip(), LONGEST)
    if len(by_document.strip()) > LONGEST_NAME:
        errors["by_document"] = too_long("依据", by_document.strip(), LONGEST_NAME)
    if errors:
        raise BadForm(errors)
    entry.proposal, entry.reason, entry.by_document = validity, reason.strip(), by_document.strip()
    entry.proposed_by_id, entry.proposed_at, entry.returned_why = int(actor.id), clock.now(), ""
    entry.save()
    words = {"proposal": campaigns.WORDS[validity], "reason": entry.reason}
    return Done(entry, item.body.slug, drafting.subject(item), words=words)


@act("publishing.campaign.decide", "{actor}{verdict}对《{subject}》的清理意见“{proposal}”{why}", title="决定清理意见")
def decide(actor: Actor, entry_id: int, *, agree: bool, reason: str = "") -> Done[CampaignEntry]:
    """Agree to a proposal, or send it back with a reason; never by who made it."""
    entry, item = _entry(entry_id)
    standing.require(actor, item.body, *DECIDERS)
    _require_open(entry)
    if not entry.proposal or entry.returned_why:
        raise NotPossible("起草科室还没有提出意见，或者意见已经退回，现在不能决定。")
    if entry.proposed_by_id == int(actor.id):
        raise NotAllowed("这条意见是您自己提出的，应当由另一个人决定。")
    if not agree and not reason.strip():
        raise BadForm({"reason": "退回的，请写明理由，起草科室要据此修改意见。"})
    if not agree and len(reason.strip()) > LONGEST:
        raise BadForm({"reason": too_long("退回的理由", reason.strip(), LONGEST)})
    words = {"verdict": "同意" if agree else "退回", "proposal": campaigns.WORDS[entry.proposal]}
    if agree:
        entry.decision, entry.decided_by_id, entry.decided_at = entry.proposal, int(actor.id), clock.now()
    else:
        entry.returned_why = reason.strip()
    entry.save()
    words["why"] = "" if agree else f"，理由：{entry.returned_why}"
    return Done(entry, item.body.slug, drafting.subject(item), words=words)


@act("publishing.campaign.conclude", "{actor}汇总{subject}的结果，起草公告", title="汇总清理结果")
def conclude(actor: Actor, campaign_id: int, *, category_id: int) -> Done[Item]:
    """Draft the item that tells the public what came of the clean-up; it goes through review as any other."""
    row = _running(campaign_id, actor, "不再汇总结果")
    if not campaigns.ready(row):
        raise NotPossible("还有文件没有决定。全部决定以后才能汇总结果。")
    category = Category.objects.select_related("body").filter(pk=category_id, body=row.body, closed_on=None).first()
    if category is None:
        raise BadForm({"category": "请选择公告放在哪个栏目。"})
    entries = row.entries.select_related("item__draft").order_by("item__draft__made_on", "id")
    content = {
        "html": campaigns.result_html(row, entries),
        "summary": f"{row.body.name}{row.title}的结果：{_counted(row)}。",
        "attribute": "proactive",
    }
    title = f"{row.body.name}关于公布{row.title}结果的公告"[:200]
    own = Placement.objects.filter(body=row.body, person_id=int(actor.id)).values_list("department_id", flat=True).first()
    facts = {"made_or_changed_on": clock.today(), "kind": Kind.GENERAL, "department": own}
    item = begun(category, int(actor.id), title=title, facts=facts, content=content)
    row.result, row.concluded_at = item, clock.now()
    row.save(update_fields=["result", "concluded_at"])
    return Done(item, row.body.slug, _subject(row), fixed={"item": item.index_number})


@act(
    "publishing.campaign.move",
    "{actor}把{subject}提出意见的期限由{before}改为{day}，理由：{reason}",
    title="改期",
)
def move(actor: Actor, campaign_id: int, *, until_day: dt.date, seen: dt.date, reason: str) -> Done[Campaign]:
    """Ask for proposals by another day. ``seen`` is the day the person saw: nothing is changed when somebody moved it meanwhile."""
    row = _running(campaign_id, actor, "不再改期限")
    errors, said = {}, reason.strip()
    if row.until_day != seen:
        errors["until_day"] = (
            f"期限刚刚由别人改为 {row.until_day.isoformat()}，没有按您填写的改。请看过“经过”里的理由，需要的再改。"
        )
    elif until_day == row.until_day:
        errors["until_day"] = f"现在的期限就是 {row.until_day.isoformat()}，请填写另一天。"
    elif fault := _day_fault(until_day, clock.today()):
        errors["until_day"] = fault
    if not said:
        errors["reason"] = "请写明为什么改期，例如“两个科室正在征求意见，延长两周”。"
    elif len(said) > LONGEST:
        errors["reason"] = too_long("理由", said, LONGEST)
    if errors:
        raise BadForm(errors)
    before, row.until_day = row.until_day, until_day
    row.save(update_fields=["until_day"])
    words = {"before": before.isoformat(), "day": until_day.isoformat(), "reason": said}
    return Done(row, row.body.slug, _subject(row), words=words)


@act("publishing.campaign.give_up", "{actor}放弃{subject}，理由：{reason}", title="放弃文件清理")
def give_up(actor: Actor, campaign_id: int, *, reason: str) -> Done[Campaign]:
    """End a clean-up that was begun by mistake: what was proposed and decided stays to be read, nothing more is asked of anybody."""
    row = _running(campaign_id, actor, "不能再放弃")
    said = reason.strip()
    if not said:
        raise BadForm({"reason": "请写明为什么放弃，例如“范围选错，另行开始”。"})
    if len(said) > LONGEST:
        raise BadForm({"reason": too_long("理由", said, LONGEST)})
    row.given_up_by_id, row.given_up_at, row.given_up_why = int(actor.id), clock.now(), said
    row.save(update_fields=["given_up_by", "given_up_at", "given_up_why"])
    return Done(row, row.body.slug, _subject(row), words={"reason": said})


@act("publishing.campaign.apply", "{actor}按{campaign}的结果提出把《{subject}》标注为“{validity}”", title="按清理结果变更有效性")
def apply(actor: Actor, entry_id: int) -> Done[ValidityChange]:
    """Put the change that a decision asks for before who signs changes of validity; after the result has been published."""
    entry, item = _entry(entry_id)
    standing.require(actor, item.body, Role.UNIT_HEAD)
    if entry.change_id is not None or entry.decision not in ENDED:
        raise NotPossible("只有决定废止、失效的文件才变更有效性；这份文件不是，或者已经提出变更。")
    result = campaigns.published(entry.campaign)
    if result is None:
        raise NotPossible("清理结果还没有公布。请先把公告送审、发布，再变更文件的有效性。")
    number = f"（{result.version.document_number}）" if result.version.document_number else ""
    by_document = entry.by_document or f"《{result.version.title}》{number}"[:200]
    note = f"{entry.campaign.title}：{entry.reason}"[:LONGEST]
    day = clock.today()
    entry.change = proposed(item, int(actor.id), validity=entry.decision, on_day=day, by_document=by_document, note=note)
    entry.save(update_fields=["change"])
    words = {"campaign": entry.campaign.title, "validity": Validity(entry.decision).label}
    return Done(entry.change, item.body.slug, drafting.subject(item), words=words, fixed={"digest": entry.change.digest})


def _running(campaign_id: int, actor: Actor, then: str) -> Campaign:
    """A clean-up that its leader may still do something with; ``then`` says what can no longer be done with one that has ended."""
    row = Campaign.objects.select_for_update(of=("self",)).select_related("body").filter(pk=campaign_id).first()
    if row is None:
        raise NotHere("没有这次清理。")
    standing.require(actor, row.body, Role.UNIT_HEAD)
    if row.concluded_at is not None:
        raise NotPossible(f"这次清理已经汇总过结果，{then}。")
    if row.given_up_at is not None:
        raise NotPossible(f"这次清理已经放弃，{then}。")
    return row


def _day_fault(until_day: dt.date, today: dt.date) -> str:
    """What is wrong with a day by which proposals are asked for; empty when nothing is."""
    if until_day < today:
        return "提出意见的期限不能早于今天。"
    if until_day > today + dt.timedelta(days=366 * FARTHEST):
        return f"提出意见的期限最晚在 {FARTHEST} 年以内，请核对年份。"
    return ""


def _entry(entry_id: int) -> tuple[CampaignEntry, Item]:
    rows = CampaignEntry.objects.select_for_update(of=("self",)).select_related("campaign__body")
    entry = rows.filter(pk=entry_id).first()
    if entry is None:
        raise NotHere("没有这份清理中的文件。")
    return entry, drafting.locked(entry.item_id)


def _require_open(entry: CampaignEntry) -> None:
    if entry.campaign.concluded_at is not None:
        raise NotPossible("这次清理已经汇总结果，意见不能再改。")
    if entry.campaign.given_up_at is not None:
        raise NotPossible("这次清理已经放弃，不用再提出、决定意见。")
    if entry.decision:
        raise NotPossible("这份文件已经决定，意见不能再改。")


def _refuse_twice(body: Body, items: Sequence[int]) -> None:
    there = campaigns.elsewhere(body, items)
    if there:
        titles = "、".join(f"“{title}”" for title in dict.fromkeys(e.campaign.title for e in there))
        told = f"范围内有 {len({e.item_id for e in there})} 件文件已经列入进行中的{titles}，例如《{there[0].item.draft.title}》。"
        raise BadForm({"": f"{told}请先把那次清理办完或者放弃，或者缩小这次的范围。"})


def _counted(row: Campaign) -> str:
    told = [(word, row.entries.filter(decision=value).count()) for value, word in campaigns.PROPOSALS]
    return "，".join(f"{word} {n} 件" for word, n in told if n)


def _subject(row: Campaign) -> Subject:
    return Subject("campaign", str(row.pk), row.title)
