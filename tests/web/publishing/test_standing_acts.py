"""Do the acts beside the text – validity, links, outings, set times, hand-overs, categories – keep their rules?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.publishing import access, background, register
from gongkai_web.publishing.actions import (
    arrangement,
    links,
    outings,
    rework,
    scheduling,
    standing_facts,
    validity,
)
from gongkai_web.publishing.models import Category, Item, Publication, ValidityChange
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.publishing.conftest import Bureau, fresh

DOCUMENT = {"document_number": "岫司规〔2026〕1号", "theme": "公安、安全、司法\\司法"}


def document(bureau: Bureau, title: str = "岫川县公证服务管理办法") -> Item:
    """A public normative document."""
    day = clock.today()
    return bureau.published(title=title, key="normative", made_on=day, effective_on=day, facts={"kind": "normative"}, **DOCUMENT)


def sign(bureau: Bureau, change: ValidityChange) -> None:
    step = change.review.step_rows.get()
    review_acts.pass_step(bureau.actor(Role.SIGNING_LEADER), change.review_id, step.pk, digest=change.digest)


def shown(bureau: Bureau, item: Item) -> Any:
    found = access.public_item(bureau.body, item.index_number)
    assert found is not None
    return found


def test_validity__changes_only_with_an_approval(bureau: Bureau) -> None:
    item = document(bureau)
    assert shown(bureau, item).validity == "有效"
    change = validity.propose(
        bureau.actor(Role.CLERK), item.pk, validity="repealed", on_day=clock.today(), by_document="岫司规〔2026〕9号"
    )
    assert shown(bureau, item).validity == "有效"
    sign(bureau, change)
    page = shown(bureau, item)
    assert (page.validity, [n.words for n in page.notices]) == ("废止", ["本文件已经废止。"])
    assert [r.validity for r in access.public_list(bureau.body, validity="repealed").items] == ["废止"]


def test_validity__of_a_later_day_holds_from_that_day_on(bureau: Bureau, at: Any) -> None:
    item = document(bureau)
    later = clock.today() + dt.timedelta(days=30)
    sign(bureau, validity.propose(bureau.actor(Role.CLERK), item.pk, validity="lapsed", on_day=later))
    before = access.generation(bureau.body)
    assert shown(bureau, item).validity == "有效"
    at(dt.datetime.combine(later, dt.time(0, 0, 1), clock.BEIJING))
    assert shown(bureau, item).validity == "失效"
    assert access.generation(bureau.body) != before
    background.carry_out_validity_days(clock.now())
    background.carry_out_validity_days(clock.now())
    assert ValidityChange.objects.get().arrived


def test_validity__proposer_does_not_sign(bureau: Bureau) -> None:
    item = document(bureau)
    change = validity.propose(bureau.actor(Role.UNIT_HEAD), item.pk, validity="lapsed", on_day=clock.today())
    from gongkai_web.agencies.models import Membership

    Membership.objects.create(
        person=bureau.person(Role.UNIT_HEAD), body=bureau.body, role=Role.SIGNING_LEADER, from_day=clock.today()
    )
    with pytest.raises(NotAllowed):
        review_acts.pass_step(
            bureau.actor(Role.UNIT_HEAD), change.review_id, change.review.step_rows.get().pk, digest=change.digest
        )


def test_yearly_counts__follow_the_register(bureau: Bureau) -> None:
    kept, ended = document(bureau, "甲办法"), document(bureau, "乙办法")
    sign(
        bureau,
        validity.propose(
            bureau.actor(Role.CLERK), ended.pk, validity="repealed", on_day=clock.today(), by_document="岫司规〔2026〕9号"
        ),
    )
    counts = {c.kind: c for c in register.documents_of_year(bureau.body, clock.today().year)}["normative"]
    assert (counts.made, counts.repealed, counts.in_force) == (2, 1, 1)
    assert counts.in_force_items == (kept.pk,)


def test_legality_review__is_kept_with_its_days_and_opinion(bureau: Bureau) -> None:
    item, today = document(bureau), clock.today()
    given = {"received_on": today, "reviewed_on": today, "reviewed_by": "法治科", "opinion": "符合上位法。", "lawful": True}
    with pytest.raises(BadForm) as refusal:
        validity.record_legality(
            bureau.actor(Role.CLERK), item.pk, **{**given, "opinion": " ", "received_on": today + dt.timedelta(days=1)}
        )
    assert set(refusal.value.errors) == {"opinion", "reviewed_on"}
    validity.record_legality(bureau.actor(Role.CLERK), item.pk, **given)
    kept = access.item_page(bureau.person(Role.CLERK).pk, bureau.body, item.pk).legality
    assert [(e.what, e.words, e.on) for e in kept] == [("lawful", "法治科：符合上位法。", today)]


def test_clean_up__lists_what_nobody_has_looked_at(bureau: Bureau) -> None:
    item, other_item = document(bureau, "甲办法"), document(bureau, "乙办法")
    Publication.objects.all().update(listed_at=clock.now() - dt.timedelta(days=40))
    since = clock.today()
    assert register.to_be_cleaned_up(bureau.body, since) == (item.pk, other_item.pk)
    sign(bureau, validity.propose(bureau.actor(Role.CLERK), item.pk, validity="in_force", on_day=clock.today()))
    assert register.to_be_cleaned_up(bureau.body, since) == (other_item.pk,)


def test_interpretation__shows_on_both_and_is_missed_until_then(bureau: Bureau) -> None:
    item = document(bureau)
    missed = register.uninterpreted(bureau.body)
    assert [u.item_id for u in missed] == [item.pk]
    assert missed[0].deadline is not None
    assert missed[0].deadline.local
    reading = bureau.published(title="《办法》解读", key="interpretations", facts={"kind": "interpretation"})
    links.add(bureau.actor(Role.CLERK), reading.pk, item.pk, kind="interprets")
    assert [link.title for link in shown(bureau, item).interpretations] == ["《办法》解读"]
    assert [link.title for link in shown(bureau, reading).originals] == ["岫川县公证服务管理办法"]
    assert register.uninterpreted(bureau.body) == ()


def test_interpretation__is_written_by_the_department_that_drafted(bureau: Bureau) -> None:
    item = document(bureau)
    reading = bureau.draft("解读", key="interpretations", facts={"kind": "interpretation"})
    Item.objects.filter(pk=item.pk).update(department=bureau.office.departments[1])
    with pytest.raises(NotPossible, match="谁起草、谁解读"):
        links.add(bureau.actor(Role.CLERK), reading.pk, item.pk, kind="interprets")


def test_link__to_what_is_not_public_does_not_show(bureau: Bureau) -> None:
    item = document(bureau)
    hidden = bureau.draft("还没有公开的解读", key="interpretations", facts={"kind": "interpretation"})
    links.add(bureau.actor(Role.CLERK), hidden.pk, item.pk, kind="interprets")
    assert shown(bureau, item).interpretations == ()


def test_outings__count_an_item_once_in_total_and_once_per_channel(bureau: Bureau) -> None:
    item, other_item, today = bureau.published(), bureau.published(title="另一条"), clock.today()
    clerk = bureau.actor(Role.CLERK)
    for channel in ("website", "wechat", "wechat"):
        outings.record(clerk, item.pk, channel=channel, on_day=today)
    last = outings.record(clerk, other_item.pk, channel="wechat", on_day=today, address="https://mp.example.cn/s/1")
    counts = register.outing_counts(bureau.body, today, today)
    assert (counts.total, dict(counts.by_channel)["wechat"], dict(counts.by_channel)["website"]) == (2, 2, 1)
    outings.strike(clerk, last.pk, reason="登记重复")
    assert register.outing_counts(bureau.body, today, today).total == 1


def test_outing__of_what_is_not_public_is_refused(bureau: Bureau) -> None:
    with pytest.raises(NotPossible, match="还没有公开"):
        outings.record(bureau.actor(Role.CLERK), bureau.draft().pk, channel="wechat", on_day=clock.today())


def test_set_time__can_be_moved_and_called_off_until_it_comes(bureau: Bureau, at: Any) -> None:
    soon = clock.now() + dt.timedelta(hours=2)
    item, clerk = bureau.passed(bureau.submitted(publish_at=soon)), bureau.actor(Role.CLERK)
    scheduling.reschedule(clerk, item.pk, at=soon + dt.timedelta(hours=2))
    at(soon)
    assert access.public_item(bureau.body, item.index_number) is None
    scheduling.cancel(clerk, item.pk, reason="内容还要改")
    at(soon + dt.timedelta(hours=3))
    assert access.public_item(bureau.body, item.index_number) is None
    assert fresh(item).stage == "draft"
    assert fresh(item).first_published_at is None
    with pytest.raises(NotPossible):
        scheduling.reschedule(clerk, item.pk, at=None)


def test_set_time__of_a_correction_called_off_leaves_what_is_public(bureau: Bureau) -> None:
    item, clerk = bureau.published(), bureau.actor(Role.CLERK)
    rework.correct(clerk, item.pk, note="更正一处")
    bureau.passed(bureau.submitted(fresh(item), publish_at=clock.now() + dt.timedelta(hours=2)))
    assert access.public_item(bureau.body, item.index_number) is not None
    scheduling.cancel(clerk, item.pk, reason="不改了")
    assert access.public_item(bureau.body, item.index_number) is not None
    assert Publication.objects.filter(item=item, superseded_at=None, withdrawn_at=None).count() == 1


def test_set_time__may_be_brought_forward_to_now(bureau: Bureau) -> None:
    item = bureau.passed(bureau.submitted(publish_at=clock.now() + dt.timedelta(hours=2)))
    scheduling.reschedule(bureau.actor(Role.CLERK), item.pk, at=None)
    assert access.public_item(bureau.body, item.index_number) is not None


def test_withheld__is_reassessed_and_may_become_a_draft_again(bureau: Bureau) -> None:
    day = clock.today() + dt.timedelta(days=100)
    item = bureau.passed(
        bureau.submitted(
            attribute="withheld",
            ground="refused.process",
            reason="是还在讨论的过程稿，公开会影响决策。",
            facts={"reassess_on": day},
        )
    )
    clerk = bureau.actor(Role.CLERK)
    with pytest.raises(BadForm):
        standing_facts.reassess(clerk, item.pk, to_publish=False, reason="仍在讨论")
    standing_facts.reassess(clerk, item.pk, to_publish=False, reason="仍在讨论", next_on=day + dt.timedelta(days=90))
    assert fresh(item).reassess_on == day + dt.timedelta(days=90)
    standing_facts.reassess(clerk, item.pk, to_publish=True, reason="已经定稿")
    assert fresh(item).stage == "draft"


def test_withheld_policy__goes_to_the_disclosure_unit_first(bureau: Bureau) -> None:
    version = bureau.submitted(
        attribute="withheld",
        ground="refused.process",
        reason="是还在讨论的过程稿，公开会影响决策。",
        facts={"kind": "policy", "reassess_on": clock.today() + dt.timedelta(days=100)},
    )
    assert next(s.role for s in version.review.step_rows.order_by("position")) == Role.UNIT_HEAD


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"attribute": ""}, "attribute"),
        ({"attribute": "redacted"}, "cuts"),
        ({"attribute": "redacted", "cuts": [{"place": "第三条", "ground": "because"}]}, "cuts"),
        ({"attribute": "on_request", "reason": "短"}, "reason"),
        ({"attribute": "on_request", "reason": "根据条例第十五条，涉及他人权益，所以依申请公开。"}, "reason"),
        ({"attribute": "on_request", "reason": "涉及商业秘密，所以只对申请人公开这些内容。"}, "reason"),
        ({"attribute": "on_request", "reason": "公开会涉及第三方合法权益，依申请时再征求意见。"}, "reason"),
        ({"attribute": "withheld", "reason": "没有选择任何理由的不予公开说明。"}, "ground"),
        ({"summary": ""}, "summary"),
        ({"html": ""}, "html"),
        ({"theme": "不存在的分类"}, "theme"),
    ],
)
def test_submission__says_what_is_missing(bureau: Bureau, content: dict[str, Any], field: str) -> None:
    with pytest.raises(BadForm) as refusal:
        bureau.submitted(**content)
    assert field in refusal.value.errors


def test_reason_for_on_request__may_name_article_twenty_four(bureau: Bureau) -> None:
    reason = "不属于条例第十九条至第二十一条的信息，与第二十四条的平台公开也没有关系。"
    assert bureau.submitted(attribute="on_request", reason=reason).number == 1


def test_state_secret__is_never_entered_here(bureau: Bureau) -> None:
    with pytest.raises(BadForm, match="不得录入本系统"):
        bureau.submitted(
            attribute="withheld",
            ground="refused.state_secret",
            reason="经定密责任人确定属于国家秘密。",
            facts={"reassess_on": clock.today() + dt.timedelta(days=100)},
        )


def test_categories__can_be_added_changed_and_closed(bureau: Bureau) -> None:
    head = bureau.actor(Role.UNIT_HEAD)
    row = arrangement.add_category(head, bureau.body.pk, key="notaries", name="公证机构", bases=["SERVICE"])
    arrangement.change_category(head, row.pk, values={"name": "公证处", "parent_id": bureau.category("service-institutions").pk})
    assert [c.path for c in access.categories(bureau.body) if c.key == "notaries"] == [("法律服务机构", "公证处")]
    with pytest.raises(NotPossible, match="下面还有"):
        arrangement.close_category(head, bureau.category("service-institutions").pk)
    with pytest.raises(BadForm, match="它自己"):
        arrangement.change_category(head, bureau.category("service-institutions").pk, values={"parent_id": row.pk})
    arrangement.close_category(head, row.pk)
    assert Category.objects.get(pk=row.pk).closed_on == clock.today()


def test_steps__never_lack_the_secrecy_review(bureau: Bureau) -> None:
    head = bureau.actor(Role.UNIT_HEAD)
    for steps in ([], [{"title": "签发", "role": "signing_leader"}], [{"title": "签发", "role": "clerk"}]):
        with pytest.raises(BadForm):
            arrangement.arrange(head, bureau.body.pk, values={"steps": steps})
    arrangement.arrange(head, bureau.body.pk, values={"steps": [{"title": "保密审查", "role": "secrecy_officer"}]})
    assert bureau.submitted().review.steps == 1


@pytest.mark.parametrize(
    "pattern",
    [
        "{year}-{serial",
        "{year}",
        "{serial:05}",
        "{year}-{serial}-{moon}",
        "{year} {serial}",
        "{year}-{serial:x!y}",
        "<{year}{serial}>",
    ],
)
def test_index_pattern__that_could_repeat_or_break_is_refused(bureau: Bureau, pattern: str) -> None:
    with pytest.raises(BadForm):
        arrangement.arrange(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, values={"index_pattern": pattern})


def test_category__of_a_public_item_can_be_changed_and_lists_follow(bureau: Bureau) -> None:
    item = bureau.published()
    standing_facts.classify(bureau.actor(Role.CLERK), item.pk, facts={"category": bureau.category("news").pk})
    assert [r.category_key for r in access.public_list(bureau.body, "news").items] == ["news"]
    assert access.public_list(bureau.body, "notices").items == ()
