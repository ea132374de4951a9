"""Is the page of a PDF shown with the cell outlined, to its owner alone, and only after the marking check?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from gongkai.checking import check
from gongkai.kernel import Place
from gongkai.reading import read
from gongkai.writing import write
from gongkai_web.oversight import readers, rooms
from gongkai_web.oversight.cuts import AROUND, cuts
from tests.web.conftest import checked
from tests.web.reports import report_of


@pytest.fixture(scope="module")
def paper() -> bytes:
    return write(report_of(2025, requests__carried_out__natural_person=2, requests__carried_out=2), "pdf")


@pytest.fixture
def shown(client: Client, paper: bytes) -> str:
    """The address of a PDF's result."""
    return f"/check/{checked(client, (paper, '有误.pdf')).key}/1-1/"


def spot(paper: bytes) -> Place:
    """The first place on a page that a fault names."""
    (report,) = read(paper, "a.pdf")
    return next(p for f in check(report) if f.status == "FAIL" for p in f.places if p.box)


def room_of(client: Client, folder: Path) -> rooms.Room:
    return rooms.Room(folder / "rooms" / client.session["room"])


def test_result__shows_the_strip_of_the_page_with_the_cell_outlined(client: Client, shown: str, paper: bytes) -> None:
    place = spot(paper)
    assert place.box is not None
    page = client.get(shown).content.decode()
    outlined = re.findall(r'<rect class="outline" x="([\d.]+)" y="([\d.]+)"', page)

    assert (str(place.box[0]), str(place.box[1])) in outlined
    assert f"{shown}pages/{place.page}/" in page


def test_picture__is_the_whole_page_drawn_once_and_kept(client: Client, shown: str, paper: bytes, tmp_path: Path) -> None:
    address = f"{shown.removesuffix('1-1/')}1/pages/{spot(paper).page}.png"
    first = client.get(address)
    readers.close()
    second = client.get(address)
    picture = Image.open(io.BytesIO(first.content))

    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["Cache-Control"] == "no-store"
    assert picture.height > picture.width > 1000
    assert second.content == first.content
    assert not list((tmp_path / "reading").glob("*/*"))


def test_page__shows_everything_outlined_with_the_findings_beside(client: Client, shown: str, paper: bytes) -> None:
    number = spot(paper).page
    page = client.get(f"{shown}pages/{number}/?finding=1").content.decode()

    assert 'class="finding finding-FAIL chosen" id="p-1"' in page
    assert re.search(r'<rect class="outline outline-FAIL chosen"', page)
    assert f'href="{shown}#f-1"' in page


@pytest.mark.parametrize("wrong", ["1-1/pages/0/", "1-1/pages/99/", "1/pages/99.png", "2/pages/1.png", "1/pages/0.png"])
def test_page_that_is_not_there__is_said(client: Client, shown: str, wrong: str) -> None:
    answer = client.get(shown.removesuffix("1-1/") + wrong)

    assert answer.status_code in {400, 404}
    assert "。" in answer.content.decode()


def test_page__is_nobody_elses(browser: Callable[[], Client], client: Client, shown: str) -> None:
    for address in (f"{shown}pages/1/", f"{shown.removesuffix('1-1/')}1/pages/1.png"):
        assert client.get(address).status_code == 200
        assert browser().get(address).status_code == 404


def test_other_formats__keep_no_file_and_show_no_page(client: Client, tmp_path: Path) -> None:
    batch = checked(client, (write(report_of(), "docx"), "年报.docx"))

    assert client.get(f"/check/{batch.key}/1-1/pages/1/").status_code == 404
    assert client.get(f"/check/{batch.key}/1/pages/1.png").status_code == 404
    assert not list(room_of(client, tmp_path).folder.rglob("*.pdf"))


def test_pdf_with_a_marking__is_not_kept(client: Client, tmp_path: Path, paper: bytes) -> None:
    batch = checked(client, (paper, "机密★10年.pdf"))

    assert batch.entries[0].stage == "marked"
    assert not list(room_of(client, tmp_path).folder.rglob("*.pdf"))
    assert paper[:200] not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_pdf__is_not_kept_when_the_room_has_no_space_for_it(client: Client, tmp_path: Path, paper: bytes, settings: Any) -> None:
    settings.ROOM_BYTES = len(paper) // 2
    batch = checked(client, (paper, "有误.pdf"))
    page = client.get(f"/check/{batch.key}/1-1/")

    assert page.status_code == 200
    assert "<svg" not in page.content.decode()
    assert not list(room_of(client, tmp_path).folder.rglob("*.pdf"))


def test_page_that_takes_too_long__is_given_up(client: Client, shown: str, settings: Any) -> None:
    settings.PICTURE_SECONDS = 0
    answer = client.get(f"{shown.removesuffix('1-1/')}1/pages/1.png")

    assert answer.status_code == 400
    assert "这一页画不出来" in answer.content.decode()


def test_cuts__show_places_near_one_another_together_and_others_apart() -> None:
    def place(page: int, top: float) -> Place:
        return Place(page=page, box=(100.0, top, 150.0, top + 20))

    made = cuts([place(1, 700), place(1, 60), place(1, 90), place(2, 10), Place(page=1), place(9, 5)], [(595, 842), (595, 842)])

    assert [(c.page, len(c.outlines)) for c in made] == [(1, 2), (1, 1), (2, 1)]
    assert (made[0].top, made[0].high) == (60 - AROUND, 50 + 2 * AROUND)
    assert made[2].top == 0
