"""How is the demo office made: ``gongkai demo``?"""

from __future__ import annotations

import argparse
import datetime as dt
import heapq
from collections.abc import Callable, Iterator
from itertools import count

from django.db.utils import OperationalError

from gongkai.errors import BadInput
from gongkai_web.flow import installation
from gongkai_web.office.demo.afterwards import whole
from gongkai_web.office.demo.asking import asked
from gongkai_web.office.demo.cleaning import cleaned_up
from gongkai_web.office.demo.days import Days
from gongkai_web.office.demo.entries import entries
from gongkai_web.office.demo.going_out import gone_out, read
from gongkai_web.office.demo.lives import Life
from gongkai_web.office.demo.staffing import Office, accounts, adopt_rules, deputise, rules, staffed, told
from gongkai_web.office.door import UNREACHABLE, prepare
from gongkai_web.publishing import inspections
from gongkai_web.publishing.models import Item
from gongkai_web.trail import acts
from gongkai_web.ui import clock

ADDRESSES = (("公开平台", ""), ("工作台", "work/"), ("年报工作台", "desk/"))


def run_demo(args: argparse.Namespace) -> int:
    """``gongkai demo``: make the demo office unless it is there, then say how to get in."""
    prepare()
    installation.forget()
    try:
        there = installation.kind()
        if there == installation.REAL:
            raise BadInput(
                "这个数据文件夹里是正式的单位，演示数据不能与它放在一起，没有改动任何内容。请用 --data 换一个空文件夹。"
            )
        if not there:
            make(clock.today())
        print(
            f"{'已有' if there else '已制作'}演示单位“{told()['name']}”（单位、人员和内容都是虚构的），信息 {Item.objects.count()} 条。"
        )
    except OperationalError:
        raise BadInput(UNREACHABLE) from None
    _tell(args.address)
    return 0


def make(today: dt.date) -> Office:
    """The demo office as it stands on ``today``: whole, or not at all."""
    days = Days(today)
    listed = entries(days)
    begins = min(*(e.made for e in listed), *(each.day for each in rules(days)))
    with acts.together(), clock.set_by_hand() as set_to:
        office = staffed(days.back(begins, 1), set_to)
        known: dict[str, int] = {}
        lives = [whole(Life(office, entry, days, known)) for entry in listed]
        lives.append(cleaned_up(office, days, known))
        out = gone_out(office, days, listed, days.forward(begins, 1))
        single = [_once(at, does) for at, does in (*adopt_rules(office, rules(days)), *deputise(office, days))]
        _live([*single, *lives, *out, *asked(office, days, known)], set_to)
        read(office, days)
        inspections.look(office.body)
    return office


def _once(at: dt.datetime, does: Callable[[], None]) -> Iterator[dt.datetime]:
    yield at
    does()


def _live(lives: list[Iterator[dt.datetime]], set_to: Callable[[dt.datetime], None]) -> None:
    """Let everything happen in the order of time, with the clock at each instant."""
    order = count()
    waiting = [(at, next(order), life) for life in lives if (at := next(life, None)) is not None]
    heapq.heapify(waiting)
    while waiting:
        at, _, life = heapq.heappop(waiting)
        set_to(at)
        following = next(life, None)
        if following is not None:
            heapq.heappush(waiting, (max(following, at), next(order), life))


def _tell(address: str) -> None:
    print("\n演示账号（密码相同，只用于演示）：")
    for each in accounts():
        print(f"  {each.login:<8}密码 {each.password}　{each.name}　{each.duties}")
    print("\n网址：")
    for name, path in ADDRESSES:
        print(f"  {name}　http://{address}/{path}")
    print()
