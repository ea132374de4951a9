"""Does everybody learn, in order and at least once, of what acts did?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from gongkai_web.agencies.models import Body
from gongkai_web.flow import outbox
from gongkai_web.flow.duties import Handler, Letter
from gongkai_web.flow.models import Outbox
from gongkai_web.ui import clock

InAct = Callable[[Callable[[], Any]], Any]


class Index:
    """A handler that remembers what it was told, and fails for the keys that are broken."""

    def __init__(self, name: str = "index", *kinds: str) -> None:
        self.broken: set[str] = set()
        self.told: list[str] = []
        self.handler = Handler(name, kinds or ("item",), self.take)

    def take(self, letters: tuple[Letter, ...]) -> None:
        if self.broken & {letter.key for letter in letters}:
            raise OSError(28, "the text of this error names 张三")
        self.told.extend(letter.key for letter in letters)


def put(in_act: InAct, *keys: str, kind: str = "item") -> None:
    for key in keys:
        in_act(lambda k=key: outbox.put(kind, k))


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    moment = clock.now() + dt.timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_outbox__is_delivered_in_order_and_once_when_all_goes_well(in_act: InAct) -> None:
    index = Index()
    put(in_act, "3", "1", "2")

    assert outbox.deliver(handlers=[index.handler]) == 3
    assert outbox.deliver(handlers=[index.handler]) == 0
    assert index.told == ["3", "1", "2"]
    assert outbox.backlog().waiting == 0


def test_outbox__outside_an_act_is_refused(body: Body) -> None:
    with pytest.raises(RuntimeError, match="inside an act"):
        outbox.put("item", "1")


def test_outbox__of_a_failed_act_says_nothing(in_act: InAct) -> None:
    def failing() -> None:
        outbox.put("item", "1")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        in_act(failing)

    assert not Outbox.objects.exists()


def test_failing_key__holds_back_only_itself(in_act: InAct, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index()
    index.broken = {"bad"}
    put(in_act, "1", "bad", "2", "bad", "3")

    outbox.deliver(handlers=[index.handler])
    put(in_act, "bad", "4")
    outbox.deliver(handlers=[index.handler])
    assert index.told == ["1", "2", "3", "4"]
    assert outbox.backlog().waiting == 3
    assert outbox.backlog().failed == 1

    index.broken = set()
    later(monkeypatch, 5)
    outbox.deliver(handlers=[index.handler])
    assert index.told == ["1", "2", "3", "4", "bad", "bad", "bad"]
    assert outbox.backlog().waiting == 0


def test_failing_handler__does_not_hold_back_another(in_act: InAct, monkeypatch: pytest.MonkeyPatch) -> None:
    index, pages = Index("index"), Index("pages")
    pages.broken = {"1", "2", "3", "4", "5"}
    put(in_act, "1", "2", "3", "4", "5")

    outbox.deliver(handlers=[index.handler, pages.handler])
    assert (index.told, pages.told) == (["1", "2", "3", "4", "5"], [])

    pages.broken = set()
    later(monkeypatch, 5)
    outbox.deliver(handlers=[index.handler, pages.handler])
    assert (index.told, pages.told) == (["1", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"])


def test_failing_kind__does_not_hold_back_another(in_act: InAct) -> None:
    items, guide = Index("items", "item"), Index("guide", "guide")
    items.broken = {"1"}
    put(in_act, "1")
    put(in_act, "g", kind="guide")

    outbox.deliver(handlers=[items.handler, guide.handler])

    assert guide.told == ["g"]


def test_failing_row__is_tried_less_and_less_often(in_act: InAct, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index()
    index.broken = {"bad"}
    put(in_act, "bad")
    waits = []
    for _ in range(15):
        outbox.deliver(handlers=[index.handler])
        row = Outbox.objects.get()
        assert row.next_at is not None
        waits.append((row.next_at - clock.now()).total_seconds())
        later(monkeypatch, 4000)

    assert [round(w) for w in waits[:4]] == [1, 2, 4, 8]
    assert round(waits[-1]) == 3600


def test_fault__names_the_reason_and_quotes_no_record(in_act: InAct) -> None:
    index = Index()
    index.broken = {"bad"}
    put(in_act, "bad")
    outbox.deliver(handlers=[index.handler])

    assert outbox.backlog().fault == "磁盘已满。"


def test_kind_nobody_handles__does_not_pile_up(in_act: InAct) -> None:
    put(in_act, "1", kind="unheard")

    assert outbox.deliver(handlers=[]) == 1
    assert outbox.backlog().waiting == 0


def test_sweep__removes_what_was_delivered_long_ago(in_act: InAct) -> None:
    index = Index()
    put(in_act, "old", "waiting")
    outbox.deliver(limit=1, handlers=[index.handler])

    outbox.sweep(clock.now() + outbox.KEPT + dt.timedelta(days=1))

    assert [row.key for row in Outbox.objects.all()] == ["waiting"]
