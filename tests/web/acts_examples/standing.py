"""How are the acts about what stands around an item called: links, outings, validity, who keeps it?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.actions import review as reviews
from gongkai_web.flow.models import Review
from gongkai_web.publishing.actions import interpretations, links, outings, validity
from gongkai_web.publishing.models import Link, Outing, ValidityChange
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_person

CLERK, HEAD = Role.CLERK, Role.UNIT_HEAD


def rule(b: Bureau) -> int:
    """A public normative document, which can lapse."""
    day = clock.today()
    return b.published(
        title="岫川县公证服务管理办法",
        key="normative",
        made_on=day,
        effective_on=day,
        document_number="岫司规〔2026〕1号",
        theme="公安、安全、司法\\司法",
        facts={"kind": "normative"},
    ).pk


def pair(b: Bureau) -> tuple[int, int]:
    """An interpretation and what it interprets."""
    return b.published(title="《办法》解读", key="interpretations", facts={"kind": "interpretation"}).pk, rule(b)


def linked(b: Bureau) -> Link:
    return links.add(b.actor(CLERK), *pair(b), kind="interprets")


def gone_out(b: Bureau) -> Outing:
    return outings.record(b.actor(CLERK), b.published().pk, channel="wechat", on_day=clock.today())


def proposed(b: Bureau) -> ValidityChange:
    return validity.propose(b.actor(CLERK), rule(b), validity="lapsed", on_day=clock.today() + dt.timedelta(days=3))


def arrived(b: Bureau) -> Call:
    change = proposed(b)
    review = Review.objects.get(pk=change.review_id)
    for step in review.step_rows.order_by("position"):
        reviews.pass_step(b.actor(Role(step.role)), review.pk, step.pk, digest=review.digest)
    return Call(b.actor(CLERK).as_timer(), (change.pk,), days_later=3)


def decision(b: Bureau) -> int:
    """A public penalty decision."""
    return b.published(title="行政处罚决定书（某律师事务所未按规定归档案）", facts={"kind": "penalty"}).pk


def colleague(b: Bureau) -> int:
    """Another clerk of the same department."""
    person = make_person("colleague", "白望之")
    person.memberships.create(body=b.body, department=b.office.departments[0], role=CLERK, from_day=clock.today())
    return person.pk


def hand_over(b: Bureau) -> Call:
    b.draft()
    return call(b.actor(HEAD), b.body.pk, absent_id=b.person(CLERK).pk, to_id=colleague(b), reason="出差")


def withheld(b: Bureau) -> int:
    """An item that is not published, on a ground, to be looked at again."""
    later = clock.today() + dt.timedelta(days=90)
    reason = "是还在讨论的过程稿，公开会影响决策。"
    return b.published(attribute="withheld", ground="refused.process", reason=reason, facts={"reassess_on": later}).pk


def excused(b: Bureau) -> int:
    """A document of which somebody said that it needs no interpretation."""
    key = rule(b)
    interpretations.excuse(b.actor(HEAD), key, reason="只调整工作机构人员")
    return key


EXAMPLES: dict[str, Example] = {
    "publishing.interpretation.excuse": lambda b: call(b.actor(HEAD), rule(b), reason="只调整工作机构人员"),
    "publishing.interpretation.want": lambda b: call(b.actor(HEAD), excused(b)),
    "publishing.link.add": lambda b: call(b.actor(CLERK), *pair(b), kind="interprets"),
    "publishing.link.remove": lambda b: call(b.actor(CLERK), linked(b).pk),
    "publishing.outing.record": lambda b: call(b.actor(CLERK), b.published().pk, channel="wechat", on_day=clock.today()),
    "publishing.outing.strike": lambda b: call(b.actor(CLERK), gone_out(b).pk, reason="登记重复"),
    "publishing.new_media.record": lambda b: call(
        b.actor(CLERK),
        b.body.pk,
        channel="wechat",
        account="岫川司法",
        month=clock.today().replace(day=1),
        posts=12,
        reads=3400,
        followers=560,
    ),
    "publishing.validity.propose": lambda b: call(
        b.actor(CLERK), rule(b), validity="lapsed", on_day=clock.today() + dt.timedelta(days=3)
    ),
    "publishing.validity.arrive": arrived,
    "publishing.legality.record": lambda b: call(
        b.actor(CLERK),
        rule(b),
        received_on=clock.today(),
        reviewed_on=clock.today(),
        reviewed_by="法治科",
        lawful=True,
        opinion="合法",
    ),
    "publishing.decision.revoked": lambda b: call(
        b.actor(CLERK), decision(b), revoked_on=clock.today(), by_document="岫复决字〔2026〕1号行政复议决定书"
    ),
    "publishing.item.classify": lambda b: call(b.actor(CLERK), b.draft().pk, facts={"category": b.category("news").pk}),
    "publishing.item.keep": lambda b: call(b.actor(HEAD), b.draft().pk, to_id=colleague(b)),
    "publishing.item.reassess": lambda b: call(
        b.actor(CLERK),
        withheld(b),
        to_publish=False,
        reason="仍在讨论",
        next_on=clock.today() + dt.timedelta(days=60),
    ),
    "publishing.hand_over": hand_over,
}
