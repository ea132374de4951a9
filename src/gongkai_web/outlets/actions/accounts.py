"""Which acts begin and end the account of a body on a new-media platform?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.texts import checked_name
from gongkai_web.outlets.models import Account
from gongkai_web.publishing.actions.outings import NEW_MEDIA
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import NewMediaMonth, OutingChannel
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

EARLIEST = dt.date(2009, 1, 1)
"""In this year the first platform of the kind was opened; every month from the first one on is asked for."""


@act("outlets.account.open", "{actor}登记了{channel}账号“{subject}”，自{month}起报数", title="登记新媒体账号")
def open_account(actor: Actor, body_id: int, *, channel: str, name: str, since: dt.date) -> Done[Account]:
    """Register an account whose figures are to be given every month from ``since`` on."""
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *DRAFTERS)
    errors = {}
    name, wrong = checked_name(name, "账号名称", 60)
    if wrong:
        errors["name"] = wrong
    if channel not in {c.value for c in NEW_MEDIA}:
        errors["channel"] = "请选择新媒体平台。"
    if since.day != 1 or since > clock.today():
        errors["since"] = "请选择本月或者以前的月份。"
    elif since < EARLIEST:
        errors["since"] = f"请选择 {_month(EARLIEST)}或者以后的月份，在这以前还没有政务新媒体。"
    if not errors and Account.objects.filter(body=body, channel=channel, name=name).exists():
        errors["name"] = "这个平台上已经登记过同名的账号。"
    if errors:
        raise BadForm(errors)
    row = Account.objects.create(body=body, channel=channel, name=name, since=since, opened_at=clock.now())
    words = {"channel": OutingChannel(channel).label, "month": _month(since)}
    return Done(row, body.slug, _subject(row), words=words)


@act("outlets.account.close", "{actor}登记{channel}账号“{subject}”停用，{month}为最后一个月", title="停用新媒体账号")
def close_account(actor: Actor, account_id: int, *, last: dt.date) -> Done[Account]:
    """Say that an account is no more; ``last`` is its last month. What was recorded of it stays."""
    row = Account.objects.select_for_update(of=("self",)).select_related("body").filter(pk=account_id).first()
    if row is None:
        raise NotHere("没有这个新媒体账号。")
    standing.require(actor, row.body, *DRAFTERS)
    if row.last is not None:
        raise NotPossible("这个账号已经停用。")
    if last.day != 1 or not row.since <= last <= clock.today():
        raise BadForm({"last": "最后一个月应当在开通以后、本月以前。"})
    later = NewMediaMonth.objects.filter(body=row.body, channel=row.channel, account=row.name, month__gt=last)
    if later.exists():
        raise BadForm({"last": "这个月以后还有登记过的数据，请选择更晚的月份。"})
    row.last = last
    row.save(update_fields=["last"])
    words = {"channel": OutingChannel(row.channel).label, "month": _month(last)}
    return Done(row, row.body.slug, _subject(row), words=words)


def _subject(row: Account) -> Subject:
    return Subject("account", str(row.pk), row.name)


def _month(day: dt.date) -> str:
    return f"{day.year}年{day.month}月"
