"""Is there any door – address, act, command, task, tick – through which something unpublished reaches somebody it is not for?

The doors are found by looking: a new one is tried by itself, or fails here until somebody says how it is to be tried.
"""

from __future__ import annotations

import argparse
import inspect
import pkgutil
from collections.abc import Iterator
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands

import gongkai_web
from gongkai import cli
from gongkai.errors import GongkaiError
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.flow import duties, outbox
from gongkai_web.office import running
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.trail.actors import INSTALLATION, Actor, ActorKind
from gongkai_web.trail.acts import Act, registry
from gongkai_web.ui import clock, refusals
from tests.conftest import unmeasured
from tests.web.doors import openings
from tests.web.doors.house import house, world
from tests.web.doors.world import BIRD, Hidden, Visitor, World, said_by, words_of
from tests.web.taken_back import taken_back

for _module in pkgutil.walk_packages(gongkai_web.__path__, "gongkai_web."):
    if ".actions." in _module.name:
        import_module(_module.name)

__all__ = ["house", "world"]
ACTS = [act for act in registry() if openings.reaches_items(act)]
LAWFUL = {
    ("scheduled", "publishing.schedule.move"),
    ("approved", "publishing.item.handed_over"),
}
"""Where those who draft may make something public in one step, because it was approved: the state of the item, the act."""
PARTS = 4
"""The addresses are tried in so many tests, which may run beside each other."""
TICKS_LEFT_OUT = {"office.backup.daily": "only asks for the task office.backup, which is left out below"}
TASKS: dict[str, dict[str, Any] | None] = {
    "publishing.index": {},
    "publishing.inspect": {"slug": "xiuchuan"},
    "portal.bake": {"slug": "xiuchuan"},
    "portal.rearrange": {"mark": "xiuchuan-000000000000", "values": {"only_baked": True}},
    "office.backup": None,  # a backup holds everything, that is its purpose; it answers nobody
}
"""Every queued task: with which arguments it is run here, None with a reason where it is not."""
COMMANDS = {
    "init": "makes an office where there is none, and refuses here",
    "demo": "makes an office where there is none, and refuses here",
    "backup": "writes everything into a folder of the server, that is its purpose",
    "restore": "fills an empty data folder, and refuses here",
    "serve": "opens the addresses that are tried above",
    "worker": "runs the outbox, the tasks and the ticks that are tried below",
    "import": ["import", "--template", "模板.xlsx"],
    "trail": ["trail", "verify"],
    "doctor": ["doctor"],
    "site": ["site", "bake", "edition", "--body", "xiuchuan", "--base-url", "https://www.example.gov.cn/sfj/", "--follow"],
    "inspect": ["inspect", "--body", "xiuchuan"],
}
"""Every command of the web layer: what is run here, or why it is not."""


def leaks(visitor: Visitor, said: str, world: World) -> list[str]:
    """The words in what was said that are not for the visitor."""
    return [
        f"{visitor.name}: {hidden.state}: {words}"
        for hidden in world.hidden
        for words in hidden.words
        if words in said and not visitor.may_read(hidden, words)
    ]


def asked(visitor: Visitor, method: str, address: str, world: World, before: frozenset[tuple[int, str]]) -> Iterator[str]:
    """Ask at an address and take back whatever it did; what leaked. ``before`` is what is public whenever all was taken back."""
    cookies = visitor.client.cookies.copy()
    with taken_back():
        response = getattr(visitor.client, method)(address)
        yield from (f"{method} {address}: {leak}" for leak in leaks(visitor, words_of(response), world))
        if world.public() != before:
            yield f"{method} {address}: {visitor.name} changed what is public"
    visitor.client.cookies = cookies


# ---- addresses -----------------------------------------------------------------------------------------------------------


def test_every_address__says_how_it_is_to_be_tried() -> None:
    assert {route: parts for route in openings.routes() if (parts := openings.unknown_parts(route))} == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_address__shows_or_publishes_what_is_not_public(part: int, world: World) -> None:
    """Every role at the first address of each of the staff's routes; one of each kind of stranger at all others."""
    found: list[str] = []
    before = world.public()
    for route in openings.routes()[part::PARTS]:
        for number, address in enumerate(openings.addresses(route, world)):
            visitors = audience(route, number, world)
            with unmeasured() if number else nullcontext():
                for visitor in visitors:
                    found += asked(visitor, "get", address, world, before)
                    found += asked(visitor, "post", address, world, before)
            if "<" not in route:
                for visitor in world.few:
                    found += asked(visitor, "get", openings.question(address), world, before)

    assert not found, "\n".join(found)
    assert world.public() == before


def audience(route: str, number: int, world: World) -> tuple[Visitor, ...]:
    """Who tries an address, the number of its route's."""
    if route.startswith("b/"):
        return world.few[:1]  # the same pages as without the body's name, which all try
    if not route.startswith("work/"):
        return world.few
    return world.few[1:] if number else world.visitors


def test_staff__do_see_what_is_theirs(world: World) -> None:
    """The test above would pass on a program that answers nothing."""
    clerk = next(v for v in world.visitors if v.role is Role.CLERK and v.bureau is world.here)
    said = words_of(clerk.client.get("/work/items/"))
    assert world.hidden[0].title in said


