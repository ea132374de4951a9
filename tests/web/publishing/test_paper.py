"""Can a step be signed on paper, and only for what was printed?"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving
from gongkai_web.flow import reviews
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.flow.models import Decision
from gongkai_web.publishing import access, paper
from gongkai_web.publishing.actions import items
from gongkai_web.publishing.models import Version
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.publishing.conftest import Bureau, fresh


def scan(bureau: Bureau) -> str:
    return receiving.receive(bureau.actor(Role.CLERK), bureau.body, "签批单的扫描件".encode(), "签批单.txt").digest


def signed(bureau: Bureau, version: Version, **changes: Any) -> Any:
    values = {
        "code": version.short_code,
        "verdict": "passed",
        "signer_id": bureau.person(Role.DEPARTMENT_REVIEWER).pk,
        "signed_on": clock.today(),
        "scan": changes.pop("scan", None) or scan(bureau),
        **changes,
    }
    return review_acts.record_paper(bureau.actor(Role.CLERK), version.review_id, bureau.turn(version).pk, **values)


def words_of(data: bytes) -> str:
    table = docx.Document(io.BytesIO(data)).tables[0]
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


def test_sheet__says_what_is_to_be_signed_with_a_box_for_each_step(bureau: Bureau) -> None:
    version = bureau.submitted()
    bureau.passed(version, steps=1)
    made = paper.sheet(bureau.person(Role.CLERK).pk, bureau.body, version.review_id, "docx")
    words = words_of(made)
    for part in ("关于开展公证服务便民活动的通知", "主动公开", "没有命中。", "在系统中通过", "□ 通过　　□ 退回", "分管领导签发"):
        assert part in words
    assert version.short_code in "\n".join(p.text for p in docx.Document(io.BytesIO(made)).paragraphs)


def test_sheet__says_when_it_is_to_become_public_where_a_time_was_set(bureau: Bureau) -> None:
    at_once, day = bureau.submitted(), clock.today() + dt.timedelta(days=3)
    later = bureau.submitted(title="定时公开的通知", publish_at=dt.datetime.combine(day, dt.time(9, 5), clock.BEIJING))

    def printed(version: Version) -> str:
        return words_of(paper.sheet(bureau.person(Role.CLERK).pk, bureau.body, version.review_id, "docx"))

    assert f"审定后定于{day.year}年{day.month}月{day.day}日9时05分公开" in printed(later)
    assert "公开时间" not in printed(at_once)


def test_sheet__as_pdf_is_a_pdf(bureau: Bureau) -> None:
    version = bureau.submitted()
    assert paper.sheet(bureau.person(Role.CLERK).pk, bureau.body, version.review_id, "pdf").startswith(b"%PDF")


def test_sheet__of_a_closed_review_is_not_printed(bureau: Bureau) -> None:
    version = bureau.submitted()
    bureau.passed(version)
    with pytest.raises(NotPossible, match="不需要再打印"):
        paper.sheet(bureau.person(Role.CLERK).pk, bureau.body, version.review_id, "pdf")


def test_signature__is_recorded_by_the_clerk_who_drafted(bureau: Bureau) -> None:
    version = bureau.submitted()
    signed(bureau, version, code=version.short_code.lower().replace("-", " "))
    row = Decision.objects.get(step__review=version.review)
    assert (row.on_paper, row.decided_by.name, row.recorded_by.name) == (True, "陆时雨", "沈砚秋")
    assert "凭纸质签批通过，陆时雨于" in reading.history("item", str(version.item_id))[0].words


def test_all_steps_on_paper__publish_the_item(bureau: Bureau) -> None:
    version = bureau.submitted()
    kept = scan(bureau)
    for role in (Role.DEPARTMENT_REVIEWER, Role.SECRECY_OFFICER, Role.SIGNING_LEADER):
        signed(bureau, version, signer_id=bureau.person(role).pk, scan=kept)
    assert access.public_item(bureau.body, version.item.index_number) is not None


def test_code__of_a_text_that_changed_is_refused(bureau: Bureau) -> None:
    first = bureau.submitted()
    review_acts.withdraw(bureau.actor(Role.CLERK), first.review_id)
    item = fresh(first.item)
    items.edit(bureau.actor(Role.CLERK), item.pk, revision=item.draft.revision, content={"html": "<p>打印以后又改了。</p>"})
    second = bureau.submitted(fresh(item))
    with pytest.raises(BadForm, match="编号与正在审核的内容不符"):
        signed(bureau, second, code=first.short_code)
    signed(bureau, second)


def test_paper__is_not_signed_by_the_drafter_nor_by_who_has_no_such_role(bureau: Bureau) -> None:
    version = bureau.submitted()
    for role in (Role.CLERK, Role.SIGNING_LEADER, Role.AUDITOR):
        with pytest.raises(NotAllowed, match="不能在这个环节签批"):
            signed(bureau, version, signer_id=bureau.person(role).pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed_on": clock.today() + dt.timedelta(days=2)}, "signed_on"),
        ({"signed_on": dt.date(2020, 1, 1)}, "signed_on"),
        ({"scan": "sha256:" + "0" * 64}, "scan"),
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": "returned"}, "opinion"),
        ({"signer_id": 987654}, "signer"),
    ],
)
def test_record__says_what_is_wrong_with_it(bureau: Bureau, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadForm) as refusal:
        signed(bureau, bureau.submitted(), **changes)
    assert field in refusal.value.errors


def test_another_body__cannot_record(bureau: Bureau, other: Bureau) -> None:
    version = bureau.submitted()
    with pytest.raises(NotAllowed):
        review_acts.record_paper(
            other.actor(Role.CLERK),
            version.review_id,
            bureau.turn(version).pk,
            code=version.short_code,
            verdict="passed",
            signer_id=other.person(Role.DEPARTMENT_REVIEWER).pk,
            signed_on=clock.today(),
            scan="x",
        )


def test_code__forgives_letters_that_paper_confuses() -> None:
    digest = "sha256:abc"
    code = reviews.short_code(digest)
    assert reviews.same_code(code.replace("0", "O").replace("1", "l").lower(), digest)
    assert not reviews.same_code(code[:-1] + ("2" if code[-1] != "2" else "3"), digest)
