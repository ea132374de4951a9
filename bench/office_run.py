"""What does one size of office measure? ``python -m bench.office_run COUNT FOLDER OUT [PART…]``; parts are lists, search, pages, visible, bake."""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import office_data, office_pages

RUNS = 30
QUESTIONS = 100
SCANNED = 8
"""So many questions of each length are compared with a scan of every text."""
PARTS = ("lists", "search", "pages", "visible", "bake")


def main(count: int, folder: Path, out: Path, parts: Sequence[str] = PARTS) -> None:
    """Fill, measure, write."""
    office_data.begin(folder, os.environ.get("DATABASE_URL", ""))
    start = time.perf_counter()
    body, texts = office_data.fill(count)
    found: dict[str, Any] = {"runs": RUNS, "filled": time.perf_counter() - start}
    _told("filled", found["filled"])
    work: dict[str, Callable[[], dict[str, float]]] = {
        "lists": lambda: lists(body, count),
        "search": lambda: searches(body, texts),
        "pages": lambda: office_pages.measured(folder, paths(body)),
        "visible": lambda: visible(body),
        "bake": lambda: bakes(body, folder),
    }
    for part in parts:
        found.update(work[part]())
        _told(part, time.perf_counter() - start)
        out.write_text(json.dumps(found), encoding="utf-8")


