"""Is every page view counted once, kept page or made one, with nothing said of who read, and is no page ever broken by it?"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, close_old_connections, connection
from django.test.client import RequestFactory

from gongkai_web.agencies.roles import Role
from gongkai_web.config.wsgi import django
from gongkai_web.portal.kept import KeptPages
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock
from gongkai_web.visits import counting, folding
from gongkai_web.visits.counting import Counter, read_of, stamp
from gongkai_web.visits.models import Page, Views
from gongkai_web.visits.robots import is_robot

PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/89.0.4389.90 Safari/537.36"
ROBOTS = (
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 (X11; Linux x64) HeadlessChrome/120 Safari/537.36",
    "curl/8.1",
    "python-requests/2.31",
    "",
)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """One that writes when it is told to."""
    made = Counter()
    monkeypatch.setattr(made, "_thread", threading.current_thread())
    return made


@pytest.fixture
def ask(counter: Counter) -> Iterator[Any]:
    """The WSGI application as the server calls it."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    application = KeptPages(django, counter=counter)

    def get(path: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ = {
            **RequestFactory().generic(method, path).environ,
            "HTTP_USER_AGENT": PERSON,
            "HTTP_HOST": "testserver",
            **headers,
        }
        told: list[Any] = []

        def begin(status: str, head: list[tuple[str, str]], *_: Any) -> None:
            told.extend([status, dict(head)])

        content = b"".join(application(environ, begin))
        return told[0], told[1], content

    yield get
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def views() -> dict[tuple[str, int], int]:
    return {(r.page, r.subject): r.views for r in Views.objects.all()}


def test_view__counts_once_whether_made_kept_or_not_modified(bureau: Any, ask: Any, counter: Counter) -> None:
    item = bureau.published()
    address = f"/info/{item.index_number}/"
    _, headers, _ = ask(address)
    assert ask(address)[1] == headers
    assert ask(address, HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "304 Not Modified"
    assert not [name for name in headers if name.startswith("X-Gongkai")]
    assert "Set-Cookie" not in headers
    assert views() == {}

    assert counter.write() == 3

    assert views() == {("item", item.pk): 3}
    assert counter.write() == 0


def test_view__is_told_apart_by_page_and_category(bureau: Any, ask: Any, counter: Counter) -> None:
    bureau.published()
    for path in ("/", "/", "/open/", "/open/notices/", "/search/?q=公证", "/guide/", "/sitemap/", "/b/xiuchuan/"):
        assert ask(path)[0] == "200 OK", path
    counter.write()

    assert views() == {
        ("home", 0): 3,
        ("list", 0): 1,
        ("list", bureau.category("notices").pk): 1,
        ("search", 0): 1,
        ("guide", 0): 1,
        ("other", 0): 1,
    }
    assert set(Views.objects.values_list("body_id", "day")) == {(bureau.body.pk, clock.today())}


def test_view__of_robots_heads_files_faults_and_staff_screens_is_not_counted(bureau: Any, ask: Any, counter: Counter) -> None:
    bureau.published()
    for robot in ROBOTS:
        ask("/", HTTP_USER_AGENT=robot)
    ask("/", HTTP_SEC_PURPOSE="prefetch;prerender")
    ask("/", "HEAD")
    for path in ("/feed.rss", "/similar.json?q=公证", "/info/none/", "/catalogue.csv", "/sitemap.xml", "/work/", "/robots.txt"):
        ask(path)

    assert counter.write() == 0


@pytest.mark.parametrize("robot", ROBOTS)
def test_robot__is_known_by_the_name_it_gives(robot: str) -> None:
    assert is_robot({"HTTP_USER_AGENT": robot})
    assert not is_robot({"HTTP_USER_AGENT": PERSON})


def test_views__are_kept_while_the_database_takes_nothing(
    bureau: Any, ask: Any, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.published()

    def refuse(_: Any) -> None:
        raise DatabaseError("locked")

    with monkeypatch.context() as patched:
        patched.setattr(counting, "put_away", refuse)
        patched.setattr(connection, "close", lambda: None)
        ask("/")
        counter._try()
        ask("/")
        with pytest.raises(DatabaseError):
            counter.write()
    assert ask("/")[0] == "200 OK"

    assert counter.write() == 3
    assert views() == {("home", 0): 3}


def test_views__of_two_processes_and_two_days_add_up(bureau: Any, at: Any) -> None:
    first, second = Counter(), Counter()
    first._thread = second._thread = threading.current_thread()
    read = (bureau.body.slug, "home", "")
    environ = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": PERSON}
    at(dt.datetime(2026, 3, 1, 15, 59, tzinfo=dt.UTC))  # one minute before midnight in Beijing
    first.add(read, environ)
    second.add(read, environ)
    at(dt.datetime(2026, 3, 1, 16, 1, tzinfo=dt.UTC))
    second.add(read, environ)
    first.write()
    second.write()

    assert dict(Views.objects.values_list("day", "views")) == {dt.date(2026, 3, 1): 2, dt.date(2026, 3, 2): 1}


def test_views__of_what_is_no_more_count_for_their_body_or_not_at_all(bureau: Any) -> None:
    day = clock.today()
    slug = bureau.body.slug
    counting.put_away({(day, (slug, "item", "gone")): 2, (day, (slug, "list", "gone")): 1, (day, ("nobody", "home", "")): 5})

    assert views() == {("item", 0): 2, ("list", 0): 1}


def test_counter__tells_no_more_pages_apart_than_it_may(bureau: Any, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    for n in range(5):
        counter.add((bureau.body.slug, "item", str(n)), {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": PERSON})
    counter.write()

    assert views() == {("item", 0): 2, ("other", 0): 3}


def test_counter__writes_by_itself_until_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    ended = threading.Event()
    main = threading.Thread(target=ended.wait)
    main.start()
    monkeypatch.setattr(threading, "main_thread", lambda: main)
    monkeypatch.setattr(counting, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(counting, "put_away", lambda taken: written.append(sum(taken.values())))
    monkeypatch.setattr(connection, "close", lambda: None)
    counter = Counter(every=0.02)
    environ = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": PERSON}

    first = threading.Thread(target=counter.add, args=(("a", "home", ""), environ), daemon=True)
    first.start()  # the threads of the server are daemons
    first.join()
    thread = counter._thread
    assert thread is not None
    assert not thread.daemon
    for _ in range(1000):
        if written:
            break
        thread.join(0.01)
    counter._every = 3600.0
    counter.add(("a", "home", ""), environ)
    ended.set()
    thread.join(10)

    assert not thread.is_alive()
    assert sum(written) == 2


@pytest.mark.parametrize("key", ["", "012345678/2026-00001", "岫司〔2026〕1 号"])
def test_stamp__is_read_back(key: str) -> None:
    assert stamp("xc", "item", key).isascii()
    assert read_of(stamp("xc", "item", key)) == ("xc", "item", key)
    assert read_of("") is None


def test_fold__keeps_thirteen_months_by_day_and_the_sums_of_all(bureau: Any) -> None:
    made = [
        ("2024-11-01", "home", 0, 4), ("2024-11-20", "home", 0, 3), ("2024-11-20", "item", 7, 2), ("2025-10-31", "item", 7, 1),
        ("2025-11-01", "home", 0, 5), ("2026-11-21", "home", 0, 6),
    ]  # fmt: skip
    for day, page, subject, number in made:
        Views.objects.create(body=bureau.body, day=day, page=page, subject=subject, views=number)

    assert folding.fold(dt.date(2026, 11, 21)) == 1
    assert folding.fold(dt.date(2026, 11, 21)) == 0

    rows = sorted((str(r.day), r.page, r.views) for r in Views.objects.all())
    assert rows == [
        ("2024-11-01", "home", 7), ("2024-11-01", "item", 2), ("2025-10-01", "item", 1), ("2025-11-01", "home", 5),
        ("2026-11-21", "home", 6),
    ]  # fmt: skip


def test_withdrawn_page__is_not_counted(bureau: Any, ask: Any, counter: Counter) -> None:
    item = bureau.published()
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有变", tombstone="该信息已撤下。")
    assert ask(f"/info/{item.index_number}/")[0].startswith("410")

    assert counter.write() == 0
    assert set(Page.values) == set(dict(Page.choices))
