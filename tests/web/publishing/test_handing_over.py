"""Does an approved version leave for another website whole, and only while it is what was approved?"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from typing import Any

import pytest
from openpyxl import load_workbook

from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving, storage
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import attachments, hits, items, publication
from gongkai_web.publishing.models import Item
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed, NotHere, NotPossible
from tests.web.publishing.conftest import Bureau, fresh


def png() -> bytes:
    """A picture of one grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")


@pytest.fixture
def elsewhere(bureau: Bureau) -> Bureau:
    category = bureau.category("news")
    category.channel = "elsewhere"
    category.save()
    return bureau


@pytest.fixture
def approved(elsewhere: Bureau) -> Item:
    clerk = elsewhere.actor(Role.CLERK)
    item = elsewhere.draft("=公证进社区活动举行", key="news")
    shown = receiving.receive(clerk, elsewhere.body, png(), "现场.png")
    table = receiving.receive(clerk, elsewhere.body, "活动安排：周六上午。".encode(), "安排.txt")
    for file, embedded in ((shown, True), (table, False)):
        attachments.add(clerk, item.pk, digest=file.digest, embedded=embedded)
    html = (
        '<p>活动现场：</p><table><tr><td>时间</td><td>周六</td></tr></table><p class="right">岫川县司法局</p>'
        f'<p><img src="attachment:{shown.digest}" alt="现场"></p>'
    )
    items.edit(clerk, item.pk, revision=fresh(item).draft.revision, content={"html": html})
    for hit in access.item_page(elsewhere.person(Role.CLERK).pk, elsewhere.body, item.pk).hits:
        hits.resolve(clerk, item.pk, fingerprint=hit.fingerprint, kind="checked", reason="图片已逐张看过")
    return elsewhere.passed(elsewhere.submitted(fresh(item)))


def packed(bureau: Bureau, item: Item, role: Role = Role.CLERK) -> Any:
    return access.hand_over_package(bureau.person(role).pk, bureau.body, item.pk)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_package__holds_text_files_and_metadata_that_another_site_takes(elsewhere: Bureau, approved: Item) -> None:
    made = packed(elsewhere, approved)
    found = members(made.data)
    page = found["正文.html"].decode()

    assert set(found) == {
        "说明.txt", "正文.html", "正文.txt", "信息要素.xlsx", "信息要素.json", "图片/01_现场.png", "附件/02_安排.txt",
    }  # fmt: skip
    assert '<img src="图片/01_现场.png"' in page
    assert '<p align="right">岫川县司法局</p>' in page
    assert "class=" not in page
    assert "style=" not in page
    assert "attachment:" not in page
    assert "（此件公开发布）" in page
    assert "时间\t周六" in found["正文.txt"].decode("utf-8-sig")
    assert "活动安排：周六上午。" in found["附件/02_安排.txt"].decode()
    assert json.loads(found["信息要素.json"])["审批单编号"] == made.code
    assert made.code in found["说明.txt"].decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(found["信息要素.xlsx"])).active
    assert sheet is not None
    rows = {row[0].value: row[1] for row in sheet.iter_rows()}
    assert (rows["标题"].value, rows["标题"].data_type) == ("=公证进社区活动举行", "s")


def test_package__is_the_same_bytes_for_the_same_version(elsewhere: Bureau, approved: Item) -> None:
    assert packed(elsewhere, approved).data == packed(elsewhere, approved, Role.UNIT_HEAD).data


@pytest.mark.parametrize("change", ["text", "attachment"])
def test_package__is_refused_once_anything_was_changed_after_approval(elsewhere: Bureau, approved: Item, change: str) -> None:
    clerk = elsewhere.actor(Role.CLERK)
    if change == "text":
        items.edit(clerk, approved.pk, revision=fresh(approved).draft.revision, content={"summary": "又改了一句概述。"})
    else:
        attachments.arrange(clerk, approved.pk, names={a.digest: f"新{a.name}" for a in approved.attachments.all()})
    with pytest.raises(NotPossible, match="没有审定待发布的版本"):
        packed(elsewhere, approved)


def test_package__is_refused_before_the_last_step(elsewhere: Bureau) -> None:
    version = elsewhere.submitted(key="news")
    elsewhere.passed(version, steps=2)
    with pytest.raises(NotPossible, match="没有审定待发布的版本"):
        packed(elsewhere, version.item)


def test_package__is_refused_for_a_category_of_our_own_pages(bureau: Bureau) -> None:
    with pytest.raises(NotPossible, match="在本平台发布"):
        packed(bureau, bureau.published())


def test_package__is_refused_when_a_word_was_put_on_the_list_since(elsewhere: Bureau, approved: Item) -> None:
    practice = elsewhere.body.practice
    practice.words = ["活动现场"]
    practice.save()
    with pytest.raises(NotPossible, match="公开前扫描还有"):
        packed(elsewhere, approved)


def test_package__is_refused_when_a_file_is_not_what_was_approved(elsewhere: Bureau, approved: Item) -> None:
    digest = approved.versions.get().attachments[1]["digest"]
    storage.path_of(digest).write_bytes("别的内容".encode())
    with pytest.raises(NotPossible, match="与审定的不一致"):
        packed(elsewhere, approved)


def test_package__is_for_who_drafts_at_this_body(elsewhere: Bureau, other: Bureau, approved: Item) -> None:
    with pytest.raises(NotAllowed):
        packed(elsewhere, approved, Role.SECRECY_OFFICER)
    with pytest.raises(NotAllowed):
        packed(elsewhere, approved, Role.AUDITOR)
    with pytest.raises(NotHere):
        access.hand_over_package(other.person(Role.CLERK).pk, other.body, approved.pk)


def test_package__is_not_public_until_day_and_address_are_recorded(elsewhere: Bureau, approved: Item) -> None:
    packed(elsewhere, approved)
    assert access.public_item(elsewhere.body, approved.index_number) is None
    clerk = elsewhere.actor(Role.CLERK)
    publication.confirm_hand_over(clerk, approved.pk, to="县政府网站", address="https://www.example.gov.cn/1", on=clock.today())
    assert access.public_item(elsewhere.body, approved.index_number) is not None
