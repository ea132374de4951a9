"""How is a door tried: with which values for the parts of an address and the arguments of an act?

A new name among them makes the test of the doors fail until it stands here: say what it is to be tried with.
"""

from __future__ import annotations

import datetime as dt
import inspect
import itertools
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.models import Review, ReviewState, Step
from gongkai_web.outlets.actions.places import About
from gongkai_web.outlets.models import Hanging, Place
from gongkai_web.publishing.importing.rows import Row
from gongkai_web.publishing.models import Category, Publication
from gongkai_web.trail.acts import Act
from gongkai_web.ui import clock
from tests.web.doors.world import BIRD, Hidden, World

_PART = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
PLAIN_PARTS = frozenset(
    (
        "account_id campaign_id chart code edition_key entry_id fingerprint index key link_id membership month number outing_id page "
        "part position topic"
    ).split()
)
"""Parts of addresses that lead to nothing of an item by themselves: a number or a word is tried."""
FORMS = ("csv", "xlsx", "json", "rss", "atom", "xml", "docx", "pdf", "html")


def routes() -> list[str]:
    """Every address of the program, as Django writes it: found by going through the resolver."""
    return sorted(set(_routes(get_resolver().url_patterns, "")))


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def unknown_parts(route: str) -> list[str]:
    """The parts of an address of which nobody has said what to try them with."""
    known = {"item_id", "index_number", "digest", "name", "slug", "form", "place_id", "hanging_id", "extent"} | PLAIN_PARTS
    return [found["name"] for found in _PART.finditer(route) if found["name"] not in known]


def addresses(route: str, world: World) -> Iterator[str]:
    """Every address of a route that could lead to a hidden item."""
    parts = list(_PART.finditer(route))
    if any(found["name"] in {"item_id", "index_number"} for found in parts):
        for hidden in world.hidden:
            yield _filled(route, parts, lambda found, h=hidden: _of_item(found, h, world))  # type: ignore[misc]  # bound at once
        return
    choices = [_values(route, found["name"], found["converter"], world) for found in parts]
    for combination in itertools.product(*choices):
        yield _put_in(route, combination)


def _filled(route: str, parts: list[re.Match[str]], value: Callable[[re.Match[str]], str]) -> str:
    return _put_in(route, [value(found) for found in parts])


def _put_in(route: str, values: Iterable[str]) -> str:
    left = iter(values)
    return "/" + _PART.sub(lambda _: next(left), route)


def _of_item(found: re.Match[str], hidden: Hidden, world: World) -> str:
    own = {
        "item_id": str(hidden.item.pk),
        "index_number": hidden.item.index_number,
        "digest": hidden.digest,
        "name": "附件.txt",
        "slug": hidden.bureau.body.slug,
    }
    return own.get(found["name"]) or _values("", found["name"], found["converter"], world)[0]


def _values(route: str, name: str, converter: str | None, world: World) -> list[str]:
    if name == "key" and route.startswith("work/review/"):
        return [str(key) for key in Review.objects.values_list("id", flat=True)]
    if name == "key" and converter == "slug":
        return list(Category.objects.filter(body=world.here.body).values_list("key", flat=True)[:3])
    if name == "slug":
        return [world.here.body.slug, world.there.body.slug]
    if name == "form":
        return list(FORMS)
    if name == "place_id":
        return [str(key) for key in Place.objects.values_list("pk", flat=True)]
    if name == "hanging_id":
        return [str(key) for key in Hanging.objects.values_list("pk", flat=True)]
    if name == "extent":
        return ["text"]
    return ["1"] if converter == "int" else ["x"]


def question(address: str) -> str:
    """An address with the questions that lists and searches take."""
    word = f"{BIRD}题"
    return f"{address}?q={word}&text={word}&stage=draft&public=not_public"


# ---- acts ----------------------------------------------------------------------------------------------------------------

REACH_NO_ITEM = {
    "gongkai_web.accounts": "stands below publishing and cannot import it: people and their passwords",
    "gongkai_web.agencies": "stands below publishing and cannot import it: bodies, roles, rules",
    "gongkai_web.office": "is carried out on the server itself, by the installation alone: founding, demonstration, backup, restore",
}
"""Packages whose acts cannot touch an item, with the reason."""


