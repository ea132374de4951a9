"""Does the screen of static pages tell where each folder lies, what waits and what failed?"""

from __future__ import annotations

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.portal.baking.baker import bake, begun
from gongkai_web.publishing import baked
from gongkai_web.publishing.actions import publication
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
