"""Can a reviewer see what changed, decide, hand on, and have a signed sheet recorded, from the screens?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai_web.agencies.models import Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Stage, Version
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from gongkai_web.workbench.margins import numbered
from gongkai_web.workbench.reviews import Line, sides
from tests.web.acts_examples.standing import proposed
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.staffed import make_person, signed_in
from tests.web.workbench.conftest import hidden, words

REVIEWER = Role.DEPARTMENT_REVIEWER


def at(version: Version, deed: str = "") -> str:
    return f"/work/review/{version.review_id}/{deed}"


def decision(bureau: Bureau, version: Version, **changes: Any) -> dict[str, Any]:
    return {"step": bureau.turn(version).pk, "digest": version.digest, "opinion": "", **changes}


def test_queue__has_ones_own_turns_first_and_says_whose_the_others_are(bureau: Bureau) -> None:
    bureau.submitted(title="轮到科室的")
    bureau.passed(bureau.submitted(title="轮到保密的"), steps=1)
    page = words(bureau.office.client(REVIEWER).get("/work/review/"))
    mine, others = page.split("等别人审核")
    assert ("轮到科室的" in mine, "轮到保密的" in mine) == (True, False)
    assert "由保密审查员办理" in others
    assert "现在没有轮到您审核的" in words(bureau.office.client(Role.SIGNING_LEADER).get("/work/review/"))


def test_steps__passed_on_the_screen_make_it_public(bureau: Bureau) -> None:
    version = bureau.submitted()
    for role in (REVIEWER, Role.SECRECY_OFFICER, Role.SIGNING_LEADER):
        client = bureau.office.client(role)
        page = words(client.get(at(version)))
        assert "通过</button>" in page
        assert "保存草稿" not in page
        assert client.post(at(version, "pass/"), decision(bureau, version)).status_code == 302
    assert fresh(version.item).stage == Stage.PUBLISHED


def test_return__wants_a_reason_and_tells_it_to_the_drafter(bureau: Bureau) -> None:
    version = bureau.submitted()
    client = bureau.office.client(REVIEWER)
    assert client.post(at(version, "return/"), decision(bureau, version)).status_code == 422
    assert client.post(at(version, "return/"), decision(bureau, version, opinion="缺联系方式")).status_code == 302
    assert "退回理由：缺联系方式" in words(bureau.office.client(Role.CLERK).get(f"/work/items/{version.item_id}/"))
    home = words(bureau.office.client(Role.CLERK).get("/work/"))
    assert "退回给我的" in home
    assert "缺联系方式" in home


def test_drafter__sees_why_they_cannot_decide(bureau: Bureau) -> None:
    version = bureau.submitted()
    client = bureau.office.client(Role.CLERK)
    page = words(client.get(at(version)))
    assert "您起草或者修改过这份信息" in page
    assert "通过</button>" not in page
    assert client.post(at(version, "pass/"), decision(bureau, version)).status_code == 403


def test_decision__on_another_text_than_was_seen_is_refused_in_words(bureau: Bureau) -> None:
    version = bureau.submitted()
    answer = bureau.office.client(REVIEWER).post(at(version, "pass/"), decision(bureau, version, digest="sha256:00"))
    assert answer.status_code == 409
    assert "不是同一版" in words(answer)


def test_review__shows_both_versions_side_by_side(bureau: Bureau) -> None:
    version = bureau.submitted()
    review_acts.return_step(
        bureau.actor(REVIEWER), version.review_id, bureau.turn(version).pk, digest=version.digest, opinion="改标题"
    )
    changes = {"title": "改过的标题", "html": "<p>现将有关事项通知如下。</p><p>一、时间为周六。</p>"}
    items.edit(bureau.actor(Role.CLERK), version.item_id, revision=fresh(version.item).draft.revision, content=changes)
    second = bureau.submitted(fresh(version.item))
    page = words(bureau.office.client(REVIEWER).get(at(second)))
    assert "<del>关于开展公证服务便民活动的通知</del>" in page
    assert "<ins>一、时间为周六。</ins>" in page


def test_sides__put_what_was_removed_beside_what_came_instead() -> None:
    lines = [
        {"kind": "same", "text": "头"},
        {"kind": "removed", "text": "旧一"},
        {"kind": "removed", "text": "旧二"},
        {"kind": "added", "text": "新"},
        {"kind": "skipped", "count": 3},
    ]
    assert sides(lines) == [
        Line("same", "头", "头"),
        Line("changed", "旧一", "新"),
        Line("changed", "旧二", ""),
        Line("skipped", "（中间 3 段没有变化）", "（中间 3 段没有变化）"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲13912345678乙</p>",
        "<p>13912345678</p><p>13912345678</p>",
        "13912345678&lt;b&gt;",
        "<p><strong>前</strong>13912345678后</p>",
    ],
)
def test_marks__change_nothing_of_the_text_but_the_marks(bureau: Bureau, html: str) -> None:
    from gongkai_web.publishing import scans

    item = bureau.draft(html=html)
    found = scans.scan(item, item.draft, [])
    hits, shown = numbered(found.hits, item.draft.html)
    phone = next(n for n in hits if n.hit.text == "13912345678")
    assert phone.in_text
    without = re.sub(r'<mark class="hit-mark">(.*?)<a [^>]*>\d+</a></mark>', r"\1", shown)
    assert without == item.draft.html
    assert shown.count("<mark") == item.draft.html.count("13912345678")


def test_step__is_handed_to_another_holder_of_the_role(bureau: Bureau) -> None:
    second = make_person("second", "宁远舟")
    Membership.objects.create(person=second, body=bureau.body, role=REVIEWER, from_day=clock.today())
    version = bureau.submitted()
    client = bureau.office.client(REVIEWER)
    sent = {"step": bureau.turn(version).pk, "to": second.pk, "reason": "外出开会"}
    assert client.post(at(version, "hand/"), {**sent, "reason": ""}).status_code == 422
    assert client.post(at(version, "hand/"), {**sent, "to": bureau.person(Role.CLERK).pk}).status_code == 422
    assert bureau.office.client(Role.SIGNING_LEADER).post(at(version, "hand/"), sent).status_code == 403
    assert client.post(at(version, "hand/"), sent).status_code == 302
    assert client.post(at(version, "pass/"), decision(bureau, version)).status_code == 403
    assert signed_in(second).post(at(version, "pass/"), decision(bureau, version)).status_code == 302


def test_work__of_an_absent_person_is_handed_over_in_one_act(bureau: Bureau) -> None:
    second = make_person("second", "宁远舟")
    Membership.objects.create(person=second, body=bureau.body, role=Role.CLERK, from_day=clock.today())
    bureau.draft()
    client = bureau.office.client(Role.UNIT_HEAD)
    absent = bureau.person(Role.CLERK).pk
    assert client.post("/work/review/hand-over/", {"absent": "", "to": "", "reason": ""}).status_code == 422
    assert client.post("/work/review/hand-over/", {"absent": absent, "to": second.pk, "reason": "出差"}).status_code == 200
    assert client.post("/work/review/hand-over/", {"absent": absent, "to": second.pk, "reason": "出差"}).status_code == 422
    assert bureau.office.client(Role.CLERK).get("/work/review/hand-over/").status_code == 403


# ---- on paper ---------------------------------------------------------------------------------------------------------------


def on_paper(bureau: Bureau, version: Version, **changes: Any) -> dict[str, Any]:
    sheet = SimpleUploadedFile("审批单.txt", "签批后的审批单".encode())
    return {
        "step": bureau.turn(version).pk, "code": version.short_code.lower().replace("-", " "), "verdict": "passed",
        "signer": bureau.person(REVIEWER).pk, "signed_on": clock.today().isoformat(), "paper_opinion": "同意", "scan": sheet, **changes,
    }  # fmt: skip


def test_sheet__is_printed_with_the_code(bureau: Bureau) -> None:
    version = bureau.submitted()
    client = bureau.office.client(Role.CLERK)
    assert f"/work/review/{version.review_id}/sheet/pdf/" in words(client.get(at(version)))
    given = client.get(at(version, "sheet/pdf/"))
    assert given.content.startswith(b"%PDF")
    assert client.get(at(version, "sheet/exe/")).status_code == 404


def test_paper__is_recorded_by_the_clerk_and_the_trail_says_so(bureau: Bureau) -> None:
    version = bureau.submitted()
    client = bureau.office.client(Role.CLERK)
    assert client.post(at(version, "paper/"), on_paper(bureau, version)).status_code == 302
    assert "凭纸质签批" in reading.history("item", str(version.item_id))[0].words
    page = words(client.get(at(version)))
    scan = re.search(r'href="(/work/items/\d+/files/[^"]+/)">看扫描件', page)
    assert scan
    given: Any = client.get(scan[1])
    assert b"".join(given.streaming_content).decode() == "签批后的审批单"


def test_paper__with_another_code_is_refused_in_words(bureau: Bureau) -> None:
    version = bureau.submitted()
    answer = bureau.office.client(Role.CLERK).post(at(version, "paper/"), on_paper(bureau, version, code="0000-0000"))
    assert answer.status_code == 422
    assert "重新打印、重新签批" in words(answer)


def test_paper__that_is_wrong_keeps_what_was_typed(bureau: Bureau) -> None:
    version = bureau.submitted()
    sent = on_paper(bureau, version, verdict="", signer="")
    answer = bureau.office.client(Role.CLERK).post(at(version, "paper/"), sent)
    assert answer.status_code == 422
    assert ">同意</textarea>" in words(answer)
    kept = hidden(answer, "scan_kept")
    del sent["scan"]
    right = {**sent, "verdict": "passed", "signer": bureau.person(REVIEWER).pk}
    assert "请上传签批后的审批单" in words(bureau.office.client(Role.CLERK).post(at(version, "paper/"), sent))
    stranger = bureau.office.client(Role.UNIT_HEAD).post(at(version, "paper/"), {**right, "scan_kept": kept})
    assert stranger.status_code == 422
    assert bureau.office.client(Role.CLERK).post(at(version, "paper/"), {**right, "scan_kept": kept}).status_code == 302


def test_submission__is_taken_back_by_who_sent_it(bureau: Bureau) -> None:
    version = bureau.submitted()
    assert bureau.office.client(Role.SIGNING_LEADER).post(at(version, "withdraw/")).status_code == 403
    assert bureau.office.client(Role.CLERK).post(at(version, "withdraw/")).status_code == 302
    assert fresh(version.item).stage == Stage.DRAFT


def test_review__of_another_body_is_not_there(bureau: Bureau, other: Bureau) -> None:
    version = bureau.submitted()
    stranger = other.office.client(REVIEWER)
    assert stranger.get(at(version)).status_code == 404
    for deed in ("pass/", "return/", "hand/", "paper/", "withdraw/", "hits/x/"):
        assert stranger.post(at(version, deed), decision(bureau, version)).status_code == 404


def test_review_of_a_change_of_validity__tells_who_proposed_it(bureau: Bureau) -> None:
    change = proposed(bureau)
    page = words(bureau.office.client(Role.SIGNING_LEADER).get(f"/work/review/{change.review_id}/"))
    assert "起把《岫川县公证服务管理办法》标注为“失效”" in page