def _told(what: str, seconds: float) -> None:
    print(f"  {what}: {seconds:.0f} s, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def alike(works: dict[str, Callable[[], object]], runs: int = RUNS) -> dict[str, float]:
    """The median of each piece of work by the clock, and of what this process spent on it, all done in turn after one turn to warm up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    spent: dict[str, list[float]] = {f"{name}, processor": [] for name in works}
    for turn in range(runs + 1):
        for name, work in works.items():
            start, running = time.perf_counter(), time.process_time()
            work()
            if turn:
                spent[f"{name}, processor"].append(time.process_time() - running)
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in (times | spent).items()}


def lists(body: Any, count: int) -> dict[str, float]:
    """The first page, page 10,000 (or the last tenth of a shorter list), random ones, and a category with others below it."""
    from gongkai_web.publishing import access
    from gongkai_web.publishing.access import counts
    from gongkai_web.publishing.access.keyset import closed
    from gongkai_web.publishing.models import Publication
    from gongkai_web.ui import clock

    chance = random.Random(2)

    def key_at(depth: int) -> str:
        moment, key = Publication.objects.filter(body=body).order_by("-listed_at", "-id").values_list("listed_at", "id")[depth]
        return closed(moment, key)

    def counted() -> object:
        counts.forget()
        return counts.tally(body, clock.now())

    deep = key_at(min(200_000, int(count * 0.9)))
    some = [key_at(chance.randrange(count - 30)) for _ in range(10)]
    tree = access.categories(body)
    parents = {c.parent_key for c in tree}
    above = max((c for c in tree if c.key in parents), key=lambda c: c.count).key
    return alike(
        {
            "first page": lambda: access.public_list(body),
            "page 10,000 by key": lambda: access.public_list(body, after=deep),
            "a random page": lambda: access.public_list(body, after=chance.choice(some)),
            "first page of a category with others below": lambda: access.public_list(body, above),
        }
    ) | alike({"counting anew after an act": counted}, 5)


def searches(body: Any, texts: tuple[str, ...]) -> dict[str, float]:
    """Search as the portal does it, through access; recall against a scan of every text."""
    from gongkai_web.publishing import finding, indexing
    from gongkai_web.search.engine import Question

    start = time.perf_counter()
    index = indexing.opened(indexing.folder())
    indexing.build(index)
    found = {"index": time.perf_counter() - start}
    chance = random.Random(3)
    recalls: list[float] = []
    for length in (2, 4, 7):
        times: dict[str, list[float]] = {}
        for turn in range(QUESTIONS):
            question = Question(_piece(chance, chance.choice(texts), length), bodies=(body.slug,))
            for name, work in (("search", finding.find), ("index alone", index.find)):
                began, running = time.perf_counter(), time.process_time()
                work(question)
                times.setdefault(f"{name} of {length} characters, processor", []).append(time.process_time() - running)
                times.setdefault(f"{name} of {length} characters", []).append(time.perf_counter() - began)
            if turn < SCANNED:
                recalls += _recall(index, question)
        for name, each in times.items():
            each.sort()
            found[f"{name}, p50"], found[f"{name}, p95"] = each[len(each) // 2], each[len(each) * 95 // 100]
    assert recalls, "no question had few enough hits to be compared"
    return found | {"recall": min(recalls), "recall asked": len(recalls)}


def _recall(index: Any, question: Any) -> list[float]:
    """Which part of the items in whose text a scan finds the words the index finds; nothing where there are more than can be paged."""
    from dataclasses import replace

    from django.db.models import Q

    from gongkai_web.publishing.indexing import key_of
    from gongkai_web.publishing.models import Version
    from gongkai_web.search.engine import DEEPEST

    if index.find(question).total > DEEPEST:
        return []
    words = question.words
    wanted = Version.objects.filter(Q(html__contains=words) | Q(title__contains=words) | Q(summary__contains=words))
    scanned = {key_of(pk) for pk in wanted.values_list("item_id", flat=True)}
    found: set[str] = set()
    for offset in range(0, DEEPEST, 100):
        keys = index.find(replace(question, offset=offset, size=100)).keys
        found.update(keys)
        if len(keys) < 100:
            break
    return [len(found & scanned) / len(scanned)]


def _piece(chance: random.Random, html: str, length: int) -> str:
    runs = [r for r in re.findall(r"[\u4e00-\u9fff]+", html) if len(r) >= length]
    run = chance.choice(runs)
    start = chance.randrange(len(run) - length + 1)
    return run[start : start + length]


def paths(body: Any) -> list[str]:
    """The pages of a thousand items, new and old."""
    from gongkai_web.publishing.models import Item

    numbers = list(Item.objects.filter(body=body).order_by("-id").values_list("index_number", flat=True)[:100_000])
    return [f"/info/{number}/" for number in random.Random(4).sample(numbers, min(1000, len(numbers)))]


def visible(body: Any) -> dict[str, float]:
    """From the call of the last act until the page answers 200, until the list shows it, and until a search finds it."""
    from django.test import Client

    from gongkai_web.agencies import actors
    from gongkai_web.agencies.models import Membership
    from gongkai_web.agencies.roles import Role
    from gongkai_web.flow import outbox
    from gongkai_web.flow.actions import review as review_acts
    from gongkai_web.publishing.actions import items
    from gongkai_web.publishing.models import Category, Item

    people = {m.role: actors.staff(m.person) for m in Membership.objects.filter(body=body).select_related("person")}
    category = Category.objects.get(body=body, key="notices")
    department = Membership.objects.get(body=body, role=Role.CLERK.value).department_id
    while outbox.deliver():
        pass
    on_page, on_list, found = [], [], []
    client = Client()
    for number in range(5):
        title = f"第{number}号便民活动的通知"
        words = {"html": "<p>现将有关事项通知如下。</p>", "summary": "开展便民活动的时间、地点和内容。", "attribute": "proactive"}
        clerk = people[Role.CLERK.value]
        item = items.create(clerk, body.pk, category.pk, title=title, department_id=department, content=words)
        version = items.submit(clerk, item.pk, revision=Item.objects.get(pk=item.pk).draft.revision)
        steps = list(version.review.step_rows.order_by("position"))
        for step in steps[:-1]:
            review_acts.pass_step(people[step.role], version.review_id, step.pk, digest=version.digest)
        start = time.perf_counter()
        review_acts.pass_step(people[steps[-1].role], version.review_id, steps[-1].pk, digest=version.digest)
        assert client.get(f"/info/{item.index_number}/").status_code == 200
        on_page.append(time.perf_counter() - start)
        assert title in client.get("/open/").content.decode()
        on_list.append(time.perf_counter() - start)
        outbox.deliver()  # what the worker does within a second
        shown = re.sub(r"</?mark>", "", client.get("/search/", {"q": title}).content.decode())
        assert f"{title}</a>" in shown
        found.append(time.perf_counter() - start)
    names = ("visible", "visible in the list", "found by a search")
    return dict(zip(names, map(statistics.median, (on_page, on_list, found)), strict=True))


def bakes(body: Any, folder: Path) -> dict[str, float]:
    """A static edition whole, and again after one item was withdrawn."""
    from gongkai_web.agencies import actors
    from gongkai_web.agencies.models import Membership
    from gongkai_web.agencies.roles import Role
    from gongkai_web.portal.baking.baker import bake, begun
    from gongkai_web.publishing.actions import publication
    from gongkai_web.publishing.baked import Wanted
    from gongkai_web.publishing.models import Publication

    edition = begun(Wanted(body.slug, folder.with_name(f"{folder.name}-edition"), "https://www.example.gov.cn/"))
    start, running = time.perf_counter(), time.process_time()
    written = bake(edition).written
    whole, spent = time.perf_counter() - start, time.process_time() - running
    leader = actors.staff(Membership.objects.get(body=body, role=Role.UNIT_HEAD.value).person)
    last = Publication.objects.filter(body=body, withdrawn_at=None).order_by("-id")[0].item_id
    start = time.perf_counter()
    publication.withdraw(leader, last, reason="内容有误")
    forgotten = time.perf_counter() - start
    start = time.perf_counter()
    bake(edition, frozenset({last}))
    return {
        "bake whole": whole,
        "bake whole, processor": spent,
        "bake files": written,
        "withdrawal with an edition": forgotten,
        "bake of one item": time.perf_counter() - start,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:] or PARTS)
