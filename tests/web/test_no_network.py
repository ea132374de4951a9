"""Does the program open a connection to anywhere because of what somebody typed, pasted, linked, imported or uploaded?

A real server listens for whoever comes, from this process or any it starts; this process may connect to nothing at all meanwhile.
"""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook

from gongkai.errors import GongkaiError
from gongkai.reading.converted import converted
from gongkai_web.agencies.roles import Role
from gongkai_web.files import bounded
from gongkai_web.publishing import self_inspection
from gongkai_web.publishing.actions import items, outings
from gongkai_web.publishing.importing import batch, columns
from gongkai_web.publishing.importing.rows import rows
from gongkai_web.publishing.models import Category
from gongkai_web.ui import clock
from tests.web.conftest import checked
from tests.web.files.reaching_samples import NEEDS_OFFICE, every, html
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.staffed import make_office, signed_in


@dataclass
class Ear:
    """A server on this machine that notes what it is asked for."""

    heard: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """What the files name."""
        return f"http://127.0.0.1:{self.port}/"

    def listen(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(2)
                self.heard.append(connection.recv(300).decode("latin-1").partition("\r\n")[0])
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Whoever comes is heard."""
    found = Ear()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(20)
        found.port = server.getsockname()[1]
        thread = threading.Thread(target=found.listen, args=(server,), daemon=True)
        thread.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whatever this process tries to connect to, or to find the address of; none of it is let through."""
    tried: list[object] = []

    def refused(*given: Any, **more: Any) -> Any:
        place = next((g for g in given if isinstance(g, str | tuple)), given)
        tried.append(place)
        raise OSError("this test lets nothing out")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refused)
    return tried


@pytest.fixture
def bureau() -> Bureau:
    """An office that publishes."""
    return Bureau(make_office())


def ask(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/hello")
    connection.getresponse().read()
    connection.close()


def test_ear__notices_a_connection(ear: Ear) -> None:
    """The tests below would pass if nothing were noticed."""
    ask(ear.port)
    assert ear.heard == ["GET /hello HTTP/1.1"]


def test_bar__notices_a_connection(ear: Ear, connections: list[object]) -> None:
    with pytest.raises(OSError, match="lets nothing out"):
        ask(ear.port)
    assert connections
    assert ear.heard == []


@pytest.mark.parametrize("name", sorted(every("http://127.0.0.1/").keys()))
def test_upload__fetches_nothing(name: str, ear: Ear, connections: list[object]) -> None:
    made = bounded.examined(every(ear.address)[name], name)
    assert made.code != "died"
    assert (ear.heard, connections) == ([], [])


def test_desk__fetches_nothing(client: Client, ear: Ear, connections: list[object]) -> None:
    taken = checked(client, *((data, name) for name, data in every(ear.address).items() if name not in NEEDS_OFFICE))
    assert len(taken.entries) >= 12
    assert client.get(f"/check/{taken.key}/").status_code == 200
    assert (ear.heard, connections) == ([], [])


@pytest.mark.office
@pytest.mark.parametrize(
    ("name", "kind"), [("富文本.rtf", "rtf"), ("富文本.doc", "doc"), ("文档.odt", "odt"), ("表格.xml", "spreadsheetml")]
)
def test_conversion__fetches_nothing(name: str, kind: str, ear: Ear, libreoffice: str) -> None:
    with suppress(GongkaiError):
        converted(every(ear.address)[name], kind, name)
    assert ear.heard == []


def test_paste_link_and_publish__fetch_nothing(bureau: Bureau, ear: Ear, connections: list[object]) -> None:
    clerk = signed_in(bureau.person(Role.CLERK))
    cleaned = clerk.post("/work/paste/", {"html": html(ear.address)}).json()["html"]
    assert ear.address in cleaned, "the link itself stays, for people to follow"

    text = f'{cleaned}<p><a href="{ear.address}dead">链接</a><a href="http://metadata.invalid/">二</a></p>'
    draft = bureau.draft(html=text, summary=f"{ear.address}summary")
    items.edit(bureau.actor(Role.CLERK), draft.pk, revision=fresh(draft).draft.revision, content={"html": text})
    item = bureau.passed(bureau.submitted(fresh(draft)))
    outings.record(bureau.actor(Role.CLERK), item.pk, channel="website", on_day=clock.today(), address=f"{ear.address}outing")
    points = self_inspection.points(bureau.body)

    assert any("个链接通向其他网站，系统没有打开核对" in point.words for point in points)
    for address in (f"/info/{item.index_number}/", "/", "/feed.atom", "/catalogue/"):
        assert clerk.get(address).status_code == 200
    assert (ear.heard, connections) == ([], [])


def test_import__fetches_nothing(bureau: Bureau, ear: Ear, connections: list[object], tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    heads = ["标题", "栏目", "发布日期", "正文", "原网址", "附件"]
    page.append(heads)
    page.append(["旧站的通知", "通知公告", "2021-03-05", html(ear.address), f"{ear.address}old.html", "外链.docx"])
    book.save(tmp_path / "旧站.xlsx")
    (tmp_path / "外链.docx").write_bytes(every(ear.address)["外链.docx"])
    open_now = Category.objects.filter(body=bureau.body)
    found = list(rows(tmp_path / "旧站.xlsx", tmp_path, columns.guessed(heads), open_now, clock.today()))

    assert not any(row.problems for row in found)
    made = batch.run(bureau.actor(Role.UNIT_HEAD).as_import(), bureau.body, found, None, lambda *_: None)

    assert made.drafts == 1, made.lines
    assert (ear.heard, connections) == ([], [])
