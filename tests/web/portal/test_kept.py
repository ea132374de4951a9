"""Is a kept page answered again, and never after the act that changed it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.client import RequestFactory
from django.test.utils import CaptureQueriesContext

from gongkai_web.agencies.roles import Role
from gongkai_web.config.wsgi import django
from gongkai_web.portal.kept import KeptPages, Page, Shelf
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock


class Server:
    """The WSGI application with its shelf, asked like a server would."""

    def __init__(self) -> None:
        self.made = 0
        self.application = KeptPages(self._counted)

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.made += 1
        return django(environ, start_response)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ = {**RequestFactory().generic(method, path).environ, **headers, "HTTP_HOST": "testserver"}
        told: list[Any] = []

        def begin(status: str, head: list[tuple[str, str]], *_: Any) -> None:
            told.extend([status, dict(head)])

        content = b"".join(self.application(environ, begin))
        return told[0], told[1], content


@pytest.fixture
def server() -> Iterator[Server]:
    # As Django's own client does: the test's transaction must outlive a request.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield Server()
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_page__is_made_once_and_answered_again_without_being_made(bureau: Any, server: Server) -> None:
    made = bureau.published(title="第一号通知")
    status, headers, first = server.get(f"/info/{made.index_number}/")
    assert status == "200 OK"
    assert "X-Gongkai-Kept" not in headers
    with CaptureQueriesContext(connection) as asked:
        again = server.get(f"/info/{made.index_number}/")
    assert again == (status, headers, first)
    # The one question about the state goes to the driver itself.
    assert (server.made, len(asked)) == (1, 0)
    assert server.get(f"/info/{made.index_number}/", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "304 Not Modified"
    assert server.get(f"/info/{made.index_number}/", "HEAD")[2] == b""


def test_page__is_made_anew_after_every_act_on_the_body(bureau: Any, server: Server) -> None:
    made = bureau.published(title="第一号通知")
    server.get("/")
    bureau.published(title="第二号通知")
    assert "第二号通知".encode() in server.get("/")[2]
    server.get(f"/info/{made.index_number}/")
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), made.pk, reason="内容有误", tombstone="已撤回。")
    assert server.get(f"/info/{made.index_number}/")[0] == "410 Gone"
    assert "第一号通知".encode() not in server.get("/")[2]


def test_page__is_made_anew_when_a_set_time_comes(bureau: Any, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.now() + dt.timedelta(hours=1)
    bureau.passed(bureau.submitted(publish_at=moment, title="定时的通知"))
    assert "定时的通知".encode() not in server.get("/")[2]
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr("time.time", moment.timestamp)
    assert "定时的通知".encode() in server.get("/")[2]


def test_page__of_the_staff_or_of_a_search_is_never_kept(bureau: Any, server: Server) -> None:
    for path in ("/search/?q=x", "/work/", "/info/none/"):
        before = server.made
        server.get(path)
        server.get(path)
        assert server.made == before + 2


def test_shelf__lets_the_longest_unused_go() -> None:
    shelf = Shelf(3200)
    for n in range(20):
        shelf.put(("h", str(n)), Page("xc", "1.1", 0.0, (), "", b"x" * 200))
    assert shelf.get(("h", "0")) is None
    assert shelf.get(("h", "19")) is not None
    shelf.put(("h", "large"), Page("xc", "1.1", 0.0, (), "", b"x" * 4000))
    assert shelf.get(("h", "large")) is None
