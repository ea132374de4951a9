"""Do the trail, the review's page and its sheet say for whom a deputy acted?"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.actions import people, roles
from gongkai_web.agencies.actors import staff
from gongkai_web.agencies.models import Body, Deputy
from gongkai_web.agencies.roles import Role
from gongkai_web.flow.actions import handing
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.flow.models import Decision
from gongkai_web.publishing import access, paper
from gongkai_web.publishing.actions import standing_facts
from gongkai_web.publishing.models import Version
from gongkai_web.trail import reading
from gongkai_web.trail.models import Entry
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed
from tests.web.acts_examples.uploads import stored
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_person, signed_in


@pytest.fixture
def deputy(bureau: Bureau) -> Person:
    """A clerk who stands in for the department reviewer (陆时雨) today and tomorrow."""
    person = make_person("deputy", "宁远舟")
    person.placements.create(body=bureau.body)
    person.memberships.create(body=bureau.body, role=Role.CLERK, from_day=clock.today())
    stand_in(bureau, Role.DEPARTMENT_REVIEWER, person)
    return person


def stand_in(bureau: Bureau, absent: Role, person: Person) -> Deputy:
    days = {"from_day": clock.today(), "until_day": clock.today() + dt.timedelta(days=1)}
    return Deputy.objects.create(person=bureau.person(absent), deputy=person, body=bureau.body, **days)


def passed(bureau: Bureau, version: Version, person: Person) -> None:
    review_acts.pass_step(staff(person), version.review_id, bureau.turn(version).pk, digest=version.digest)


def test_decision__of_a_deputy_names_both_in_the_trail_and_on_the_review(bureau: Bureau, deputy: Person) -> None:
    version = bureau.submitted()
    passed(bureau, version, deputy)

    said = reading.history("item", str(version.item_id))[0]
    assert said.words.startswith("宁远舟（代理陆时雨）在“")
    assert Entry.objects.latest("id").actor_id == str(deputy.pk)
    page = access.review_page(bureau.person(Role.CLERK).pk, bureau.body, version.review_id)
    assert page.review.steps[0].decided_by == "宁远舟（代理陆时雨）"
    assert any("宁远舟（代理陆时雨）于" in box.decided for box in paper.sheet_of(page, bureau.body.name).boxes)
    browser = bureau.office.client(Role.SECRECY_OFFICER)
    assert "宁远舟（代理陆时雨）" in browser.get(f"/work/review/{version.review_id}/").content.decode()
    exported = b"".join(bureau.office.client(Role.AUDITOR).get("/work/trail/export.csv")).decode()
    assert "宁远舟（代理陆时雨）在“" in exported


def test_decision__stays_a_deputys_after_the_deputyship_ended(bureau: Bureau, deputy: Person) -> None:
    version = bureau.submitted()
    passed(bureau, version, deputy)
    roles.end_deputy(staff(deputy), Deputy.objects.get())
    people.change(bureau.actor(Role.SYSTEM_ADMINISTRATOR), bureau.body, bureau.person(Role.DEPARTMENT_REVIEWER), name="陆时晴")

    page = access.review_page(bureau.person(Role.CLERK).pk, bureau.body, version.review_id)
    assert page.review.steps[0].decided_by == "宁远舟（代理陆时雨）"


def test_decision__by_ones_own_role_names_nobody_else(bureau: Bureau) -> None:
    stand_in(bureau, Role.SIGNING_LEADER, bureau.person(Role.DEPARTMENT_REVIEWER))
    version = bureau.submitted()
    passed(bureau, version, bureau.person(Role.DEPARTMENT_REVIEWER))

    assert "代理" not in reading.history("item", str(version.item_id))[0].words
    assert Decision.objects.get().in_place_of == ""


def test_decision__on_paper_names_for_whom_the_signer_stood_in(bureau: Bureau, deputy: Person) -> None:
    version = bureau.submitted()
    scan = stored(bureau, "签批单的扫描件", "签批单.txt")
    review_acts.record_paper(
        bureau.actor(Role.CLERK),
        version.review_id,
        bureau.turn(version).pk,
        code=version.short_code,
        verdict="passed",
        signer_id=deputy.pk,
        signed_on=clock.today(),
        scan=scan.digest,
    )
    words = reading.history("item", str(version.item_id))[0].words
    assert "宁远舟（代理陆时雨）于" in words
    assert words.endswith("沈砚秋登记")


def test_every_act__of_a_deputy_by_anothers_role_names_both(bureau: Bureau, deputy: Person) -> None:
    stand_in(bureau, Role.UNIT_HEAD, bureau.person(Role.SECRECY_OFFICER))
    item, colleague = bureau.draft(), make_person("near", "白望之")
    colleague.memberships.create(body=bureau.body, role=Role.CLERK, from_day=clock.today())
    standing_facts.assign(bureau.actor(Role.SECRECY_OFFICER), item.pk, to_id=colleague.pk)
    assert reading.history("item", str(item.pk))[0].words.startswith("顾望舒（代理")

    version = bureau.submitted()
    step = bureau.turn(version)
    handing.hand(staff(deputy), version.review_id, step.pk, to_id=bureau.person(Role.DEPARTMENT_REVIEWER).pk, reason="本人回来了")
    assert reading.history("item", str(version.item_id))[0].words.startswith("宁远舟（代理陆时雨）把")


def test_act__that_was_refused_leaves_no_name_behind_for_the_next(bureau: Bureau, deputy: Person) -> None:
    version = bureau.submitted()
    with pytest.raises(NotAllowed):
        passed(bureau, version, bureau.person(Role.AUDITOR))
    passed(bureau, version, deputy)
    passed(bureau, version, bureau.person(Role.SECRECY_OFFICER))

    assert Entry.objects.latest("id").actor_name == "顾望舒"


def test_deputy__of_the_security_administrator_is_named_in_what_they_grant(bureau: Bureau) -> None:
    stand_in(bureau, Role.SECURITY_ADMINISTRATOR, bureau.person(Role.SUPERIOR))
    roles.grant(bureau.actor(Role.SUPERIOR), Body.objects.get(), bureau.person(Role.CLERK), Role.SECRECY_OFFICER)

    assert Entry.objects.latest("id").actor_name == "杜若溪（代理林照晚）"
    assert signed_in(bureau.person(Role.SUPERIOR)).get("/work/people/").status_code == 200
