"""Does each visitor reach only what is his, for only as long as the page says?"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.writing import write
from gongkai_web.oversight import rooms
from tests.web.conftest import checked, upload
from tests.web.reports import report_of

DAY = 24 * 3600


def addresses(client: Client) -> list[str]:
    """Every address that belongs to one visitor's room: a draft and a checked report with all that hangs on them."""
    draft = client.post("/write/", {"year": "2025", "agency": "青岚县司法局", "edition": ""}).url
    batch = f"/check/{checked(client, (write(report_of(), 'docx'), '年报.docx')).key}/"
    return [
        draft,
        *(f"{draft}download/{form}/" for form in ("docx", "html", "pdf", "xlsx", "json")),
        batch,
        f"{batch}findings.json",
        f"{batch}1-1/",
        f"{batch}1-1/findings.html",
        f"{batch}1-1/findings.docx",
        f"{batch}1-1/verdicts.toml",
        f"{batch}verdicts.toml",
        f"{batch}findings.xlsx",
        f"{batch}1-1/report.xlsx",
        f"{batch}1-1/charts/0.svg",
        f"/compare/?a={batch.split('/')[2]}.1-1&b={batch.split('/')[2]}.1-1",
    ]


def test_room__everything_opens_for_its_owner_and_for_nobody_else(browser: Callable[[], Client]) -> None:
    owner, stranger, other = browser(), browser(), browser()
    every = addresses(owner)
    addresses(other)

    for address in every:
        assert owner.get(address).status_code == 200, address
        assert stranger.get(address).status_code == (200 if "compare" in address else 404), address
        assert other.get(address).status_code == 404, address


def test_compare__shows_a_stranger_nothing(browser: Callable[[], Client]) -> None:
    owner, stranger = browser(), browser()
    address = addresses(owner)[-1]

    assert "青岚县司法局" in owner.get(address).content.decode()
    assert "青岚县司法局" not in stranger.get(address).content.decode()


def test_draft__a_stranger_can_neither_write_nor_delete(browser: Callable[[], Client]) -> None:
    owner, stranger = browser(), browser()
    draft = owner.post("/write/", {"year": "2025", "agency": "青岚县司法局", "edition": ""}).url

    assert stranger.post(draft, {"agency": "别的单位", "version": "1"}).status_code == 404
    assert stranger.post(f"{draft}delete/").status_code == 404
    assert "青岚县司法局" in owner.get(draft).content.decode()


def test_clear__removes_files_and_session(client: Client, tmp_path: Path) -> None:
    every = addresses(client)

    assert "不能恢复" in client.get("/clear/").content.decode()
    client.post("/clear/")

    assert not list((tmp_path / "rooms").iterdir())
    assert client.get(every[0]).status_code == 404


def test_room__is_gone_after_the_stated_time(client: Client, tmp_path: Path, settings: Any) -> None:
    draft = client.post("/write/", {"year": "2025", "agency": "", "edition": ""}).url
    (mark,) = (tmp_path / "rooms").glob("*/touched")
    past = time.time() - settings.ROOM_SECONDS - 1
    os.utime(mark, (past, past))

    assert client.get(draft).status_code == 404
    assert rooms.sweep(at_once=True) == 1
    assert not list((tmp_path / "rooms").iterdir())


def test_sweep__leaves_what_is_in_use(client: Client, tmp_path: Path) -> None:
    client.post("/write/", {"year": "2025", "agency": "", "edition": ""})

    assert rooms.sweep(at_once=True) == 0
    assert rooms.sweep(time.time() + DAY, at_once=True) == 1


def test_rooms__lie_under_no_served_folder(client: Client, tmp_path: Path) -> None:
    client.post("/write/", {"year": "2025", "agency": "", "edition": ""})
    token = client.session["room"]

    for address in (f"/rooms/{token}/touched", f"/static/rooms/{token}/touched", f"/static/../rooms/{token}/touched"):
        assert client.get(address).status_code == 404


def test_room_token__stands_in_no_page_and_no_address(client: Client) -> None:
    for address in addresses(client)[:1]:
        assert client.session["room"] not in client.get(address).content.decode()
        assert client.session["room"] not in address


@pytest.mark.parametrize("key", ["..", ".", "a/b", "%2e%2e", "x" * 80, "batch.json\x00"])
def test_wrong_key__never_leaves_the_room(client: Client, key: str) -> None:
    client.post("/write/", {"year": "2025", "agency": "", "edition": ""})

    assert client.get(f"/write/{key}/").status_code == 404
    assert client.get(f"/check/{key}/").status_code == 404


def test_full_room__is_told(client: Client, settings: Any) -> None:
    client.post("/write/", {"year": "2025", "agency": "", "edition": ""})
    settings.ROOM_BYTES = 10

    response = client.post("/check/", {"files": [upload(b"x", "年报.txt")]})

    assert response.status_code == 409
    assert "清除我的数据" in response.content.decode()


def test_room_folder__is_closed_to_other_users(client: Client, tmp_path: Path) -> None:
    client.post("/write/", {"year": "2025", "agency": "", "edition": ""})
    (folder,) = (tmp_path / "rooms").iterdir()

    assert folder.stat().st_mode & 0o077 == 0


def test_interrupted_batch__says_so(client: Client, tmp_path: Path, settings: Any) -> None:
    client.post("/write/", {"year": "2025", "agency": "", "edition": ""})
    room = rooms.Room(tmp_path / "rooms" / client.session["room"])
    room.write({"made": time.time(), "files": 1}, "batches", "A" * 22, "batch.json")
    past = time.time() - 3600
    os.utime(room.folder / "batches" / ("A" * 22) / "batch.json", (past, past))

    page = client.get(f"/check/{'A' * 22}/").content.decode()

    assert "服务器在处理中途停止" in page
    assert "every 1s" not in page
