"""What is the account of what was adopted, as the text of an item that goes to review like every other?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Count

from gongkai_web.comment_periods import kinds
from gongkai_web.comment_periods.handling import day_words
from gongkai_web.comment_periods.models import Adoption, Comment, Opinion, Period, Way
from gongkai_web.comment_periods.states import State, day_of, state
from gongkai_web.publishing.models import Kind as ItemKind
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible


@dataclass(frozen=True, slots=True)
class Account:
    """The item to be: its title, its content by column, its facts, the category of the draft it answers to."""

    title: str
    content: dict[str, Any]
    facts: dict[str, Any]
    category_id: int
    department_id: int | None


def account_of(number: int) -> Account:
    """The account of a period that is over. NotPossible while comments come in, or while one of them is dealt with nowhere."""
    period = Period.objects.select_related("body", "draft__draft").get(pk=number)
    if state(period, clock.now()) is not State.CLOSED or period.opened_at is None:
        raise NotPossible("征求意见还没有截止，不能起草采纳情况。")
    left = Comment.objects.filter(period=period, answered=None).count()
    if left:
        raise NotPossible(
            f"还有 {left} 条意见没有归入采纳情况的任何一类。每条意见都要有处理结果；与征求意见内容无关的，也请归为一类并写明。"
        )
    opinions = list(Opinion.objects.filter(period=period).order_by("position", "id"))
    title = f"关于《{_plain(period.draft.draft.title)}》公开征求意见采纳情况的说明"
    counts = _counts(period)
    days = f"{day_words(day_of(period.opened_at))}至{day_words(period.closes_on)}"
    total = sum(counts.values())
    summary = f"{days}公开征求意见，共收到意见 {total} 条。" + (f"逐类说明采纳情况，共 {len(opinions)} 类。" if opinions else "")
    rule = kinds.statement(period.kind, day_of(period.opened_at)).partition("：")[0]
    content = {
        "html": _html(period, opinions, counts, days),
        "summary": summary,
        "attribute": "proactive",
        "basis": rule,
        "issuer": period.body.name,
        "genre": "其他",
        "made_on": clock.today(),
    }
    facts = {"kind": ItemKind.GENERAL.value, "five_kinds": ["决策公开"]}
    return Account(title, content, facts, period.draft.category_id, period.department_id)


def _plain(title: str) -> str:
    """A title without the marks of a book around it, which stand around it here."""
    return title.strip().replace("《", "〈").replace("》", "〉")


def _counts(period: Period) -> Counter[str]:
    found = Comment.objects.filter(period=period).values_list("way").annotate(n=Count("id")).order_by()
    return Counter({Way(way).label: n for way, n in found})


def _html(period: Period, opinions: list[Opinion], counts: Counter[str], days: str) -> str:
    total = sum(counts.values())
    begun = f"<p>{days}，{escape(period.body.name)}就《{escape(_plain(period.draft.draft.title))}》公开征求意见。"
    if not total and not opinions:
        return f"{begun}征求意见期间没有收到意见。</p>"
    ways = "、".join(f"{word} {n} 条" for word, n in counts.most_common())
    made = Counter(o.adoption for o in opinions)
    results = "、".join(f"{Adoption(key).label} {made[key]} 类" for key in Adoption.values if made[key])
    told = f"共收到意见 {total} 条{f'（{ways}）' if ways else ''}，归纳为 {len(opinions)} 类，{results}。</p>"
    head = "<tr><th>序号</th><th>意见内容</th><th>处理结果</th><th>理由</th></tr>"
    lines = "".join(
        f"<tr><td>{n}</td><td>{_lines(o.summary)}</td><td>{Adoption(o.adoption).label}</td><td>{_lines(o.reason) or '—'}</td></tr>"
        for n, o in enumerate(opinions, start=1)
    )
    return f"{begun}{told}<table><tbody>{head}{lines}</tbody></table>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))
