"""Does a superior see what the bodies below made public, and nothing of what they did not?"""

from __future__ import annotations

import re
from html import unescape

import pytest

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office
from tests.web.workbench.conftest import words


def test_superior__sees_what_the_bodies_below_made_public_and_reaches_it(bureau: Bureau) -> None:
    lower = Bureau(make_office("lower", "岫川县公证处"))
    Body.objects.filter(pk=lower.body.pk).update(parent=bureau.body)
    shown = lower.published(title="公证收费标准公示")
    lower.draft("还没有公开的通知")
    lower.submitted(title="正在审核的通知")

    superior = bureau.office.client(Role.SUPERIOR)
    page = superior.get("/work/below/").content.decode()
    assert "岫川县公证处" in page
    assert "1 条" in words(superior.get("/work/below/"))
    assert "通知" not in page
    public = page.partition("公证收费标准公示")[0].rpartition('href="http://testserver')[2].partition('"')[0]
    assert shown.index_number.replace("/", "") in public.replace("/", "")
    assert superior.get(public).status_code == 200
    assert 'href="/work/below/"' in superior.get("/work/body/").content.decode()
    assert 'href="/work/below/"' in superior.get("/work/").content.decode()


def test_superior__without_bodies_below_is_told_who_registers_them(bureau: Bureau) -> None:
    assert "还没有下级机关" in words(bureau.office.client(Role.SUPERIOR).get("/work/below/"))


def test_screen__is_for_the_superior_and_the_unit_head(bureau: Bureau) -> None:
    allowed = {role for role in Role if bureau.office.client(role).get("/work/below/").status_code == 200}
    assert allowed == {Role.SUPERIOR, Role.UNIT_HEAD}


@pytest.mark.parametrize("role", list(Role))
def test_links__of_every_screen_in_the_navigation_are_open_to_who_is_offered_them(bureau: Bureau, role: Role) -> None:
    Body.objects.filter(pk=make_office("lower", "岫川县公证处").body.pk).update(parent=bureau.body)
    bureau.published()
    bureau.submitted(title="正在审核的通知")
    browser = bureau.office.client(role)
    known, fresh = {"/work/"}, ["/work/"]
    for depth in range(2):
        pages = [(at, browser.get(at)) for at in fresh]
        assert {at: page.status_code for at, page in pages if page.status_code != 200} == {}, depth
        texts = [page.content.decode() for _, page in pages if not page.streaming]
        offered = {unescape(a) for text in texts for a in re.findall(r'href="(/work/[^"#?]+)"', text)}
        fresh = sorted(a for a in offered - known if "export" not in a)
        known |= offered
    assert {at: browser.get(at).status_code for at in fresh} == dict.fromkeys(fresh, 200)