# ---- acts ----------------------------------------------------------------------------------------------------------------


def actors_of(world: World) -> list[tuple[str, Actor, Visitor | None]]:
    """Everybody who could act: each role at both bodies, their timers and imports, the installation."""
    people = [v for v in world.visitors if v.role is not None]
    staff = [(v.name, v.actor, v) for v in people]
    others = [(f"{name} by timer", actor.as_timer(), visitor) for name, actor, visitor in staff if visitor.role in CONTENT]
    return [
        *staff,
        *others,
        ("installation", INSTALLATION, None),
        ("applicant", Actor(ActorKind.APPLICANT, "1", "某申请人"), None),
    ]


def is_lawful(act: Act, hidden: Hidden, visitor: Visitor | None) -> bool:
    """Whether this is one of the acts by which those who draft make public what was approved."""
    return (
        (hidden.state, act.key) in LAWFUL and visitor is not None and visitor.bureau is hidden.bureau and visitor.role in DRAFTERS
    )


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_no_act__publishes_what_was_not_approved(act: Act, world: World) -> None:
    before = world.public()
    takes_item = {"item_id", "source_id", "review_id", "publication_id"} & set(
        inspect.signature(inspect.unwrap(act.function)).parameters
    )
    for hidden in world.hidden if takes_item else world.hidden[:1]:
        for name, actor, visitor in actors_of(world):
            with taken_back():
                try:
                    act.function(actor, **openings.arguments(act, hidden, world))
                except (*REFUSED, ValueError, AttributeError):
                    continue
                appeared = world.public() - before
                assert not appeared or is_lawful(act, hidden, visitor), f"{name} published {hidden.state} by {act.key}"


@pytest.mark.parametrize(("state", "key"), sorted(LAWFUL))
def test_what_was_approved__is_published_by_those_who_draft(state: str, key: str, world: World) -> None:
    """The test above would pass on acts that do nothing."""
    act = next(act for act in ACTS if act.key == key)
    hidden = next(hidden for hidden in world.hidden if hidden.state == state)
    before = world.public()

    act.function(world.here.actor(Role.UNIT_HEAD), **openings.arguments(act, hidden, world))

    assert {item for item, _ in world.public() - before} == {hidden.item.pk}


REFUSED = (
    refusals.NotAllowed,
    refusals.NotPossible,
    refusals.NotHere,
    refusals.BadForm,
    refusals.TooBig,
    GongkaiError,
)
"""How an act says no. A ValueError or AttributeError comes of arguments that no screen would give."""


# ---- commands, ticks, tasks, the outbox --------------------------------------------------------------------------------------


class StandIn:
    """A running task that nobody stops."""

    id = 1
    actor = INSTALLATION

    def progress(self, done: int, total: int, stage: str = "") -> None:
        """Nobody watches."""

    def stopping(self) -> bool:
        return False


def test_background_work__publishes_nothing_and_indexes_nothing_hidden(world: World) -> None:
    before = world.public()
    while outbox.deliver():
        pass
    for tick in duties.ticks():
        if tick.name not in TICKS_LEFT_OUT:
            tick.function(clock.now())
    for kind in duties.task_kinds():
        values = TASKS[kind.name]
        if values is not None:
            kind.function(StandIn(), **values)

    assert world.public() == before
    anybody = world.visitors[0]
    for address in ("/search/", "/similar.json", "/catalogue/", "/sitemap.xml", "/feed.rss", "/feed.atom"):
        for question in ("", f"?q={BIRD}", f"?q={BIRD}题", f"?q={BIRD}文", f"?q={BIRD}件"):
            assert leaks(anybody, words_of(anybody.client.get(address + question)), world) == []


def test_every_task_and_tick__says_how_it_is_to_be_tried() -> None:
    assert {kind.name for kind in duties.task_kinds()} == set(TASKS)
    assert set(TICKS_LEFT_OUT) <= {tick.name for tick in duties.ticks()} | set(TICKS_LEFT_OUT)


def commands_of_the_web() -> set[str]:
    """The commands whose function stands in the web layer."""
    choices = next(a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    found = set()
    for name, made in choices.items():
        nested = [a for a in made._actions if isinstance(a, argparse._SubParsersAction)]
        ends = [made, *(p for a in nested for p in a.choices.values())]
        if any((run := p.get_default("run")) is not None and run.__module__.startswith("gongkai_web") for p in ends):
            found.add(name)
    return found


def test_every_command__says_how_it_is_to_be_tried() -> None:
    assert commands_of_the_web() == set(COMMANDS)
    assert [name for name, where in get_commands().items() if where.startswith("gongkai_web")] == []


@pytest.mark.parametrize("arguments", [a for a in COMMANDS.values() if isinstance(a, list)], ids=" ".join)
def test_no_command__prints_what_is_not_public(
    arguments: list[str], world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(running, "enter", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    before = world.public()

    code = cli.main(arguments)

    printed: Any = capsys.readouterr()
    assert code in {0, 1}, printed.err
    written = [said_by(path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()]
    said = "\n".join([printed.out, printed.err, *written])
    assert [words for hidden in world.hidden for words in hidden.words if words in said] == []
    assert world.public() == before
