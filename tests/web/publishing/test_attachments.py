"""Does a file reach the public only cleaned, scanned, approved, and never with a marking?"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.files import quarantine, receiving, storage, texts
from gongkai_web.files.actions import uploads
from gongkai_web.files.models import FileState, Marked, StoredFile
from gongkai_web.publishing import access, indexing
from gongkai_web.publishing.actions import attachments, hits, publication
from gongkai_web.search.engine import Question
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed, NotHere, NotPossible
from tests.web.files.office_samples import plain_docx
from tests.web.publishing.conftest import Bureau, fresh

MARKED = "机密★十年\n关于某项工作的请示\n请示内容从略。".encode()


def uploaded(bureau: Bureau, data: bytes, name: str = "名单.txt") -> StoredFile:
    return receiving.receive(bureau.actor(Role.CLERK), bureau.body, data, name)


def with_file(bureau: Bureau, data: bytes, name: str = "名单.txt", **content: Any) -> Any:
    item, file = bureau.draft(**content), uploaded(bureau, data, name)
    attachments.add(bureau.actor(Role.CLERK), item.pk, digest=file.digest)
    return fresh(item), file


def test_attachment__is_handed_out_only_while_the_item_is_public(bureau: Bureau) -> None:
    item, _ = with_file(bureau, "活动安排：周六上午。".encode())
    assert access.public_file(bureau.body, item.index_number, 1) is None
    bureau.passed(bureau.submitted(item))
    shown = access.public_file(bureau.body, item.index_number, 1)
    assert shown is not None
    assert shown.path.read_bytes().decode().strip() == "活动安排：周六上午。"
    page = access.public_item(bureau.body, item.index_number)
    assert page is not None
    assert [(a.name, a.position) for a in page.attachments] == [("名单.txt", 1)]
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="撤下")
    assert access.public_file(bureau.body, item.index_number, 1) is None


def test_marked_upload__leaves_nothing_but_who_when_hash_and_rule(bureau: Bureau) -> None:
    with pytest.raises(receiving.Classified, match=r"没有保存.*严禁存储"):
        uploaded(bureau, MARKED, "绝不能留下的名字.txt")
    row = Marked.objects.get()
    assert (row.received, row.rule) == (f"sha256:{hashlib.sha256(MARKED).hexdigest()}", "机密★十年")
    assert not StoredFile.objects.exists()
    assert not [p for p in storage.root().rglob("*") if p.is_file()]
    told = reading.history("marked", str(row.pk))[0]
    assert "绝不能留下" not in told.words + str(told.facts)


def test_marked_upload__may_pass_once_the_secrecy_officer_says_it_is_a_false_alarm(bureau: Bureau) -> None:
    with pytest.raises(receiving.Classified):
        uploaded(bureau, MARKED)
    row = Marked.objects.get()
    with pytest.raises(NotAllowed):
        uploads.allow_marked(bureau.actor(Role.CLERK), row.pk, reason="我觉得没事")
    uploads.allow_marked(bureau.actor(Role.SECRECY_OFFICER), row.pk, reason="是公文格式标准里的样例")
    assert uploaded(bureau, MARKED).state == FileState.CLEAN
    with pytest.raises(receiving.Classified):
        uploaded(bureau, MARKED + "又加了一句".encode())


def test_secrecy_officer__cannot_let_their_own_upload_pass(bureau: Bureau) -> None:
    with pytest.raises(receiving.Classified):
        receiving.receive(bureau.actor(Role.SECRECY_OFFICER), bureau.body, MARKED, "a.txt")
    with pytest.raises(NotAllowed, match="您自己上传"):
        uploads.allow_marked(bureau.actor(Role.SECRECY_OFFICER), Marked.objects.get().pk, reason="误报")


def test_scan__holds_an_item_back_until_each_hit_is_resolved(bureau: Bureau) -> None:
    item, _ = with_file(bureau, "联系人手机：13912345678".encode(), html="<p>申请人身份证号11010519491231002X。</p>")
    with pytest.raises(NotPossible, match="公开前扫描还有2 处命中"):
        bureau.submitted(item)
    clerk = bureau.actor(Role.CLERK)
    found = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).hits
    assert {h.part for h in found} == {"正文", "附件“名单.txt”"}
    for hit in found:
        hits.resolve(clerk, item.pk, fingerprint=hit.fingerprint, kind="lawful", reason="本人要求公开的联系方式")
    version = bureau.submitted(fresh(item))
    assert all(
        h.resolution == "依法可以公开"
        for h in access.review_page(bureau.person(Role.SECRECY_OFFICER).pk, bureau.body, version.review_id).hits
    )


@pytest.mark.parametrize("file", ["docx", "txt", "html"])
def test_scan__finds_in_a_file_what_is_typed_backwards_behind_a_turning_mark(bureau: Bureau, file: str) -> None:
    words = f"申请人身份证号\u202e{'11010519491231002X'[::-1]}\u202c，请予核对。"
    plain = {"txt": words.encode(), "html": f"<!doctype html><p>{words}</p>".encode(), "docx": plain_docx(words)}
    item, _ = with_file(bureau, plain[file], f"名单.{file}")
    found = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).hits
    assert [h.rule for h in found if h.part.startswith("附件")] == ["identity_number"]
    assert "倒着写" in found[0].why


@pytest.mark.parametrize("marked", ["\u202e密机\u202c★十年", "\u202e年十★密机"])
def test_marking__written_backwards_behind_a_turning_mark_is_seen(bureau: Bureau, marked: str) -> None:
    with pytest.raises(receiving.Classified):
        uploaded(bureau, f"{marked}\n关于某项工作的请示".encode())


def test_scan__is_repeated_before_publication(bureau: Bureau) -> None:
    version = bureau.submitted(html="<p>联系青禾小筑公益项目组。</p>")
    practice = bureau.body.practice
    practice.words = ["青禾小筑"]
    practice.save()
    item = bureau.passed(version)
    assert item.stage == "approved"
    assert access.public_item(bureau.body, item.index_number) is None
    clerk = bureau.actor(Role.CLERK)
    with pytest.raises(NotPossible, match="1 处命中"):
        publication.publish(clerk, item.pk)
    hit = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).hits[0]
    hits.resolve(clerk, item.pk, fingerprint=hit.fingerprint, kind="false_alarm", reason="项目名称")
    publication.publish(clerk, item.pk)
    assert access.public_item(bureau.body, item.index_number) is not None


def test_picture__is_unchecked_and_a_person_must_tick_it(bureau: Bureau) -> None:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "PNG")
    item, file = with_file(bureau, made.getvalue(), "照片.png")
    with pytest.raises(NotPossible, match="1 处未能检查"):
        bureau.submitted(item)
    hit = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).hits[0]
    hits.resolve(bureau.actor(Role.CLERK), item.pk, fingerprint=hit.fingerprint, kind="checked", reason="现场照片，没有个人信息")
    bureau.passed(bureau.submitted(fresh(item)))
    shown = access.public_file(bureau.body, item.index_number, 1)
    assert shown is not None
    assert shown.digest == file.digest


def test_new_file__after_approval_needs_a_new_review(bureau: Bureau) -> None:
    category = bureau.category("news")
    category.channel = "elsewhere"
    category.save()
    item = bureau.passed(bureau.submitted(key="news"))
    file = uploaded(bureau, "后来加的附件".encode())
    attachments.add(bureau.actor(Role.CLERK), item.pk, digest=file.digest)
    with pytest.raises(NotPossible, match="没有审定待发布"):
        publication.confirm_hand_over(
            bureau.actor(Role.CLERK), item.pk, to="县政府网站", address="https://www.example.gov.cn/b", on=clock.today()
        )


def test_file_of_another_body__cannot_be_attached_or_seen(bureau: Bureau, other: Bureau) -> None:
    file = uploaded(bureau, "本机关的文件".encode())
    item = other.draft()
    with pytest.raises(NotHere):
        attachments.add(other.actor(Role.CLERK), item.pk, digest=file.digest)
    with pytest.raises(NotHere):
        access.staff_file(other.person(Role.UNIT_HEAD).pk, other.body, item.pk, file.digest)


def test_quarantine__holds_a_file_until_the_scanner_has_answered(
    bureau: Bureau, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLAMD = "127.0.0.1:1"
    item, file = with_file(bureau, "等待检查的附件".encode())
    assert file.state == FileState.QUARANTINE
    with pytest.raises(NotPossible, match="还在隔离检查"):
        bureau.submitted(item)
    with pytest.raises(quarantine.clamd.ScannerSilent):
        quarantine.look_through(clock.now())
    monkeypatch.setattr(quarantine.clamd, "look", lambda _: quarantine.clamd.Verdict(""))
    quarantine.look_through(clock.now())
    assert bureau.submitted(fresh(item)).number == 1


def test_scanner__that_finds_something_ends_the_file(bureau: Bureau, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLAMD = "127.0.0.1:1"
    item, _ = with_file(bureau, "带病毒的附件".encode())
    monkeypatch.setattr(quarantine.clamd, "look", lambda _: quarantine.clamd.Verdict("Eicar-Test"))
    quarantine.look_through(clock.now())
    with pytest.raises(NotPossible, match="没有通过检查"):
        bureau.submitted(fresh(item))
    with pytest.raises(NotPossible, match="查出问题"):
        access.staff_file(bureau.person(Role.CLERK).pk, bureau.body, item.pk, StoredFile.objects.get().digest)


def test_index__takes_the_words_of_a_file_that_were_kept_when_it_came_in(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    item, _ = with_file(bureau, "活动安排：周六上午。".encode())
    item = bureau.passed(bureau.submitted(item))
    monkeypatch.setattr(indexing, "text_of", lambda _: pytest.fail("a file was read again"))
    index = indexing.opened(indexing.folder())
    indexing.build(index)
    assert index.find(Question("周六上午")).keys == (indexing.key_of(item.pk),)


def test_index__reads_a_file_whose_words_were_never_kept_and_goes_by_the_name_of_one_it_cannot_read(bureau: Bureau) -> None:
    item, file = with_file(bureau, "活动安排：周六上午。".encode())
    item = bureau.passed(bureau.submitted(item))
    place = storage.path_of(file.digest)
    place.with_name(place.name + texts.SUFFIX).unlink()
    index = indexing.opened(indexing.folder())
    indexing.build(index)
    assert index.find(Question("周六上午")).total == 1
    place.unlink()
    indexing.build(index)
    assert (index.find(Question("周六上午")).total, index.find(Question("名单")).total) == (0, 1)
