"""Is nothing kept of typed words that carry a classification marking, and is a doubtful one cleared by the secrecy officer alone?"""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import scans, versions
from gongkai_web.publishing.actions import hits, items, publication
from gongkai_web.publishing.models import Item, Resolution
from gongkai_web.trail.models import Entry
from gongkai_web.ui.refusals import BadForm, NotAllowed
from tests.web.publishing.conftest import Bureau, fresh

CANARY = "青鸾计划"


@pytest.mark.parametrize(
    "content",
    [
        {"title": f"密级：机密 关于{CANARY}的通知"},
        {"html": f"<p>{CANARY}</p><p>机密<strong>★</strong>7年</p>"},
        {"html": f"<table><tbody><tr><td>{CANARY}</td><td>附件：秘密★长期</td></tr></tbody></table>"},
        {"source": f"{CANARY}，机密★3年"},
        {"facts": {"joint_bodies": [f"{CANARY}　绝密★启用前"]}},
    ],
    ids=["title", "text", "cell", "source", "a list"],
)
def test_words_with_a_marking__are_refused_and_nothing_of_them_is_kept(bureau: Bureau, content: dict[str, object]) -> None:
    entries = Entry.objects.count()
    with pytest.raises(BadForm, match="没有保存。本系统严禁") as refused:
        bureau.draft(**content)
    assert CANARY not in str(refused.value)
    assert not Item.objects.exists()
    assert Entry.objects.count() == entries


def test_reason_with_a_marking__does_not_reach_the_trail(bureau: Bureau) -> None:
    item = bureau.published()
    with pytest.raises(BadForm, match="密级标志"):
        publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="原件是机密★5年")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail_entry WHERE CAST(personal AS text) LIKE '%★5年%'")
        assert cursor.fetchone() == (0,)


def test_words__that_quote_a_marking_or_name_a_grade_are_kept(bureau: Bureau) -> None:
    item = bureau.draft(html="<p>国家秘密的标志形式如“机密★10年”。属于秘密级的，由专人保管。</p>")
    assert "“机密★10年”" in fresh(item).draft.html


def test_doubtful_marking__is_cleared_by_the_secrecy_officer_alone_and_never_as_lawful(bureau: Bureau) -> None:
    item = bureau.draft(html="<p>秘密</p><p>现将有关事项通知如下。</p>")
    (hit,) = [h for h in scans.scan(item, fresh(item).draft, versions.attachments_of(item)).open if h.is_marking]
    for role in (Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD):
        with pytest.raises(NotAllowed):
            hits.resolve(bureau.actor(role), item.pk, fingerprint=hit.fingerprint, kind="false_alarm", reason="栏目名")
    officer = bureau.actor(Role.SECRECY_OFFICER)
    with pytest.raises(BadForm, match="请选择误报。"):
        hits.resolve(officer, item.pk, fingerprint=hit.fingerprint, kind="lawful", reason="可以公开")
    hits.resolve(officer, item.pk, fingerprint=hit.fingerprint, kind="false_alarm", reason="是栏目名称")
    assert Resolution.objects.get().resolved_by_id == int(officer.id)


def test_doubtful_marking__is_not_cleared_by_an_officer_who_wrote_it(bureau: Bureau) -> None:
    item = bureau.draft(html="<p>秘密</p><p>现将有关事项通知如下。</p>")
    officer = bureau.actor(Role.SECRECY_OFFICER)
    draft = fresh(item).draft
    draft.authors = [*draft.authors, int(officer.id)]
    draft.save()
    (hit,) = [h for h in scans.scan(item, draft, versions.attachments_of(item)).open if h.is_marking]
    with pytest.raises(NotAllowed, match="另一位保密审查员"):
        hits.resolve(officer, item.pk, fingerprint=hit.fingerprint, kind="false_alarm", reason="栏目名")


def test_changed_draft__with_a_marking_keeps_what_was_there(bureau: Bureau) -> None:
    item = bureau.draft()
    before = fresh(item).draft
    with pytest.raises(BadForm, match="没有保存"):
        items.edit(bureau.actor(Role.CLERK), item.pk, revision=before.revision, content={"summary": "密级：绝密"})
    assert fresh(item).draft.summary == before.summary
