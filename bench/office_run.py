"""What does one size of office measure? ``python -m bench.office_run COUNT FOLDER OUT``."""

from __future__ import annotations

import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import office_data

RUNS = 30
REQUESTS = 1500


def main(count: int, folder: Path, out: Path) -> None:
    """Fill, measure, write."""
    office_data.begin(folder, os.environ.get("DATABASE_URL", ""))
    body, texts = office_data.fill(count)
    found: dict[str, Any] = {
        "runs": RUNS,
        **lists(body, count),
        **searches(body, texts),
        **pages(body),
        **visible(body),
    }
    out.write_text(json.dumps(found), encoding="utf-8")


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a piece of work, after one turn to warm up."""
    times = []
    for turn in range(runs + 1):
        start = time.perf_counter()
        work()
        if turn:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def lists(body: Any, count: int) -> dict[str, float]:
    """The first page, one far down, and random ones, each as access gives it with its count."""
    from gongkai_web.publishing import access
    from gongkai_web.publishing.access.keyset import closed
    from gongkai_web.publishing.models import Publication

    chance = random.Random(2)

    def key_at(depth: int) -> str:
        row = Publication.objects.filter(body=body).order_by("-listed_at", "-id")[depth]
        return closed(row.listed_at, row.pk)

    deep = key_at(min(200_000, int(count * 0.9)))
    some = [key_at(chance.randrange(count - 30)) for _ in range(10)]
    return {
        "first page": median(lambda: access.public_list(body)),
        "page 10,000 by key": median(lambda: access.public_list(body, after=deep)),
        "a random page": median(lambda: access.public_list(body, after=chance.choice(some))),
    }


def searches(body: Any, texts: tuple[str, ...]) -> dict[str, float]:
    """Search as the portal does it, through access; recall against a scan of the texts on a part."""
    from gongkai_web.publishing import finding, indexing
    from gongkai_web.publishing.models import Version
    from gongkai_web.search.engine import Question

    start = time.perf_counter()
    indexing.build(indexing.opened(indexing.folder()))
    found = {"index": time.perf_counter() - start}
    chance = random.Random(3)
    for length in (2, 4, 7):
        times = []
        for turn in range(100):
            words = _piece(chance, chance.choice(texts), length)
            start = time.perf_counter()
            answer = finding.find(Question(words, bodies=(body.slug,)))
            times.append(time.perf_counter() - start)
            if turn % 10 == 0:
                scanned = Version.objects.filter(html__contains=words).count()
                assert answer.total >= scanned, (words, answer.total, scanned)  # the index also looks in titles
        times.sort()
        found[f"search of {length} characters, p50"], found[f"search of {length} characters, p95"] = times[50], times[95]
    return found


def _piece(chance: random.Random, html: str, length: int) -> str:
    runs = [r for r in re.findall(r"[\u4e00-\u9fff]+", html) if len(r) >= length]
    run = chance.choice(runs)
    start = chance.randrange(len(run) - length + 1)
    return run[start : start + length]


def pages(body: Any) -> dict[str, float]:
    """Seconds a request, over HTTP: a bare response, a kept page, a fresh page, the template with its models in memory."""
    from gongkai_web.publishing.models import Item

    path = f"/info/{Item.objects.filter(body=body).order_by('-id').values_list('index_number', flat=True)[0]}/"
    found = {}
    for name in ("bare", "kept", "fresh", "memory"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        target = "gongkai_web.config.wsgi:application" if name == "kept" else "bench.office_apps:" + name
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(port),
            "--no-ws",
            "--log-level",
            "critical",
            target,
        ]
        server = subprocess.Popen(command, env={**os.environ, "BENCH_PATH": path, "PYTHONPATH": str(office_data.ROOT)})
        try:
            found[name] = _asked(port, path)
        finally:
            server.terminate()
            server.wait(timeout=20)
    return found


def _asked(port: int, path: str) -> float:
    """Seconds a request over one connection, after a few to warm up."""
    for _ in range(300):
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
            break
        except OSError:
            time.sleep(0.1)
    wanted = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    with connection:
        reader = connection.makefile("rb")
        for turn in range(REQUESTS + 50):
            if turn == 50:
                start = time.perf_counter()
            connection.sendall(wanted)
            status = reader.readline()
            assert b" 200 " in status, status
            length = 0
            while (line := reader.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert len(reader.read(length)) == length > 1000
        return (time.perf_counter() - start) / REQUESTS


def visible(body: Any) -> dict[str, float]:
    """From the call of the last act until the page answers 200."""
    from django.test import Client

    from gongkai_web.agencies import actors
    from gongkai_web.agencies.models import Membership
    from gongkai_web.agencies.roles import Role
    from gongkai_web.flow.actions import review as review_acts
    from gongkai_web.publishing.actions import items
    from gongkai_web.publishing.models import Category, Item

    people = {m.role: actors.staff(m.person) for m in Membership.objects.filter(body=body).select_related("person")}
    category = Category.objects.get(body=body, key="notices")
    department = Membership.objects.get(body=body, role=Role.CLERK.value).department_id
    times = []
    for number in range(5):
        words = {"html": "<p>现将有关事项通知如下。</p>", "summary": "开展便民活动的时间、地点和内容。", "attribute": "proactive"}
        clerk = people[Role.CLERK.value]
        item = items.create(clerk, body.pk, category.pk, title=f"第{number}号活动的通知", department_id=department, content=words)
        version = items.submit(clerk, item.pk, revision=Item.objects.get(pk=item.pk).draft.revision)
        steps = list(version.review.step_rows.order_by("position"))
        for step in steps[:-1]:
            review_acts.pass_step(people[step.role], version.review_id, step.pk, digest=version.digest)
        start = time.perf_counter()
        review_acts.pass_step(people[steps[-1].role], version.review_id, steps[-1].pk, digest=version.digest)
        assert Client().get(f"/info/{item.index_number}/").status_code == 200
        times.append(time.perf_counter() - start)
    return {"visible": statistics.median(times)}


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
