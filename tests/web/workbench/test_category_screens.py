"""Can the body's categories, review steps and index numbers be arranged on the screens, with nothing typed lost?"""

from __future__ import annotations

from typing import Any

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.models import Category, Practice
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office
from tests.web.workbench.conftest import words

LIST = "/work/items/categories/"
NEW = {
    "key": "notary", "name": "公证机构", "summary": "执业许可、收费标准", "bases": ["A20-15"], "period": "publish.limit", "channel": "portal",
    "parent_id": "", "required": ["made_on"], "step_title": ["保密审查", ""], "step_role": ["secrecy_officer", ""],
}  # fmt: skip


def test_new_body__is_told_to_begin_and_is_given_the_standard_categories() -> None:
    office = make_office()
    head = office.client(Role.UNIT_HEAD)
    assert "设立公开栏目和审核环节" in words(head.get("/work/"))
    assert "设立标准栏目" in words(head.get(LIST))
    assert office.client(Role.CLERK).post(LIST).status_code == 403
    assert head.post(LIST).status_code == 302
    assert Category.objects.filter(body=office.body).exists()
    assert head.post(LIST).status_code == 409


def test_category__is_added_changed_and_closed(bureau: Bureau) -> None:
    head = bureau.office.client(Role.UNIT_HEAD)
    assert head.post(f"{LIST}new/", NEW).status_code == 302
    made = bureau.category("notary")
    assert (made.bases, made.required, made.steps) == (
        ["A20-15"],
        ["made_on"],
        [{"title": "保密审查", "role": "secrecy_officer"}],
    )
    page = words(head.get(f"{LIST}notary/"))
    assert 'value="公证机构"' in page
    changed = {**NEW, "name": "公证和仲裁机构", "position": made.position, "channel": "elsewhere"}
    assert head.post(f"{LIST}notary/", changed).status_code == 302
    assert bureau.category("notary").channel == "elsewhere"
    assert head.post(f"{LIST}notary/close/").status_code == 302
    assert head.get(f"{LIST}notary/").status_code == 404


def test_category__that_is_wrong_keeps_what_was_typed(bureau: Bureau) -> None:
    head = bureau.office.client(Role.UNIT_HEAD)
    wrong: dict[str, Any] = {**NEW, "key": "大写", "step_title": ["科室审核"], "step_role": ["department_reviewer"]}
    answer = head.post(f"{LIST}new/", wrong)
    assert answer.status_code == 422
    assert 'value="执业许可、收费标准"' in words(answer)
    steps = head.post(f"{LIST}new/", {**wrong, "key": "notary"})
    assert "审核环节中必须有保密审查" in words(steps)
    assert 'value="科室审核"' in words(steps)


def test_arrangement__is_changed_by_who_may(bureau: Bureau) -> None:
    head, address = bureau.office.client(Role.UNIT_HEAD), "/work/items/arrangement/"
    sent = {
        "index_pattern": "{organisation}/{year}-{serial:06}", "area_code": "", "reassess_months": "6", "words": "内部口径　不公开\n草稿",
        "names": "某某", "step_title": ["保密审查", "局长签发", ""], "step_role": ["secrecy_officer", "signing_leader", ""],
    }  # fmt: skip
    assert bureau.office.client(Role.CLERK).get(address).status_code == 403
    assert head.post(address, {**sent, "index_pattern": "{year}"}).status_code == 422
    assert head.post(address, sent).status_code == 302
    kept = Practice.objects.get(body=bureau.body)
    assert (kept.index_pattern, kept.reassess_months, kept.names) == (sent["index_pattern"], 6, ["某某"])
    assert kept.words == [{"text": "内部口径", "note": "不公开"}, "草稿"]
    assert "内部口径　不公开" in words(head.get(address))
