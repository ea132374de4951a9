"""Does the screen of static pages tell where each folder lies, what waits and what failed?"""

from __future__ import annotations

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import tasks
from gongkai_web.portal.baking.baker import bake, begun
from gongkai_web.publishing import baked
from gongkai_web.publishing.actions import publication
from tests.web.portal.editions import PORTAL, put_out
from tests.web.publishing.conftest import Bureau
from tests.web.workbench.conftest import words

ADDRESS = "/work/body/static/"


def test_screen__says_how_each_folder_stands(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("county") / "site"
    head = bureau.office.client(Role.UNIT_HEAD)
    assert "还没有生成过静态页面" in words(head.get(ADDRESS))
    assert bureau.office.client(Role.AUDITOR).get(ADDRESS).status_code == 403

    item = bureau.published()
    edition = begun(baked.Wanted(bureau.body.slug, place))
    assert "还没有生成完" in words(head.get(ADDRESS))
    bake(edition)
    page = words(head.get(ADDRESS))
    assert str(place) in page
    assert "与公开的内容一致" in page

    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="有误")
    baked.take_out(bureau.body.slug, baked.Gone(item.index_number, item.pk, "已撤下。", True))
    assert "1 条已从文件夹里删去" in words(head.get(ADDRESS))
    bake(edition)
    assert "与公开的内容一致" in words(head.get(ADDRESS))

    baked.failed(edition, "磁盘已满")
    failed = words(head.get(ADDRESS))
    assert "没有更新成功" in failed
    assert "磁盘已满（" in failed
    assert ADDRESS in words(head.get("/work/"))


def test_folder__is_told_from_the_screen_what_to_hold(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("county") / "site"
    head = bureau.office.client(Role.UNIT_HEAD)
    put_out(bureau, "notices")
    assert "有 1 个栏目选择以“静态页面”公开，但还没有生成过" in words(head.get(ADDRESS))
    bureau.published()
    edition = begun(baked.Wanted(bureau.body.slug, place))
    bake(edition)
    form = f"{ADDRESS}{edition.mark}/"
    wrong = head.post(form, {f"what-{edition.mark}": "baked", f"portal_url-{edition.mark}": "平台"})
    assert wrong.status_code == 422
    assert "请写成 https://" in words(wrong)
    assert 'value="平台"' in words(wrong)

    typed = {f"what-{edition.mark}": "baked", f"portal_url-{edition.mark}": PORTAL}
    assert bureau.office.client(Role.CLERK).post(form, typed).status_code == 403
    done = head.post(form, typed)
    assert done.status_code == 302
    said = words(head.get(done["Location"]))
    assert "后台程序接着按新的安排更新文件夹" in said
    assert "改了安排，等待后台程序更新" in said
    while tasks.run_next():
        pass
    said = words(head.get(ADDRESS))
    assert "只放选择以“静态页面”公开的栏目，现有 1 个" in said
    assert PORTAL in said
    assert "等待后台程序更新" not in said
    assert head.post(form, typed).status_code == 409
    assert head.post(f"{ADDRESS}nowhere/", typed).status_code == 404
