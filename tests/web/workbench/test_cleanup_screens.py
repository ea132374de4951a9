"""Is a clean-up of documents carried through on the screens, from its beginning to the changes of validity, by two people at least?"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from openpyxl import load_workbook

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import campaigns, register
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Campaign, CampaignEntry, Item, ValidityChange
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.workbench.conftest import hidden, words

LIST = "/work/cleanups/"


def document(bureau: Bureau, title: str, number: str, made_on: dt.date | None = None) -> Item:
    day = made_on or clock.today()
    return bureau.published(
        title=title, key="normative", made_on=day, effective_on=day, document_number=number, theme="公安、安全、司法\\司法",
        facts={"kind": "normative"},
    )  # fmt: skip


def bounds(**other: Any) -> dict[str, Any]:
    today = clock.today()
    given = {
        "year": today.year,
        "title": "规范性文件清理",
        "kinds": ["normative"],
        "made_until": "",
        "until_day": today.isoformat(),
    }
    return {**given, **other}


def begun(bureau: Bureau, head: Client, **other: Any) -> Campaign:
    answer = head.post(LIST, bounds(**other))
    assert answer.status_code == 302, words(answer)
    return Campaign.objects.get()


def entry_of(item: Item) -> CampaignEntry:
    return CampaignEntry.objects.get(item=item)


def deed(entry: CampaignEntry, what: str = "") -> str:
    return f"{LIST}entries/{entry.pk}/{what}"


def test_cleanup__goes_from_proposals_to_a_public_result_and_changes_of_validity(bureau: Bureau) -> None:
    kept, ended = document(bureau, "公证办法", "岫司规〔2026〕1号"), document(bureau, "旧的<办法>", "岫司规〔2019〕3号")
    office = bureau.office
    head, clerk, leader = office.client(Role.UNIT_HEAD), office.client(Role.CLERK), office.client(Role.SIGNING_LEADER)
    assert "还没有做过文件清理" in words(head.get(LIST))
    campaign = begun(bureau, head)
    address = f"{LIST}{campaign.pk}/"
    assert "有 2 件文件要提出" in words(clerk.get("/work/"))

    wrong = clerk.post(deed(entry_of(kept), "propose/"), {"validity": "", "reason": "", "by_document": "打过的字"})
    assert wrong.status_code == 422
    assert "打过的字" in words(wrong)
    clerk.post(deed(entry_of(kept), "propose/"), {"validity": "in_force", "reason": "仍适应工作需要"})
    clerk.post(deed(entry_of(ended), "propose/"), {"validity": "repealed", "reason": "已被代替"})
    assert "有 2 件文件的清理意见等您决定" in words(leader.get("/work/"))
    assert clerk.post(deed(entry_of(kept), "decide/"), {"agree": "1"}).status_code == 403

    assert leader.post(deed(entry_of(ended), "decide/"), {"reason": ""}).status_code == 422
    leader.post(deed(entry_of(ended), "decide/"), {"reason": "请写明被哪一件代替"})
    assert "已退回：请写明被哪一件代替" in words(clerk.get(address))
    clerk.post(deed(entry_of(ended), "propose/"), {"validity": "repealed", "reason": "已被岫司规〔2026〕1号代替"})
    assert leader.post(f"{address}agree/", {}).status_code == 422
    ticked = {"entry": [entry_of(kept).pk, entry_of(ended).pk]}
    assert leader.post(f"{address}agree/", ticked).url == f"{address}?done=decided"
    assert clerk.post(deed(entry_of(kept), "propose/"), {"validity": "lapsed", "reason": "x"}).status_code == 409
    assert "可以汇总结果" in words(head.get("/work/"))

    assert head.post(f"{address}conclude/", {"category": ""}).status_code == 422
    made = head.post(f"{address}conclude/", {"category": bureau.category("notices").pk}).url
    campaign.refresh_from_db()
    result = fresh(campaign.result)  # type: ignore[arg-type]  # it has just been made
    assert made == f"/work/items/{result.pk}/edit/?done=concluded"
    assert "继续有效的文件目录（1 件）" in result.draft.html
    assert "旧的&lt;办法&gt;" in result.draft.html
    assert head.post(f"{address}conclude/", {"category": bureau.category("notices").pk}).status_code == 409

    bureau.passed(items.submit(bureau.actor(Role.UNIT_HEAD), result.pk, revision=result.draft.revision))
    assert "要变更有效性" in words(head.get("/work/"))
    assert head.post(f"{address}apply/").status_code == 302
    change = ValidityChange.objects.get()
    assert (change.item_id, change.validity, change.approval_id) == (ended.pk, "repealed", None)
    assert "有效性变更等待签批" in words(head.get(address))
    assert result.draft.title in change.by_document
    assert not campaigns.to_apply(campaign)


def test_proposal__is_never_decided_by_who_made_it(bureau: Bureau) -> None:
    item = document(bureau, "公证办法", "岫司规〔2026〕1号")
    head = bureau.office.client(Role.UNIT_HEAD)
    begun(bureau, head)
    entry = entry_of(item)
    head.post(deed(entry, "propose/"), {"validity": "in_force", "reason": "仍适应"})
    assert head.post(deed(entry, "decide/"), {"agree": "1"}).status_code == 403
    assert head.post(f"{LIST}{entry.campaign_id}/agree/", {"entry": [entry.pk]}).status_code == 422
    person = bureau.person(Role.UNIT_HEAD).pk
    with pytest.raises(DatabaseError), transaction.atomic():
        CampaignEntry.objects.filter(pk=entry.pk).update(decision="in_force", decided_by=person)


def test_decision__cannot_be_changed_in_the_database_either(bureau: Bureau) -> None:
    item = document(bureau, "公证办法", "岫司规〔2026〕1号")
    begun(bureau, bureau.office.client(Role.UNIT_HEAD))
    entry = entry_of(item)
    bureau.office.client(Role.CLERK).post(deed(entry, "propose/"), {"validity": "in_force", "reason": "仍适应"})
    bureau.office.client(Role.SIGNING_LEADER).post(deed(entry, "decide/"), {"agree": "1"})
    for change in ({"decision": "repealed"}, {"proposal": "lapsed"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CampaignEntry.objects.filter(pk=entry.pk).update(**change)


def test_beginning__says_what_is_wrong_and_takes_up_what_the_bounds_name(bureau: Bureau) -> None:
    head = bureau.office.client(Role.UNIT_HEAD)
    assert bureau.office.client(Role.CLERK).post(LIST, bounds()).status_code == 403
    assert "按这个范围没有要清理的文件" in words(head.post(LIST, bounds()))
    old = document(bureau, "旧办法", "岫司规〔2019〕3号", dt.date(2019, 5, 6))
    document(bureau, "新办法", "岫司规〔2026〕2号")
    wrong = head.post(LIST, bounds(year="1999", title="", kinds=[], until_day="2020-01-01"))
    assert wrong.status_code == 422
    for told in ("年度应当是", "请写明这次清理的名称", "请选择清理规章", "不能早于今天"):
        assert told in words(wrong)
    campaign = begun(bureau, head, made_until="2020-12-31", categories=[bureau.category("normative").pk])
    assert [e.item_id for e in campaign.entries.all()] == [old.pk]
    assert "已经有一次同名的清理" in words(head.post(LIST, bounds()))


def test_list__is_filtered_and_leaves_as_a_workbook(bureau: Bureau) -> None:
    first, second = document(bureau, "甲办法", "岫司规〔2026〕1号"), document(bureau, "乙办法", "岫司规〔2026〕2号")
    head, clerk = bureau.office.client(Role.UNIT_HEAD), bureau.office.client(Role.CLERK)
    campaign = begun(bureau, head)
    clerk.post(deed(entry_of(first), "propose/"), {"validity": "lapsed", "reason": "有效期届满"})
    address = f"{LIST}{campaign.pk}/"
    page = words(clerk.get(f"{address}?state=open"))
    assert second.draft.title in page
    assert first.draft.title not in page
    assert first.draft.title in words(clerk.get(f"{address}?proposal=lapsed&text=甲"))
    assert "没有符合条件" in words(clerk.get(f"{address}?department={bureau.office.departments[1].pk}"))
    for wrong in ("state=x", "proposal=x", "department=x"):
        assert clerk.get(f"{address}?{wrong}").status_code == 404
    sheet = load_workbook(io.BytesIO(clerk.get(f"{address}export.xlsx").content)).active
    assert sheet is not None
    assert [row[4] for row in sheet.values] == ["清理意见", "失效", None]


def test_documents__of_other_departments_and_bodies_are_out_of_reach(bureau: Bureau, other: Bureau) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    Item.objects.filter(pk=item.pk).update(department=bureau.office.departments[1])
    campaign = begun(bureau, bureau.office.client(Role.UNIT_HEAD))
    clerk = bureau.office.client(Role.CLERK)
    assert "没有您所在科室的文件" in words(clerk.get(f"{LIST}{campaign.pk}/"))
    assert clerk.get(deed(entry_of(item))).status_code == 404
    assert clerk.post(deed(entry_of(item), "propose/"), {"validity": "lapsed", "reason": "x"}).status_code == 404
    stranger = other.office.client(Role.UNIT_HEAD)
    assert stranger.get(f"{LIST}{campaign.pk}/").status_code == 404
    assert stranger.post(f"{LIST}{campaign.pk}/apply/").status_code == 404
    assert stranger.get(deed(entry_of(item))).status_code == 404


def test_figures_of_the_year__lead_to_their_documents(bureau: Bureau) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    page = words(bureau.office.client(Role.CLERK).get(LIST))
    assert f'<a href="/work/items/{item.pk}/">甲办法</a>' in page
    before = words(bureau.office.client(Role.CLERK).get(f"{LIST}?year={clock.today().year - 1}"))
    assert "甲办法" not in before


def test_decided_document__counts_as_looked_at(bureau: Bureau, monkeypatch: Any) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    later = clock.now() + dt.timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    begun(bureau, bureau.office.client(Role.UNIT_HEAD))
    since = clock.today()
    assert register.to_be_cleaned_up(bureau.body, since) == (item.pk,)
    bureau.office.client(Role.CLERK).post(deed(entry_of(item), "propose/"), {"validity": "in_force", "reason": "仍适应"})
    bureau.office.client(Role.SIGNING_LEADER).post(deed(entry_of(item), "decide/"), {"agree": "1"})
    assert register.to_be_cleaned_up(bureau.body, since) == ()


def test_giving_up__ends_what_is_asked_keeps_what_was_said_and_frees_the_documents(bureau: Bureau) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    head, clerk = bureau.office.client(Role.UNIT_HEAD), bureau.office.client(Role.CLERK)
    leader = bureau.office.client(Role.SIGNING_LEADER)
    campaign, entry = begun(bureau, head), entry_of(item)
    address = f"{LIST}{campaign.pk}/"
    clerk.post(deed(entry, "propose/"), {"validity": "lapsed", "reason": "有效期届满"})
    assert "放弃这次清理" not in words(clerk.get(address))
    assert clerk.post(f"{address}give-up/", {"reason": "x"}).status_code == 403
    for reason, told in (("", "请写明为什么放弃"), ("长" * 301, "最多 300 个字，现在有 301 个")):
        answer = head.post(f"{address}give-up/", {"reason": reason})
        assert answer.status_code == 422
        assert told in words(answer)
        assert reason in words(answer)

    assert head.post(f"{address}give-up/", {"reason": "范围选错"}).url == f"{address}?done=given_up"
    assert "放弃，理由是“范围选错”。" in words(head.get(address))
    assert "有效期届满" in words(head.get(address))
    assert "已放弃" in words(head.get(LIST))
    assert "清理意见等您决定" not in words(leader.get("/work/"))
    for client, what in ((clerk, deed(entry, "propose/")), (leader, deed(entry, "decide/")), (head, f"{address}give-up/")):
        given = {"validity": "lapsed", "reason": "x", "agree": "1"}
        assert client.post(what, given).status_code == 409
    assert head.post(f"{address}conclude/", {"category": bureau.category("notices").pk}).status_code == 409
    with pytest.raises(DatabaseError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(given_up_at=None)

    assert head.post(LIST, bounds()).status_code == 302
    assert Campaign.objects.filter(title=campaign.title).count() == 2


def test_giving_up__is_refused_once_the_result_has_been_drawn_up(bureau: Bureau) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    head = bureau.office.client(Role.UNIT_HEAD)
    address = f"{LIST}{begun(bureau, head).pk}/"
    bureau.office.client(Role.CLERK).post(deed(entry_of(item), "propose/"), {"validity": "in_force", "reason": "仍适应"})
    bureau.office.client(Role.SIGNING_LEADER).post(deed(entry_of(item), "decide/"), {"agree": "1"})
    head.post(f"{address}conclude/", {"category": bureau.category("notices").pk})
    assert "放弃这次清理" not in words(head.get(address))
    assert head.post(f"{address}give-up/", {"reason": "x"}).status_code == 409


def test_beginning__refuses_documents_of_another_that_runs_and_a_day_far_ahead(bureau: Bureau) -> None:
    document(bureau, "甲办法", "岫司规〔2026〕1号")
    head = bureau.office.client(Role.UNIT_HEAD)
    far = head.post(LIST, bounds(until_day="9999-12-31"))
    assert far.status_code == 422
    assert "最晚在 2 年以内" in words(far)
    long = head.post(LIST, bounds(title="长" * 101))
    assert "名称最多 100 个字，现在有 101 个" in words(long)
    begun(bureau, head)
    again = head.post(LIST, bounds(title="另一次清理"))
    assert again.status_code == 422
    assert "有 1 件文件已经列入进行中的“规范性文件清理”，例如《甲办法》" in words(again)
    assert "另一次清理" in words(again)
    assert Campaign.objects.count() == 1


def test_opinions__longer_than_can_be_kept_are_refused_not_cut(bureau: Bureau) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    begun(bureau, bureau.office.client(Role.UNIT_HEAD))
    clerk = bureau.office.client(Role.CLERK)
    answer = clerk.post(deed(entry_of(item), "propose/"), {"validity": "lapsed", "reason": "理" * 301, "by_document": "据" * 201})
    assert answer.status_code == 422
    assert "理由最多 300 个字，现在有 301 个" in words(answer)
    assert "依据最多 200 个字，现在有 201 个" in words(answer)
    clerk.post(deed(entry_of(item), "propose/"), {"validity": "lapsed", "reason": "有效期届满"})
    returned = bureau.office.client(Role.SIGNING_LEADER).post(deed(entry_of(item), "decide/"), {"reason": "退" * 301})
    assert returned.status_code == 422
    assert "退回的理由最多 300 个字" in words(returned)
    assert not entry_of(item).returned_why


def test_deadline__is_moved_with_a_reason_that_stays_to_be_read(bureau: Bureau) -> None:
    document(bureau, "甲办法", "岫司规〔2026〕1号")
    head, clerk = bureau.office.client(Role.UNIT_HEAD), bureau.office.client(Role.CLERK)
    campaign, today = begun(bureau, head), clock.today()
    address, later = f"{LIST}{campaign.pk}/", (today + dt.timedelta(days=14)).isoformat()
    given = {"until_day": later, "seen": hidden(head.get(address), "seen"), "reason": "两个科室正在征求意见"}
    assert "改提出意见的期限" not in words(clerk.get(address))
    assert clerk.post(f"{address}deadline/", given).status_code == 403

    assert head.post(f"{address}deadline/", given).url == f"{address}?done=moved"
    told = f"提出意见的期限由{today.isoformat()}改为{later}，理由：两个科室正在征求意见"
    assert told in words(clerk.get(address))
    assert told in "".join(e.words for e in reading.history("campaign", str(campaign.pk)))
    assert later in words(clerk.get(deed(campaign.entries.get())))

    late = head.post(f"{address}deadline/", {**given, "until_day": today.isoformat()})
    assert late.status_code == 422
    assert f"期限刚刚由别人改为 {later}" in words(late)
    assert "两个科室正在征求意见" in words(late)
    assert (
        head.post(f"{address}deadline/", {**given, "until_day": today.isoformat(), "seen": hidden(late, "seen")}).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"until_day": "0001-01-01"}, "不能早于今天"),
        ({"until_day": "9999-12-31"}, "最晚在 2 年以内"),
        ({"until_day": "明天"}, "写成 2026-01-31 这样"),
        ({"until_day": "today"}, "请填写另一天"),
        ({"seen": ""}, "写成 2026-01-31 这样"),
        ({"reason": " "}, "请写明为什么改期"),
        ({"reason": "长" * 301}, "理由最多 300 个字，现在有 301 个"),
    ],
)
def test_deadline__is_not_moved_without_a_day_and_a_reason(bureau: Bureau, wrong: dict[str, str], told: str) -> None:
    document(bureau, "甲办法", "岫司规〔2026〕1号")
    head = bureau.office.client(Role.UNIT_HEAD)
    campaign, today = begun(bureau, head), clock.today()
    later = (today + dt.timedelta(days=14)).isoformat()
    given = {"until_day": later, "seen": today.isoformat(), "reason": "延长", **wrong}
    given["until_day"] = today.isoformat() if given["until_day"] == "today" else given["until_day"]
    answer = head.post(f"{LIST}{campaign.pk}/deadline/", given)
    assert answer.status_code == 422
    assert told in words(answer)
    assert given["reason"] in words(answer)
    assert Campaign.objects.get().until_day == today


def test_deadline__of_a_clean_up_that_ended_is_not_moved(bureau: Bureau) -> None:
    document(bureau, "甲办法", "岫司规〔2026〕1号")
    head, today = bureau.office.client(Role.UNIT_HEAD), clock.today().isoformat()
    address = f"{LIST}{begun(bureau, head).pk}/"
    head.post(f"{address}give-up/", {"reason": "范围选错"})
    assert "改提出意见的期限" not in words(head.get(address))
    answer = head.post(f"{address}deadline/", {"until_day": "2099-01-01", "seen": today, "reason": "x"})
    assert answer.status_code == 409
    assert "已经放弃，不再改期限。" in words(answer)


def test_entry__says_why_nothing_can_be_done_with_it_now(bureau: Bureau) -> None:
    item = document(bureau, "甲办法", "岫司规〔2026〕1号")
    head, clerk = bureau.office.client(Role.UNIT_HEAD), bureau.office.client(Role.CLERK)
    leader = bureau.office.client(Role.SIGNING_LEADER)
    campaign = begun(bureau, head)
    address = deed(entry_of(item))
    assert "等起草科室的经办人提出意见。" in words(leader.get(address))
    clerk.post(deed(entry_of(item), "propose/"), {"validity": "in_force", "reason": "仍适应"})
    assert "等分管领导或者公开工作机构负责人决定" in words(clerk.get(address))
    leader.post(deed(entry_of(item), "decide/"), {"agree": "1"})
    assert "已经决定，意见不能再改。" in words(clerk.get(address))
    head.post(f"{LIST}{campaign.pk}/conclude/", {"category": bureau.category("notices").pk})
    assert "这次清理已经汇总结果，意见和决定留作记录。" in words(clerk.get(address))
