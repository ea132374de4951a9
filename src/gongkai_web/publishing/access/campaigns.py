"""Who sees which clean-up, how far it is, and what may they do with each of its documents?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import campaigns
from gongkai_web.publishing.access.keyset import LOST
from gongkai_web.publishing.access.scope import Scope, scope
from gongkai_web.publishing.actions.campaigns import DECIDERS
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import Campaign, CampaignEntry, Item, Stage
from gongkai_web.publishing.register import ENDED
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere

STATES = (("open", "还没有提出意见"), ("returned", "意见退回"), ("proposed", "等待决定"), ("decided", "已经决定"))


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A clean-up and how far it is, counted over all its documents. ``result`` is the key and standing of the item that tells of it."""

    id: int
    year: int
    title: str
    until_day: dt.date
    total: int
    proposed: int
    decided: int
    by_decision: tuple[tuple[str, int], ...]
    concluded: bool
    result: tuple[int, str] | None
    is_published: bool
    to_apply: int
    given_up: tuple[dt.date, str, str] | None
    """The day, by whom and why."""

    @property
    def is_running(self) -> bool:
        """Whether proposals and decisions are still taken."""
        return not self.concluded and self.given_up is None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A document of a clean-up as one person sees it."""

    id: int
    item_id: int
    title: str
    document_number: str
    made_on: dt.date
    department: str
    department_id: int | None
    state: str
    proposal: str
    proposal_word: str
    reason: str
    by_document: str
    proposed_by: str
    returned_why: str
    decision_word: str
    decided_by: str
    change: tuple[int, str] | None
    may_propose: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A clean-up with the documents that the filters leave."""

    row: CampaignRow
    entries: tuple[EntryRow, ...]
    may_lead: bool


def campaign_list(person_id: int, body: Body) -> tuple[CampaignRow, ...]:
    """Every clean-up of the body, the latest first. NotAllowed for who sees no drafts."""
    scope(person_id, body)
    rows = Campaign.objects.filter(body=body).select_related("result", "given_up_by").order_by("-year", "-id")
    return tuple(_row(r) for r in rows)


def campaign_page(
    person_id: int,
    body: Body,
    campaign_id: int,
    *,
    state: str = "",
    proposal: str = "",
    department: int | None = None,
    text: str = "",
) -> CampaignPage:
    """One clean-up. NotHere for another body's and for a filter that is none."""
    if (state and state not in dict(STATES)) or (proposal and proposal not in campaigns.WORDS):
        raise NotHere(LOST)
    reach = scope(person_id, body)
    row = Campaign.objects.filter(pk=campaign_id, body=body).select_related("result", "given_up_by").first()
    if row is None:
        raise NotHere("没有这次清理。")
    entries = tuple(
        e
        for e in _entries(reach, row)
        if (not state or e.state == state)
        and (not proposal or e.proposal == proposal)
        and (department is None or e.department_id == department)
        and all(w in f"{e.title} {e.document_number}" for w in text.split())
    )
    return CampaignPage(_row(row), entries, Role.UNIT_HEAD in reach.roles)


def campaign_entry(person_id: int, body: Body, entry_id: int) -> tuple[CampaignRow, EntryRow]:
    """One document of a clean-up. NotHere outside the person's reach."""
    reach = scope(person_id, body)
    rows = CampaignEntry.objects.select_related("campaign__result", "campaign__given_up_by")
    entry = rows.filter(pk=entry_id, campaign__body=body).first()
    found = next((e for e in _entries(reach, entry.campaign, entry_id)), None) if entry else None
    if entry is None or found is None:
        raise NotHere("没有这份清理中的文件，或者它不属于您所在的科室。")
    return _row(entry.campaign), found


def _entries(reach: Scope, row: Campaign, only: int | None = None) -> list[EntryRow]:
    rows = row.entries.select_related("item__draft", "item__department", "proposed_by", "decided_by", "change__review")
    rows = rows.order_by("item__draft__made_on", "id")
    if only is not None:
        rows = rows.filter(pk=only)
    if reach.departments is not None:
        rows = rows.filter(item__department_id__in=reach.departments)
    listed = list(rows)
    drafts = {d: bool(reach.roles_for(d) & set(DRAFTERS)) for d in {e.item.department_id for e in listed}}
    decides = bool(reach.roles & set(DECIDERS))
    return [_entry(e, row, reach.person_id, drafts[e.item.department_id], decides) for e in listed]


def _entry(e: CampaignEntry, row: Campaign, person_id: int, drafts: bool, decides: bool) -> EntryRow:
    item: Item = e.item
    state = "decided" if e.decision else "returned" if e.returned_why else "proposed" if e.proposal else "open"
    is_open = row.concluded_at is None and row.given_up_at is None and not e.decision
    word = {"approved": "已经签批", "open": "等待签批"}.get(e.change.review.state, "没有签批") if e.change else ""
    return EntryRow(
        e.pk,
        item.pk,
        item.draft.title,
        item.draft.document_number,
        item.draft.made_on or item.made_or_changed_on,
        item.department.name if item.department else "",
        item.department_id,
        state,
        e.proposal,
        campaigns.WORDS.get(e.proposal, ""),
        e.reason,
        e.by_document,
        e.proposed_by.name if e.proposed_by else "",
        e.returned_why,
        campaigns.WORDS.get(e.decision, ""),
        e.decided_by.name if e.decided_by else "",
        (e.change.review_id, word) if e.change else None,
        is_open and drafts,
        is_open and decides and state == "proposed" and e.proposed_by_id != person_id,
    )


def _row(row: Campaign) -> CampaignRow:
    entries = list(row.entries.values_list("proposal", "returned_why", "decision", "change_id"))
    public = campaigns.published(row)
    standing = "已经公布" if public else Stage(row.result.stage).label if row.result else ""
    return CampaignRow(
        row.pk,
        row.year,
        row.title,
        row.until_day,
        len(entries),
        sum(1 for p, why, _, _ in entries if p and not why),
        sum(1 for _, _, d, _ in entries if d),
        tuple((word, n) for v, word in campaigns.PROPOSALS if (n := sum(1 for _, _, d, _ in entries if d == v))),
        row.concluded_at is not None,
        (row.result_id, standing) if row.result_id else None,
        public is not None,
        sum(1 for _, _, d, change in entries if d in ENDED and change is None),
        _given_up(row),
    )


def _given_up(row: Campaign) -> tuple[dt.date, str, str] | None:
    if row.given_up_at is None or row.given_up_by is None:
        return None
    return row.given_up_at.astimezone(clock.BEIJING).date(), row.given_up_by.name, row.given_up_why


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the clean-ups that run waits for a person."""

    campaign: CampaignRow
    to_propose: int
    to_decide: int
    may_lead: bool


def campaigns_waiting(person_id: int, body: Body) -> tuple[Waiting, ...]:
    """For the first page."""
    found = []
    since = clock.now() - dt.timedelta(weeks=104)
    open_ones = Campaign.objects.filter(body=body, given_up_at=None, begun_at__gte=since).select_related("result")
    if not open_ones:
        return ()
    reach = scope(person_id, body)
    for row in open_ones:
        entries = _entries(reach, row)
        to_propose = sum(1 for e in entries if e.may_propose and e.state in {"open", "returned"})
        to_decide = sum(1 for e in entries if e.may_decide)
        found.append(Waiting(_row(row), to_propose, to_decide, Role.UNIT_HEAD in reach.roles))
    return tuple(found)
