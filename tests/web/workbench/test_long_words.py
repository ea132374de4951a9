"""Is nothing of what somebody types cut off unseen: too long is refused, in words, with everything still there?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.files.models import Marked
from gongkai_web.flow import sent_forms
from gongkai_web.outlets.actions import accounts
from gongkai_web.publishing import scans
from gongkai_web.publishing.actions import attachments, outings
from gongkai_web.ui import clock
from tests.web.acts_examples.standing import gone_out, rule
from tests.web.publishing.conftest import Bureau
from tests.web.publishing.test_attachments import uploaded
from tests.web.workbench.conftest import words

CLERK, HEAD = Role.CLERK, Role.UNIT_HEAD
Form = tuple[Role, str, dict[str, Any]]


def month(bureau: Bureau) -> Form:
    first = clock.today().replace(day=1)
    account = accounts.open_account(bureau.actor(CLERK), bureau.body.pk, channel="wechat", name="岫川司法", since=first)
    given = {"posts": 1, "reads": 2, "followers": 3, "replies": 4}
    outings.record_month(bureau.actor(CLERK), bureau.body.pk, channel="wechat", account=account.name, month=first, **given)
    return CLERK, f"/work/new-media/accounts/{account.pk}/{first:%Y-%m}/", {**given, "posts": 9}


def of_item(end: str, fields: dict[str, Any]) -> Callable[[Bureau], Form]:
    def made(bureau: Bureau) -> Form:
        today = clock.today().isoformat()
        days = dict.fromkeys(("on_day", "received_on", "reviewed_on"), today)
        return CLERK, f"/work/items/{rule(bureau)}/{end}/", {"form": sent_forms.token(), **days, **fields}

    return made


def struck(bureau: Bureau) -> Form:
    row = gone_out(bureau)
    return CLERK, f"/work/items/{row.item_id}/outings/{row.pk}/strike/", {}


def hit(bureau: Bureau) -> Form:
    item = bureau.draft(html="<p>联系人电话13912345678。</p>")
    (found,) = scans.scan(item, item.draft, []).open
    return CLERK, f"/work/items/{item.pk}/hits/{found.fingerprint}/", {"kind": "lawful"}


def renamed(bureau: Bureau) -> Form:
    item, file = bureau.draft(), uploaded(bureau, "名单".encode())
    attachments.add(bureau.actor(CLERK), item.pk, digest=file.digest)
    return CLERK, f"/work/items/{item.pk}/files/arrange/", {"digest": file.digest, "place": "1"}


def returned(bureau: Bureau) -> Form:
    version = bureau.submitted()
    given = {"step": bureau.turn(version).pk, "digest": version.digest}
    return Role.DEPARTMENT_REVIEWER, f"/work/review/{version.review_id}/return/", given


def marked(bureau: Bureau) -> Form:
    row = Marked.objects.create(
        body=bureau.body, received="sha256:0", rule="机密", uploaded_by=bureau.person(CLERK), uploaded_at=clock.now()
    )
    return Role.SECRECY_OFFICER, f"/work/review/marked/{row.pk}/allow/", {}


def post_of_person(bureau: Bureau) -> Form:
    return Role.SYSTEM_ADMINISTRATOR, "/work/people/new/", {"name": "白望之", "login": "baiwangzhi"}


FORMS: dict[str, tuple[Callable[[Bureau], Form], str, int]] = {
    "month of an account": (month, "reason", 300),
    "outing, place": (of_item("outings", {"channel": "gazette"}), "place", 100),
    "outing, address": (of_item("outings", {"channel": "wechat"}), "address", 500),
    "outing struck": (struck, "reason", 300),
    "validity, document": (of_item("validity", {"validity": "lapsed"}), "by_document", 200),
    "validity, note": (of_item("validity", {"validity": "lapsed"}), "note", 300),
    "legality, body": (of_item("legality", {"lawful": "yes", "opinion": "合法"}), "reviewed_by", 80),
    "legality, opinion": (of_item("legality", {"lawful": "yes", "reviewed_by": "法治科"}), "opinion", 4000),
    "hit": (hit, "reason", 300),
    "name of a file": (renamed, "name", 200),
    "returned": (returned, "opinion", 2000),
    "marked upload": (marked, "reason", 300),
    "post of a person": (post_of_person, "post", 60),
}


@pytest.mark.parametrize("form", FORMS)
def test_words__too_long_are_refused_and_stay_in_the_form(bureau: Bureau, form: str) -> None:
    make, field, longest = FORMS[form]
    role, address, given = make(bureau)
    typed = "长" * (longest + 1)
    answer = bureau.office.client(role).post(address, {**given, field: typed})

    assert answer.status_code == 422, words(answer)
    assert f"最多 {longest} 个字，现在有 {longest + 1} 个，请缩短。" in words(answer)
    assert typed in words(answer)


def test_excuse__too_long_is_refused(bureau: Bureau) -> None:
    address = f"/work/interpretations/{rule(bureau)}/excuse/"
    answer = bureau.office.client(HEAD).post(address, {"reason": "长" * 301})
    assert answer.status_code == 422
    assert "理由最多 300 个字，现在有 301 个" in words(answer)


def test_absence__too_long_a_reason_is_refused(bureau: Bureau) -> None:
    people = {"absent": bureau.person(CLERK).pk, "to": bureau.person(Role.DEPARTMENT_REVIEWER).pk}
    answer = bureau.office.client(HEAD).post("/work/review/hand-over/", {**people, "reason": "长" * 201})
    assert answer.status_code == 422
    assert "原因最多 200 个字，现在有 201 个" in words(answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"joint_bodies": "\n".join(["长" * 81])}, "每个联合制作机关的名称最多 80 个字"),
        ({"joint_bodies": "\n".join(f"机关{n}" for n in range(21))}, "联合制作机关最多 20 个，现在有 21 个"),
        ({"obtained_from": "长" * 101}, "获取自最多 100 个字"),
        ({"responsible_body": "长" * 81}, "负责公开的机关最多 80 个字"),
        ({"cut_place": "长" * 201, "cut_ground": "third_party"}, "删减的位置最多 200 个字"),
        ({"cut_place": ["第一段"] * 61, "cut_ground": ["third_party"] * 61}, "删减的位置最多 60 处，现在有 61 处"),
    ],
)
def test_draft__with_too_many_words_is_refused(bureau: Bureau, typed: dict[str, Any], told: str) -> None:
    item = bureau.draft()
    day = clock.today().isoformat()
    given = {
        "revision": item.draft.revision, "title": item.draft.title, "html": item.draft.html, "attribute": "proactive", "kind": "general",
        "origin": "made", "made_or_changed_on": day, "category": item.category_id, "department": item.department_id,
    }  # fmt: skip
    answer = bureau.office.client(CLERK).post(f"/work/items/{item.pk}/edit/", {**given, **typed})
    assert answer.status_code == 422
    assert told in words(answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"area_code": "1" * 21}, "地区代码最多 20 个字"),
        ({"words": "长" * 41}, "敏感词最多 40 个字"),
        ({"words": f"示范词　{'长' * 101}"}, "说明最多 100 个字"),
        ({"names": "长" * 41}, "人名最多 40 个字"),
    ],
)
def test_arrangement__with_too_long_words_is_refused(bureau: Bureau, typed: dict[str, Any], told: str) -> None:
    answer = bureau.office.client(HEAD).post("/work/items/arrangement/", typed)
    assert answer.status_code == 422
    assert told in words(answer)
    assert next(iter(typed.values())) in words(answer)