def reaches_items(act: Act) -> bool:
    """Whether an act is to be tried on items."""
    return ".".join(act.module.split(".")[:2]) not in REACH_NO_ITEM


def arguments(act: Act, hidden: Hidden, world: World) -> dict[str, Any]:
    """Arguments that make an act as likely to work as possible. LookupError for one that nobody has said how to fill."""
    function = inspect.unwrap(act.function)
    types = typing.get_type_hints(function)
    known = _known_arguments(hidden, world)
    found: dict[str, Any] = {}
    for name in list(inspect.signature(function).parameters)[1:]:
        if name in known:
            found[name] = known[name]()
        elif types[name] in _BY_TYPE:
            found[name] = _BY_TYPE[types[name]]
        else:
            raise LookupError(f"{act.key}: {name}: {types[name]}")
    return found


_BY_TYPE: Mapping[Any, Any] = {
    str: "鸥鹭",
    int: 1,
    bool: True,
    dt.date: clock.today(),
    dt.date | None: None,
    dt.datetime | None: None,
    int | None: None,
}


def _known_arguments(hidden: Hidden, world: World) -> dict[str, Callable[[], Any]]:
    item, body = hidden.item, hidden.bureau.body

    @cache
    def review() -> Review | None:
        return Review.objects.filter(subject_id=str(item.pk), subject_kind="item").order_by("-id").first()

    @cache
    def step() -> Step | None:
        found = review()
        return found.step_rows.filter(decision=None).order_by("position").first() if found else None

    @cache
    def waiting() -> Publication | None:
        return Publication.objects.filter(item=item).order_by("-id").first()

    def digest() -> str:
        found = review()
        return found.digest if found and found.state == ReviewState.OPEN else hidden.digest

    return {
        "item_id": lambda: item.pk,
        "source_id": lambda: item.pk,
        "target_id": lambda: world.hidden[0].item.pk,
        "body_id": lambda: body.pk,
        "category_id": lambda: item.category_id,
        "publication_id": lambda: found.pk if (found := waiting()) else 0,
        "review_id": lambda: found.pk if (found := review()) else 0,
        "step_id": lambda: found.pk if (found := step()) else 0,
        "digest": digest,
        "code": lambda: found.version.short_code if (found := review()) else "0000-0000",
        "scan": lambda: hidden.digest,
        "verdict": lambda: "passed",
        "signer_id": lambda: hidden.bureau.person(Role.DEPARTMENT_REVIEWER).pk,
        "absent_id": lambda: hidden.bureau.person(Role.CLERK).pk,
        "to_id": lambda: hidden.bureau.person(Role.UNIT_HEAD).pk,
        "revision": lambda: item.draft.revision,
        "attribute": lambda: "proactive",
        "to": lambda: "县政府网站",
        "address": lambda: "https://www.example.gov.cn/a.html",
        "on": clock.today,
        "content": lambda: {"attribute": "proactive"},
        "facts": lambda: {"five_kinds": ["结果公开"]},
        "draft_id": lambda: item.pk,
        "explanation_id": lambda: item.pk,
        "comment_ids": list,
        "hidden": list,
        "values": lambda: {"summary": "改过的说明"},
        "names": lambda: {hidden.digest: "改过的名称.txt"},
        "examined": lambda: None,
        "kinds": lambda: ["normative"],
        "categories": list,
        "made_until": lambda: None,
        "agree": lambda: True,
        "kind": lambda: "related",
        "channel": lambda: "website",
        "validity": lambda: "repealed",
        "month": lambda: clock.today().replace(day=1),
        "place_id": lambda: Place.objects.get(body=body).pk,
        "hanging_id": lambda: Hanging.objects.filter(place__body=body).order_by("-pk").values_list("pk", flat=True)[0],
        "about": lambda: About("二楼电子屏", "办事大厅二楼", hidden.bureau.person(Role.UNIT_HEAD).pk),
        "form": lambda: "text",
        "on_day": clock.today,
        "to_publish": lambda: True,
        "embedded": lambda: False,
        # Without a signed list; with one it publishes the new row, on the approval that the list is.
        "signed": lambda: None,
        "files": lambda: [hidden.digest],
        "row": lambda: Row(2, content={"title": "从旧网站来的一行"}, category=item.category, published_on=clock.today()),
    }
