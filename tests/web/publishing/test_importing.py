"""Does what an older site published come in once, honestly, with nothing marked or personal made public, and keep its address?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document
from openpyxl import Workbook

from gongkai.errors import BadInput
from gongkai_web.agencies import actors
from gongkai_web.agencies.models import Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving
from gongkai_web.files.models import StoredFile
from gongkai_web.flow.models import Decision
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import importing, publication
from gongkai_web.publishing.actions.importing import Signed
from gongkai_web.publishing.importing import batch, columns
from gongkai_web.publishing.importing.rows import Row, headings, rows
from gongkai_web.publishing.models import Category, Imported, Item, Stage
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed
from tests.web.publishing.conftest import Bureau

HEADS = ["标题", "栏目", "发布日期", "索引号", "网址", "正文", "附件", "点击数"]
OLD = "http://old.example.gov.cn/art/2021/3/5/art_1.html"
GOOD = ["关于公证便民的通知", "通知公告", "2021年3月5日", "012345678/2021-00007", OLD, "现将有关事项通知如下。", "安排.txt", 12]


class Site:
    """A spreadsheet of an older site with its files."""

    def __init__(self, bureau: Bureau, folder: Path, *lines: list[Any]) -> None:
        self.bureau, self.folder, self.file = bureau, folder, folder / "旧站.xlsx"
        (folder / "安排.txt").write_text("活动安排：周六上午。", encoding="utf-8")
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for line in (HEADS, *lines):
            sheet.append(line)
        book.save(self.file)
        self.actor = bureau.actor(Role.UNIT_HEAD).as_import()

    def rows(self) -> list[Row]:
        mapping = columns.guessed(headings(self.file))
        return list(rows(self.file, self.folder, mapping, Category.objects.filter(body=self.bureau.body), clock.today()))

    def signed(self, signer: Role = Role.UNIT_HEAD) -> Signed:
        found = self.rows()
        scan = receiving.receive(self.bureau.actor(Role.SECRECY_OFFICER), self.bureau.body, "登记表扫描件".encode(), "登记表.txt")
        code = batch.short_code(batch.list_digest(self.bureau.body, found))
        return Signed(code, self.bureau.person(signer).pk, clock.today(), scan.digest)

    def run(self, signed: Signed | None = None) -> batch.Result:
        return batch.run(self.importer, self.bureau.body, self.rows(), signed)

    @property
    def importer(self) -> Any:
        """A clerk for the whole body, who is not the one who signs."""
        person = self.bureau.person(Role.SECRECY_OFFICER)
        Membership.objects.get_or_create(
            person=person, body=self.bureau.body, role=Role.CLERK, defaults={"from_day": clock.today()}
        )
        return actors.staff(person).as_import()


def test_rows__enter_as_drafts_once_however_often_it_runs(bureau: Bureau, tmp_path: Path) -> None:
    site = Site(bureau, tmp_path, GOOD, ["第二条", "通知公告", None, None, None, "正文。", None, 1])
    first, again = site.run(), site.run()
    assert (first.drafts, first.public, first.out) == (2, 0, 0)
    assert (again.drafts, again.there) == (0, 2)
    assert [i.stage for i in Item.objects.order_by("id")] == [Stage.DRAFT, Stage.DRAFT]
    assert access.public_list(bureau.body).count == 0


def test_broken_off_run__goes_on_where_it_stopped(bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(bureau, tmp_path, GOOD, ["第二条", "通知公告", None, None, None, "正文。", None, 1])
    real, calls = importing.enter, []

    def dying(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(importing, "enter", dying)
    with pytest.raises(KeyboardInterrupt):
        site.run()
    monkeypatch.undo()
    made = site.run()
    assert (made.there, made.drafts) == (1, 1)
    assert Item.objects.count() == 2


def test_published_before__is_public_by_the_signed_list_with_its_own_day(bureau: Bureau, tmp_path: Path, client: Client) -> None:
    made = Site(bureau, tmp_path, GOOD)
    assert made.run(made.signed()).public == 1
    shown = access.public_item(bureau.body, "012345678/2021-00007")
    assert shown is not None
    assert shown.first_published_at.astimezone(clock.BEIJING).date() == dt.date(2021, 3, 5)
    assert [a.name for a in shown.attachments] == ["安排.txt"]
    decision = Decision.objects.get()
    head = bureau.person(Role.UNIT_HEAD).pk
    assert (decision.on_paper, decision.decided_by_id, decision.recorded_by_id != head) == (True, head, True)
    told = reading.history("item", str(Item.objects.get().pk))
    assert [e.act for e in told] == ["publishing.import.enter"]
    assert "签署的登记表" in told[0].words
    moved = client.get("/art/2021/3/5/art_1.html")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/info/012345678/2021-00007/")


def test_old_address__of_a_draft_leads_nowhere_and_of_a_withdrawn_item_to_its_tombstone(
    bureau: Bureau, tmp_path: Path, client: Client
) -> None:
    site = Site(bureau, tmp_path, GOOD, ["草稿", "通知公告", None, None, "http://old.example.gov.cn/b?id=2", "正文。", None, 1])
    site.run(site.signed())
    assert client.get("/b?id=2").status_code == 404
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), Item.objects.get(index_number="012345678/2021-00007").pk, reason="有误")
    assert client.get("/art/2021/3/5/art_1.html", follow=True).status_code == 410


def test_who_imports__never_signs(bureau: Bureau, tmp_path: Path) -> None:
    site = Site(bureau, tmp_path, GOOD)
    signed = site.signed()
    (row,) = site.rows()
    with pytest.raises(NotAllowed, match="不能同时是签署"):
        importing.enter(site.actor, bureau.body.pk, row, [], signed)
    with pytest.raises(NotAllowed, match="公开工作机构负责人签署"):
        importing.enter(site.importer, bureau.body.pk, row, [], site.signed(Role.SIGNING_LEADER))
    assert not Item.objects.exists()


def test_published_before__with_personal_data_enters_as_a_draft(bureau: Bureau, tmp_path: Path) -> None:
    line = [*GOOD[:5], "联系人手机 13900001234，身份证号 11010519491231002X。", None, 1]
    site = Site(bureau, tmp_path, line)
    (tried,) = batch.tried(bureau.body, site.rows(), published=True)
    assert len(tried.hits) >= 2
    made = site.run(site.signed())
    assert (made.public, made.drafts) == (0, 1)
    assert "列为草稿" in made.lines[0]
    assert access.public_list(bureau.body).count == 0


def test_classified_file__keeps_its_row_out_and_leaves_nothing(bureau: Bureau, tmp_path: Path) -> None:
    (tmp_path / "请示.txt").write_text("机密★十年\n关于某项工作的请示\n请示内容从略。", encoding="utf-8")
    site = Site(bureau, tmp_path, GOOD, ["第二条", "通知公告", "2021-03-06", None, None, "正文。", "请示.txt", 1])
    tried = batch.tried(bureau.body, site.rows(), published=False)
    assert [bool(t.problems) for t in tried] == [False, True]
    assert not StoredFile.objects.exists()
    made = site.run()
    assert (made.drafts, made.out) == (1, 1)
    assert not StoredFile.objects.filter(name="请示.txt").exists()


def test_dry_run__tells_every_problem_by_row_and_keeps_nothing(bureau: Bureau, tmp_path: Path) -> None:
    site = Site(
        bureau,
        tmp_path,
        GOOD,
        ["", "没有的栏目", "2021-13-45", "坏号！", "ftp://x", None, "没有.txt;../../etc/passwd", 1],
        [GOOD[0], *GOOD[1:]],
    )
    tried = batch.tried(bureau.body, site.rows(), published=True)
    said = "".join(tried[1].problems)
    for words in ("没有标题", "没有的栏目", "看不懂", "坏号！", "http://", "没有“没有.txt”", "不在附件文件夹里面"):
        assert words in said
    assert "与第2行是同一条" in tried[2].problems[0]
    assert not Item.objects.exists()
    assert not StoredFile.objects.exists()


def test_changed_row__is_told_and_not_taken_in_again(bureau: Bureau, tmp_path: Path) -> None:
    Site(bureau, tmp_path, GOOD).run()
    made = Site(bureau, tmp_path, [*GOOD[:5], "改过的正文。", None, 1]).run()
    assert made.there == 1
    assert "后来改过" in made.lines[0]
    assert Imported.objects.count() == 1


def test_old_index_number__is_kept_and_never_given_again(bureau: Bureau, tmp_path: Path) -> None:
    year = clock.today().year
    Site(bureau, tmp_path, [*GOOD[:3], f"012345678/{year}-00005", *GOOD[4:]]).run()
    assert bureau.draft().index_number == f"012345678/{year}-00006"


def test_text_file__comes_in_as_paragraphs_and_tables(bureau: Bureau, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("第一段。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "项目", "金额<元>"
    document.save(tmp_path / "正文.docx")
    (tmp_path / "页.html").write_text("<p onclick=x>一段</p><script>y()</script>", encoding="utf-8")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["标题", "栏目", "正文文件"], ["甲", "通知公告", "正文.docx"], ["乙", "通知公告", "页.html"]):
        sheet.append(line)
    book.save(tmp_path / "表.xlsx")
    mapping = columns.guessed(headings(tmp_path / "表.xlsx"))
    first, second = rows(tmp_path / "表.xlsx", tmp_path, mapping, Category.objects.filter(body=bureau.body), clock.today())
    assert first.content["html"].startswith("<p>第一段。</p>")
    assert "金额&lt;元&gt;" in first.content["html"]
    assert second.content["html"] == "<p>一段</p>"


def test_mapping__is_guessed_written_read_and_checked(bureau: Bureau, tmp_path: Path) -> None:
    site = Site(bureau, tmp_path, GOOD)
    guess = columns.guessed(headings(site.file))
    assert (guess.columns["title"], guess.columns["address"]) == ("标题", "网址")
    place = tmp_path / "map.toml"
    place.write_text(columns.written(guess, ["公告"]), encoding="utf-8")
    assert columns.read(place, HEADS).columns == guess.columns
    place.write_text('[columns]\ntitle = "题目"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="没有“题目”这一列"):
        columns.read(place, HEADS)
    with pytest.raises(BadInput, match="不是 XLSX"):
        headings(place)


def test_row__whose_words_carry_a_marking_never_comes_in(bureau: Bureau, tmp_path: Path) -> None:
    site = Site(bureau, tmp_path, ["第二条", "通知公告", None, None, None, "<p>机密★5年</p><p>正文。</p>", None, 1])
    assert "标有密级" in batch.tried(bureau.body, site.rows(), published=False)[0].problems[0]
    assert (site.run().out, Item.objects.count()) == (1, 0)
