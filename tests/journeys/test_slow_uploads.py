"""Do those who read go on reading while many slow uploads hang?"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.journeys.test_publishing import office

__all__ = ["office"]
SLOW = 40
SLOW_STAFF = 20
FILES = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"


@contextmanager
def hanging(port: int, *kinds: tuple[str, str, str], times: int) -> Iterator[None]:
    """So many requests of each kind – address, type of body, cookie – that have begun to send a large body and never go on."""
    begun = []
    try:
        for address, kind, cookie in kinds * times:
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            begun.append(connection)
            body = "--x\r\n" if kind == FILES else "a=b"
            head = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\nCookie: {cookie}\r\nContent-Length: 1000000\r\n\r\n"
            connection.sendall((head + body).encode())
        yield
    finally:
        for connection in begun:
            connection.close()


def status(port: int, address: str, cookie: str = "") -> int:
    reader = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        reader.request("GET", address, headers={"Cookie": cookie})
        answer = reader.getresponse()
        answer.read()
        return answer.status
    finally:
        reader.close()


def test_slow_uploads_and_forms_of_an_office__keep_neither_public_nor_staff_waiting(
    office: tuple[str, dict[str, str]],
) -> None:
    address, sessions = office
    port = urlsplit(address).port
    assert port is not None
    mine = f"gongkai_session={sessions['clerk']}"
    kinds = (
        ("/work/items/1/files/", FILES, mine),
        ("/work/review/1/paper/", FILES, mine),
        ("/check/", FILES, ""),
        ("/work/sign-in/", FORM, ""),
        ("/work/paste/", FORM, mine),
    )
    with hanging(port, *kinds, times=SLOW_STAFF):
        for page in (
            "/",
            "/catalogue/",
            "/open/",
            "/search/?q=%E5%85%AC%E8%AF%81",
            "/feed.atom",
            "/sitemap.xml",
            "/static/ui/desk.css",
        ):
            assert status(port, page) == 200, page
        for page in ("/work/", "/work/items/", "/work/items/new/"):
            assert status(port, page, mine) == 200, page


def test_slow_uploads__do_not_keep_readers_waiting(server: str) -> None:
    where = urlsplit(server)
    assert where.port is not None
    head = (
        f"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1:{where.port}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 1000000\r\n\r\n--x\r\n"
    )
    hanging = [socket.create_connection(("127.0.0.1", where.port), timeout=10) for _ in range(SLOW)]
    try:
        for connection in hanging:
            connection.sendall(head.encode())
        for address in ("/desk/", "/check/", "/help/", "/static/ui/desk.css"):
            reader = http.client.HTTPConnection("127.0.0.1", where.port, timeout=10)
            reader.request("GET", address)
            answer = reader.getresponse()
            assert answer.status == 200
            answer.read()
            reader.close()
    finally:
        for connection in hanging:
            connection.close()
