"""Which documents does a clean-up take up, how far is it, and what does its result say to the public?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import visible
from gongkai_web.publishing.kinds import REGISTERED
from gongkai_web.publishing.models import Campaign, CampaignEntry, Item, Publication, Validity
from gongkai_web.publishing.register import ENDED
from gongkai_web.ui import clock

KINDS = REGISTERED
PROPOSALS = (
    (Validity.IN_FORCE, "继续有效"),
    (Validity.AMENDED, "修改"),
    (Validity.REPEALED, "废止"),
    (Validity.LAPSED, "失效"),
)
WORDS = {value.value: word for value, word in PROPOSALS}
LISTS = (
    (Validity.IN_FORCE, "继续有效的文件目录"),
    (Validity.AMENDED, "需要修改的文件目录"),
    (Validity.REPEALED, "废止的文件目录"),
    (Validity.LAPSED, "失效的文件目录"),
)
"""What is to be amended holds on until the amendment has been published; only what ends is changed by the clean-up itself."""
NUMERALS = "一二三四"


def documents(body: Body, kinds: Sequence[str], categories: Sequence[int], made_until: dt.date | None) -> list[Publication]:
    """The public documents of the body that still hold and that a clean-up with these bounds takes up, the oldest first."""
    rows = visible.public(clock.now()).filter(body=body, item__kind__in=kinds).select_related("version", "item")
    if categories:
        rows = rows.filter(category_id__in=categories)
    today = clock.today()
    found = [r for r in rows if visible.validity(r.item, today) not in ENDED]
    if made_until is not None:
        found = [r for r in found if _made(r) <= made_until]
    return sorted(found, key=lambda r: (_made(r), r.item_id))


def elsewhere(body: Body, items: Iterable[int]) -> list[CampaignEntry]:
    """Where these documents are already taken up by a clean-up that runs."""
    rows = CampaignEntry.objects.filter(
        campaign__body=body, campaign__concluded_at=None, campaign__given_up_at=None, item_id__in=list(items)
    )
    return list(rows.select_related("campaign", "item__draft").order_by("campaign_id", "id"))


def result_html(campaign: Campaign, entries: Iterable[CampaignEntry]) -> str:
    """What the result tells the public: a sentence and one table for each decision that was taken."""
    every = list(entries)
    count = len(every)
    begins = f"根据规章和行政规范性文件清理的要求，{escape(campaign.body.name)}对 {count} 件文件进行了清理，现将结果公布如下。"
    follows = "列入继续有效目录的文件继续执行；列入废止、失效目录的文件不再作为行政管理的依据。"
    parts = [f"<p>{begins}{follows}</p>"]
    shown = [(title, rows) for value, title in LISTS if (rows := [e for e in every if e.decision == value])]
    for numeral, (title, rows) in zip(NUMERALS, shown, strict=False):
        parts.append(f"<h3>{numeral}、{title}（{len(rows)} 件）</h3>")
        parts.append(_table(rows))
    return "".join(parts)


def ready(campaign: Campaign) -> bool:
    """Whether every document of a clean-up has been decided."""
    return campaign.entries.exists() and not campaign.entries.filter(decision="").exists()


def to_apply(campaign: Campaign) -> list[CampaignEntry]:
    """The entries whose decision changes a document and has not been put before who signs."""
    return list(campaign.entries.filter(change=None, decision__in=ENDED).order_by("id"))


def published(campaign: Campaign) -> Publication | None:
    """The result as the public reads it; None while it is not public."""
    if campaign.result_id is None:
        return None
    return visible.public(clock.now()).filter(item_id=campaign.result_id).select_related("version").first()


def _table(rows: Sequence[CampaignEntry]) -> str:
    head = "".join(f"<th>{word}</th>" for word in ("序号", "文件名称", "发文字号", "成文日期", "备注"))
    lines = []
    for n, entry in enumerate(rows, start=1):
        draft = entry.item.draft
        note = entry.by_document or (entry.reason if entry.decision != Validity.IN_FORCE else "")
        cells = (str(n), draft.title, draft.document_number, draft.made_on.isoformat() if draft.made_on else "", note)
        lines.append(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in cells)}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _made(row: Publication) -> dt.date:
    item: Item = row.item
    made: dt.date = row.version.made_on or item.made_or_changed_on
    return made
