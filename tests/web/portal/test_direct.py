"""Is an item's page that was made past Django's handler the same as the one made by it, and is everything else left to Django?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test.client import RequestFactory

from gongkai_web.agencies.roles import Role
from gongkai_web.config.wsgi import django
from gongkai_web.portal.direct import Direct
from gongkai_web.portal.kept import FLAG, KeptPages, Shelf
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock
from tests.web.taken_back import held

Answer = tuple[str, dict[str, str], bytes]


def answer(application: Any, path: str, method: str = "GET", **more: Any) -> Answer:
    environ = {**RequestFactory().generic(method, path).environ, "HTTP_HOST": "testserver", FLAG: True, **more}
    environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")  # as a server gives it
    told: list[Any] = []

    def begin(status: str, head: list[tuple[str, str]], *_: Any) -> None:
        assert len({name for name, _ in head}) == len(head)
        told[:] = [status, dict(head)]

    made = application(environ, begin)
    content = b"".join(made)
    close = getattr(made, "close", None)
    if close is not None:
        close()
    return told[0], told[1], content


class Passing:
    """Django's application, counting what is left to it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked.append(environ["PATH_INFO"])
        return django(environ, start_response)


@pytest.fixture(autouse=True)
def _connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # As Django's own client does: the test's transaction must outlive a request.
    monkeypatch.setattr("gongkai_web.portal.direct.close_old_connections", lambda: None)
    with held():
        yield


def test_page__is_the_same_to_the_byte_in_head_and_content(bureau: Any) -> None:
    passing = Passing()
    direct = Direct(passing)
    for title in ("第一号通知", "第二号“通知”"):
        path = f"/info/{bureau.published(title=title).index_number}/"
        for asked in (path, f"/b/{bureau.body.slug}{path}"):
            for more in ({}, {"QUERY_STRING": "a=1"}, {"HTTP_COOKIE": "gongkai_session=x"}, {"wsgi.url_scheme": "https"}):
                assert answer(direct, asked, **more) == answer(django, asked, **more)
                assert answer(direct, asked, **more) == answer(django, asked, **more)
    assert passing.asked == []


def test_page__that_no_shelf_asked_for_names_no_state(bureau: Any) -> None:
    path = f"/info/{bureau.published().index_number}/"
    given = answer(Direct(django), path, **{FLAG: False})
    assert given == answer(django, path, **{FLAG: False})
    assert not [name for name in given[1] if name.startswith("X-Gongkai")]


def test_everything_else__is_left_to_django(bureau: Any) -> None:
    made = bureau.published()
    passing = Passing()
    direct = Direct(passing)
    path = f"/info/{made.index_number}/"
    etag = answer(direct, path)[1]["ETag"]
    assert passing.asked == []
    for asked, method, more, status in (
        (path, "HEAD", {}, "200 OK"),
        (path, "POST", {}, "403 Forbidden"),
        (path, "GET", {"HTTP_IF_NONE_MATCH": etag}, "304 Not Modified"),
        (path, "GET", {"HTTP_HOST": "elsewhere.example"}, "400 Bad Request"),
        (path, "GET", {"SCRIPT_NAME": "/under"}, "200 OK"),
        (path[:-1], "GET", {}, "301 Moved Permanently"),
        (f"{path}qr.svg", "GET", {}, "200 OK"),
        ("/info/none/", "GET", {}, "404 Not Found"),
        ("/info/%E5%8F%B7/", "GET", {}, "404 Not Found"),
        (f"/b/none{path}", "GET", {}, "404 Not Found"),
        ("/open/", "GET", {}, "200 OK"),
    ):
        before = len(passing.asked)
        assert answer(direct, asked, method, **more)[0] == status
        assert len(passing.asked) == before + 1


def test_page__is_never_older_than_the_last_act(bureau: Any) -> None:
    made = bureau.published(title="第一号通知")
    path = f"/info/{made.index_number}/"
    direct = Direct(django)
    kept = KeptPages(direct, Shelf(0))
    assert "第一号通知".encode() in answer(kept, path)[2]
    before = answer(direct, path)[1]["X-Gongkai-Kept"]
    bureau.published(title="第二号通知")
    after = answer(direct, path)
    assert after == answer(django, path)
    assert after[1]["X-Gongkai-Kept"] != before
    bureau.body.refresh_from_db()
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), made.pk, reason="内容有误", tombstone="已撤回。")
    assert answer(kept, path)[0] == "410 Gone"


def test_page__changes_with_what_stands_around_it(bureau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/info/{bureau.published().index_number}/"
    direct = Direct(django)
    answer(direct, path)
    moment = clock.now()
    for hours in (1, 30):
        later = moment + dt.timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        assert answer(direct, path) == answer(django, path)


def test_page__that_cannot_be_made_is_answered_by_django(bureau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/info/{bureau.published().index_number}/"
    passing = Passing()
    direct = Direct(passing)

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(direct, "_item", broken)
    assert answer(direct, path) == answer(django, path)
    assert passing.asked == [path]
