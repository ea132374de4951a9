"""How are the acts called that are about how things go out and are read?"""

from __future__ import annotations

from gongkai_web.agencies.roles import Role
from gongkai_web.outlets.actions import accounts, hangings, places
from gongkai_web.outlets.actions.places import About
from gongkai_web.outlets.models import Account, Hanging, Place
from gongkai_web.publishing.actions import items, rework
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau, fresh

CLERK, HEAD = Role.CLERK, Role.UNIT_HEAD


def about(b: Bureau, name: str = "一楼大厅公告栏") -> About:
    return About(name, "办公楼一楼", b.person(CLERK).pk)


def board(b: Bureau, kind: str = "board") -> Place:
    return places.open_place(b.actor(CLERK), b.body.pk, kind=kind, about=about(b))


def hanging(b: Bureau) -> Hanging:
    return hangings.hang(b.actor(CLERK), b.published().pk, board(b).pk, form="text", on_day=clock.today())


def corrected(b: Bureau, item_id: int) -> None:
    """Another version of an item becomes public."""
    rework.correct(b.actor(CLERK), item_id, note="更正一处")
    item = fresh(Hanging.objects.filter(item_id=item_id)[0].item)
    items.edit(b.actor(CLERK), item_id, revision=item.draft.revision, content={"html": "<p>改正后的内容。</p>"})
    b.passed(b.submitted(fresh(item)))


def outdated(b: Bureau) -> Call:
    row = hanging(b)
    corrected(b, row.item_id)
    return call(b.actor(CLERK), row.pk)


def account(b: Bureau) -> Account:
    since = clock.today().replace(day=1)
    return accounts.open_account(b.actor(CLERK), b.body.pk, channel="wechat", name="岫川司法", since=since)


def changed(b: Bureau) -> Call:
    row = board(b)
    return call(b.actor(CLERK), row.pk, about=about(b, "二楼公告栏"), seen=row.mark)


EXAMPLES: dict[str, Example] = {
    "visits.footer.show": lambda b: call(b.actor(HEAD), b.body.pk, shown=True),
    "outlets.place.open": lambda b: call(b.actor(CLERK), b.body.pk, kind="board", about=about(b)),
    "outlets.place.change": changed,
    "outlets.place.close": lambda b: call(b.actor(CLERK), board(b).pk),
    "outlets.hanging.hang": lambda b: call(
        b.actor(CLERK), b.published().pk, board(b).pk, form="summary", on_day=clock.today(), until_day=clock.today()
    ),
    "outlets.hanging.take_down": lambda b: call(b.actor(CLERK), hanging(b).pk, on_day=clock.today()),
    "outlets.hanging.extend": lambda b: call(b.actor(CLERK), hanging(b).pk, until_day=clock.today()),
    "outlets.hanging.replace": outdated,
    "outlets.account.open": lambda b: call(
        b.actor(CLERK), b.body.pk, channel="weibo", name="岫川司法", since=clock.today().replace(day=1)
    ),
    "outlets.account.close": lambda b: call(b.actor(CLERK), account(b).pk, last=clock.today().replace(day=1)),
}
