"""Is what is printed what is public, with everything in its place and a code that leads to the page?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from gongkai.writing.notice import Grid, Paragraph, Picture, Run
from gongkai_web.agencies import fronts
from gongkai_web.agencies.roles import Role
from gongkai_web.files import examination
from gongkai_web.files.actions import uploads
from gongkai_web.outlets import addresses, sheets
from gongkai_web.outlets.blocks import blocks
from gongkai_web.publishing import access, scans, versions
from gongkai_web.publishing.actions import attachments, hits, items, publication
from gongkai_web.publishing.markup import canonical
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere
from tests.web.publishing.conftest import fresh

FRONT = "https://www.example.gov.cn"


def nowhere(_: str) -> Path | None:
    return None


def made(html: str) -> tuple[Any, ...]:
    return blocks(canonical(html), nowhere)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        said = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(said.split())


def test_blocks__keep_headings_sides_weight_and_broken_lines() -> None:
    assert made('<h2>一、时间</h2><p>现将<strong>重要</strong>事项</p><p class="right">某局<br>某日</p><p> </p>') == (
        Paragraph((Run("一、时间"),), level=2),
        Paragraph((Run("现将"), Run("重要", True), Run("事项"))),
        Paragraph((Run("某局"),), "right"),
        Paragraph((Run("某日"),), "right"),
    )


def test_blocks__number_lists_within_lists() -> None:
    found = made('<ol start="3"><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol><blockquote><p>引文</p>尾<em>巴</em></blockquote>')
    assert [(p.mark, p.depth, "".join(r.text for r in p.runs)) for p in found] == [
        ("3.", 1, "甲"), ("4.", 1, "乙"), ("•", 2, "丙"), ("", 0, "引文"), ("", 0, "尾巴"),
    ]  # fmt: skip


def test_blocks__place_every_cell_and_lay_none_over_another() -> None:
    (grid,) = made(
        "<table><caption>收费</caption><tr><th>项</th><th colspan=2>费</th></tr>"
        "<tr><td rowspan=9>甲</td><td>1</td><td>2</td></tr><tr><td colspan=5>3</td></tr></table>"
    )
    assert isinstance(grid, Grid)
    assert (grid.columns, grid.heads, grid.caption) == (6, 1, "收费")
    assert [(c.column, c.row, c.columns, c.rows) for c in grid.cells] == [
        (0, 0, 1, 1), (1, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (2, 1, 1, 1), (1, 2, 5, 1),
    ]  # fmt: skip
    covered = [(c.column + x, c.row + y) for c in grid.cells for x in range(c.columns) for y in range(c.rows)]
    assert len(covered) == len(set(covered))
    (wide,) = made("<table>" + "<tr>" + "<td colspan=30>甲</td>" * 3 + "</tr><tr><th>表头</th></tr></table>")
    assert wide.columns == 40
    assert made("<table></table>") == made("") == ()


def test_blocks__show_a_picture_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (30, 20), "red").save(path)
    broken = tmp_path / "b.png"
    broken.write_bytes(b"no picture")
    html = '<p>见图<img src="/a.png" alt="地图"></p><img src="/b.png"><img src="/c.png">'
    found = blocks(html, {"/a.png": path, "/b.png": broken}.get)
    assert found == (Paragraph((Run("见图"),)), Picture(path.read_bytes(), "png", 30, 20, "地图"))


@pytest.mark.parametrize(
    ("form", "there"), [("title", (True, False, False)), ("summary", (True, True, False)), ("text", (True, False, True))]
)
def test_notice__shows_as_much_as_was_asked_for_and_only_what_is_public(bureau: Any, form: str, there: tuple[bool, ...]) -> None:
    item = bureau.published(summary="活动的时间和地点。", html="<p>全文在此。</p>")
    said = text_of(sheets.notice(bureau.body, item.index_number, form, FRONT))

    assert tuple(w in said for w in ("关于开展公证服务便民活动的通知", "活动的时间和地点。", "全文在此。")) == there
    assert f"索引号：{item.index_number}" in said
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="内容有变")
    with pytest.raises(NotHere):
        sheets.notice(bureau.body, item.index_number, form, FRONT)


def test_listing__names_what_is_public_by_category_and_leaves_out_the_rest(bureau: Any) -> None:
    one, two = bureau.published(title="第一号通知"), bureau.published(title="第二号通知", summary="长" * 200)
    draft = bureau.draft(title="没有公开的")
    numbers = [one.index_number, draft.index_number, two.index_number, "none"]
    said = text_of(sheets.listing(bureau.body, numbers, "惠民政策目录", FRONT, clock.today()))

    assert "惠民政策目录" in said
    assert "共2条" in said
    assert "第一号通知" in said
    assert "没有公开的" not in said
    assert "长" * 89 + "…" in said
    with pytest.raises(NotHere):
        sheets.listing(bureau.body, [draft.index_number], "目录", FRONT, clock.today())
    with pytest.raises(NotHere):
        sheets.notice(bureau.body, one.index_number, "poster", FRONT)


def test_code__leads_to_the_body_s_own_host_the_server_or_the_other_site(bureau: Any, other: Any) -> None:
    item = access.public_item(bureau.body, bureau.published().index_number)
    assert item is not None
    first, second = bureau.body, other.body
    assert fronts.server("https", "srv:8000").front(first) == "https://srv:8000"
    assert fronts.server("https", "srv:8000").front(second) == "https://srv:8000/b/linxi"
    second.host = "linxi.example.gov.cn"
    second.save()
    assert fronts.server("https", "srv:8000").front(second) == "https://linxi.example.gov.cn"
    assert fronts.server("https", "linxi.example.gov.cn:81").front(second) == "https://linxi.example.gov.cn:81"
    assert fronts.server("http", "linxi.example.gov.cn").front(first) == "http://linxi.example.gov.cn/b/xiuchuan"
    assert addresses.of_item(item, FRONT) == f"{FRONT}/info/{item.index_number}/"
    assert addresses.reaches_nobody("http://127.0.0.1:8000/info/")
    assert addresses.reaches_nobody("http://localhost/")
    assert not addresses.reaches_nobody(FRONT)


def test_picture_of_a_text__is_printed_and_files_are_counted(bureau: Any) -> None:
    data = io.BytesIO()
    Image.new("RGB", (200, 120), (200, 30, 30)).save(data, "PNG")
    actor = bureau.actor(Role.CLERK)
    item = bureau.draft()
    digests = []
    for content, name in ((data.getvalue(), "图.png"), ("收费标准".encode(), "附表.txt")):
        kept = uploads.keep(actor, bureau.body.pk, examination.examine(content, name), received=f"sha256:{len(digests):064}")
        attachments.add(actor, item.pk, digest=kept.digest, embedded=name.endswith("png"))
        digests.append(kept.digest)
    html = f'<p>见图。</p><p><img src="attachment:{digests[0]}" alt="图"></p>'
    items.edit(actor, item.pk, revision=fresh(item).draft.revision, content={"html": html})
    item = fresh(item)
    for hit in scans.scan(item, item.draft, versions.attachments_of(item)).open:
        hits.resolve(actor, item.pk, fingerprint=hit.fingerprint, kind="checked", reason="图片已看过")
    bureau.passed(bureau.submitted(item))

    printed = sheets.notice(bureau.body, item.index_number, "text", FRONT)

    assert "附件1个" in text_of(printed)
    with pypdfium2.PdfDocument(printed) as document:
        colours = document[0].render(scale=1).to_pil().convert("RGB").getcolors(1_000_000)
    assert (200, 30, 30) in {colour for _, colour in colours}
