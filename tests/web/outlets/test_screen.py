"""Does a screen show page after page, without a script, only what is public and has not expired?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from gongkai_web.agencies.roles import Role
from gongkai_web.outlets import access, turning
from gongkai_web.outlets.actions import hangings, places
from gongkai_web.outlets.models import Place
from gongkai_web.outlets.turning import LINE, LINES, room
from gongkai_web.publishing.actions import publication
from gongkai_web.ui import clock
from tests.web.outlets.conftest import hang, place

DAY = dt.timedelta(days=1)


def shown(place: Place, page: int | str = 1, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/screens/{place.pk}/?page={page}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_screen__turns_by_itself_through_everything_and_begins_again(bureau: Any, screen: Place) -> None:
    hang(bureau, bureau.published(title="第一号通知"), screen, "title")
    hang(bureau, bureau.published(title="第二号通知", summary="第二号的概述。"), screen, "summary")

    first, second = shown(screen), shown(screen, 2)

    assert '<meta http-equiv="refresh" content="20; url=?page=2">' in first
    assert '<meta http-equiv="refresh" content="20; url=?page=1">' in second
    assert "第二号通知" in first
    assert "第二号的概述。" in first
    assert "第一号通知" in second
    assert "2 / 2" in second
    assert "<script" not in first
    assert "<svg" in first
    for odd in ("0", "9", "x", "-1", "99999999"):
        assert "第二号通知" in shown(screen, odd)


def test_screen__drops_at_once_what_is_withdrawn_expired_or_taken_down(bureau: Any, screen: Place, at: Any) -> None:
    gone, down, expires = (bureau.published(title=t) for t in ("撤回的通知", "取下的通知", "到期的通知"))
    hang(bureau, gone, screen)
    row = hang(bureau, down, screen)
    hang(bureau, expires, screen, until_day=clock.today())
    assert "3" in shown(screen)
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), gone.pk, reason="内容有变")
    hangings.take_down(bureau.actor(Role.CLERK), row.pk, on_day=clock.today())
    assert {shown(screen, n).count("到期的通知") for n in (1, 2, 3)} == {1}
    at(clock.now() + DAY)
    page = shown(screen)
    assert "到期的通知" not in page
    assert "现在没有要公布的信息" in page


def test_screen__is_there_only_for_screens_in_use_of_that_body(bureau: Any, other: Any, screen: Place) -> None:
    elsewhere = place(other, "screen")
    for key in (place(bureau).pk, elsewhere.pk, 0):
        assert Client().get(f"/screens/{key}/").status_code == 404
    assert Client().get(f"/b/{other.body.slug}/screens/{elsewhere.pk}/").status_code == 200
    places.close_place(bureau.actor(Role.CLERK), screen.pk)
    assert Client().get(f"/screens/{screen.pk}/").status_code == 404


def test_screen__sets_no_cookie_and_is_left_out_by_search_engines(screen: Place) -> None:
    answer = Client().get(f"/screens/{screen.pk}/")
    assert not answer.cookies
    assert 'name="robots" content="noindex"' in answer.content.decode()
    assert "Disallow: /screens/" in Client().get("/robots.txt").content.decode()


@pytest.mark.parametrize("lengths", [(10,), (LINE * LINES,), (LINE * LINES * 3 + 5,), (40, 300, 40, 500, 1), (26,) * 30])
def test_text__is_divided_into_pages_that_hold_every_word_and_no_more_than_fits(
    bureau: Any, screen: Place, lengths: tuple[int, ...]
) -> None:
    texts = ["".join(chr(0x4E00 + (n * 37 + i) % 2000) for i in range(length)) for n, length in enumerate(lengths)]
    hang(bureau, bureau.published(html="".join(f"<p>{t}</p>" for t in texts)), screen)
    view = access.screen(bureau.body, screen.pk)
    assert view is not None
    pages = turning.pages(view)

    assert "".join(line for p in pages for line in p.lines) == "".join(texts)
    assert [p.part for p in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert page.lines
        assert sum(-(-(len(line) + 2) // LINE) for line in page.lines) <= room(page.item)


@pytest.mark.parametrize(
    ("length", "number", "lines"), [(10, "", 6), (30, "", 6), (40, "", 5), (40, "岫司发〔2026〕3号", 4), (150, "", 3)]
)
def test_room__is_what_the_title_and_the_number_leave(bureau: Any, screen: Place, length: int, number: str, lines: int) -> None:
    hang(bureau, bureau.published(title="长" * length, document_number=number), screen)
    view = access.screen(bureau.body, screen.pk)
    assert view is not None
    (page,) = turning.pages(view)
    assert room(page.item) == lines
    assert page.is_long == (length > 24)


def test_text__without_words_still_has_a_page(bureau: Any, screen: Place) -> None:
    hang(bureau, bureau.published(), screen, "title")
    view = access.screen(bureau.body, screen.pk)
    assert view is not None
    assert [(p.lines, p.parts) for p in turning.pages(view)] == [((), 1)]
