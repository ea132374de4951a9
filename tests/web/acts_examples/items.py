"""How are the acts of an item and its review called?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies.roles import Role
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item, Publication, Version
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.acts_examples.uploads import stored
from tests.web.publishing.conftest import Bureau, fresh

CLERK, REVIEWER, HEAD = Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.UNIT_HEAD


def decide(b: Bureau, version: Version, **more: object) -> Call:
    """The next step of a review, decided by whose it is."""
    step = b.turn(version)
    return call(b.actor(Role(step.role)), version.review_id, step.pk, digest=version.digest, **more)


def last_step(b: Bureau) -> Call:
    """The step with which an item becomes public."""
    version = b.submitted()
    b.passed(version, steps=version.review.steps - 1)
    return decide(b, version, opinion="同意")


def on_paper(b: Bureau) -> Call:
    version = b.submitted()
    return call(
        b.actor(CLERK),
        version.review_id,
        b.turn(version).pk,
        code=version.short_code,
        verdict="passed",
        signer_id=b.person(REVIEWER).pk,
        signed_on=clock.today(),
        scan=stored(b, "签批单的扫描件", "签批单.txt").digest,
    )


def hand(b: Bureau) -> Call:
    version = b.submitted()
    step = b.turn(version)
    b.person(Role.SECRECY_OFFICER).memberships.create(body=b.body, role=step.role, from_day=clock.today())
    return call(b.actor(HEAD), version.review_id, step.pk, to_id=b.person(Role.SECRECY_OFFICER).pk, reason="外出开会")


def scheduled(b: Bureau) -> Item:
    """An item that was approved to become public tomorrow."""
    return b.passed(b.submitted(publish_at=clock.now() + dt.timedelta(days=1)))


def appear(b: Bureau) -> Call:
    row = Publication.objects.get(item=scheduled(b))
    return Call(b.actor(HEAD).as_timer(), (row.pk,), days_later=1)


def elsewhere(b: Bureau) -> Item:
    """An approved item of a category that another website publishes."""
    category = b.category("news")
    category.channel = "elsewhere"
    category.save()
    return b.published(title="公证进社区活动举行", key="news")


def withdrawn(b: Bureau) -> Item:
    item = b.published()
    publication.withdraw(b.actor(HEAD), item.pk, reason="内容有变")
    return item


def edit(b: Bureau) -> Call:
    item = b.draft()
    return call(b.actor(CLERK), item.pk, revision=fresh(item).draft.revision, content={"html": "<p>另有安排。</p>"})


def create(b: Bureau) -> Call:
    department = b.office.departments[0].pk
    return call(b.actor(CLERK), b.body.pk, b.category("notices").pk, title="关于公证服务的通知", department_id=department)


def submit(b: Bureau) -> Call:
    item = b.draft()
    return call(b.actor(CLERK), item.pk, revision=fresh(item).draft.revision)


def publish(b: Bureau) -> Call:
    """An approved item whose category was meant for another website and is not any more."""
    item = elsewhere(b)
    item.category.channel = "portal"
    item.category.save()
    return call(b.actor(CLERK), item.pk)


EXAMPLES: dict[str, Example] = {
    "publishing.item.create": create,
    "publishing.item.edit": edit,
    "publishing.item.submit": submit,
    "publishing.item.discard": lambda b: call(b.actor(CLERK), b.draft().pk, reason="重复登记"),
    "publishing.item.correct": lambda b: call(b.actor(CLERK), b.published().pk, note="活动时间改为周六"),
    "publishing.item.withdraw": lambda b: call(b.actor(HEAD), b.published().pk, reason="内容有变"),
    "publishing.item.reopen": lambda b: call(b.actor(CLERK), withdrawn(b).pk, reason="改正后再公开"),
    "publishing.item.publish": publish,
    "publishing.item.appear": appear,
    "publishing.item.handed_over": lambda b: call(
        b.actor(CLERK), elsewhere(b).pk, to="县政府网站", address="https://www.example.gov.cn/a.html", on=clock.today()
    ),
    "publishing.schedule.move": lambda b: call(b.actor(CLERK), scheduled(b).pk, at=clock.now() + dt.timedelta(days=2)),
    "publishing.schedule.cancel": lambda b: call(b.actor(CLERK), scheduled(b).pk, reason="内容还要改"),
    "flow.review.pass": last_step,
    "flow.review.return": lambda b: decide(b, b.submitted(), opinion="标题要改"),
    "flow.review.paper": on_paper,
    "flow.review.withdraw": lambda b: call(b.actor(CLERK), b.submitted().review_id),
    "flow.review.hand": hand,
}
