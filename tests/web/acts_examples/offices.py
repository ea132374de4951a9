"""How are the acts of a body called: its facts, departments, leaders, rules, categories?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings

from gongkai_web.agencies.actions import departments, duty_holders, internal_rules
from gongkai_web.agencies.models import DutyHolder, InternalRule
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import baked
from gongkai_web.publishing.actions import arrangement
from gongkai_web.publishing.models import Category, Practice
from gongkai_web.trail.actors import INSTALLATION
from tests.web.acts_examples.call import Call, Example, call
from tests.web.acts_examples.uploads import png
from tests.web.publishing.conftest import Bureau

SYSTEM, SECURITY, HEAD = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.UNIT_HEAD
RULE = {
    "title": "政府信息公开审查制度",
    "number": "岫司〔2026〕1号",
    "html": "<p>先审查，后公开。</p>",
    "adopted_on": dt.date(2026, 1, 5),
}


def holder(b: Bureau, name: str = "祝青野") -> DutyHolder:
    return duty_holders.add(b.actor(HEAD), b.body, name=name, post="局长", duty="主持全面工作")


def second_holder(b: Bureau) -> Call:
    holder(b)
    return call(b.actor(HEAD), holder(b, "温景行"))


def rule(b: Bureau) -> InternalRule:
    return internal_rules.adopt(b.actor(HEAD), b.body, **RULE)


def empty_department(b: Bureau) -> Call:
    return call(b.actor(SYSTEM), departments.open_department(b.actor(SYSTEM), b.body, name="公共法律服务科"))


def category(b: Bureau) -> Category:
    return arrangement.add_category(b.actor(HEAD), b.body.pk, key="notaries", name="公证机构", bases=["SERVICE"])


def without_categories(b: Bureau) -> Call:
    Practice.objects.filter(body=b.body).delete()
    for row in Category.objects.filter(body=b.body).order_by("-id"):
        row.delete()
    return call(INSTALLATION, b.body.pk)


def rearranged_edition(b: Bureau) -> Call:
    folder = Path(settings.DATA).parent / "county"
    edition = baked.edition_of(b.body.slug, folder)
    edition.make()
    edition.want(baked.Wanted(b.body.slug, folder))
    address = "https://gongkai.example.gov.cn/"
    return call(b.actor(SYSTEM), b.body.pk, mark=edition.mark, only_baked=False, portal_url=address)


EXAMPLES: dict[str, Example] = {
    "agencies.found_body": lambda _: call(INSTALLATION, slug="linxi", name="临汐县司法局"),
    "agencies.change_unit_facts": lambda b: call(b.actor(HEAD), b.body, {"unit_phone": "0000-0000000"}, {}),
    "agencies.change_site_facts": lambda b: call(b.actor(SYSTEM), b.body, {"site_name": "岫川司法"}),
    "agencies.change_mark": lambda b: call(b.actor(SYSTEM), b.body, png()),
    "agencies.change_sign_in_rule": lambda b: call(b.actor(SECURITY), b.body, rule="always", networks="10.0.0.0/8"),
    "agencies.open_department": lambda b: call(b.actor(SYSTEM), b.body, name="公共法律服务科"),
    "agencies.rename_department": lambda b: call(b.actor(SYSTEM), b.office.departments[0], name="综合科"),
    "agencies.close_department": empty_department,
    "agencies.add_duty_holder": lambda b: call(b.actor(HEAD), b.body, name="祝青野", post="局长"),
    "agencies.change_duty_holder": lambda b: call(b.actor(HEAD), holder(b), name="祝青野", post="副局长"),
    "agencies.move_duty_holder": second_holder,
    "agencies.remove_duty_holder": lambda b: call(b.actor(HEAD), holder(b)),
    "agencies.adopt_rule": lambda b: call(b.actor(HEAD), b.body, **RULE),
    "agencies.amend_rule": lambda b: call(b.actor(HEAD), rule(b), **{**RULE, "html": "<p>先审查，后公开，谁公开谁负责。</p>"}),
    "agencies.repeal_rule": lambda b: call(b.actor(HEAD), rule(b), on=dt.date(2026, 6, 1)),
    "publishing.arrangement.begin": without_categories,
    "publishing.arrangement.set": lambda b: call(
        b.actor(HEAD), b.body.pk, values={"steps": [{"title": "保密审查", "role": "secrecy_officer"}]}
    ),
    "publishing.category.add": lambda b: call(b.actor(HEAD), b.body.pk, key="notaries", name="公证机构", bases=["SERVICE"]),
    "publishing.category.change": lambda b: call(b.actor(HEAD), category(b).pk, values={"name": "公证处"}),
    "publishing.edition.arrange": rearranged_edition,
    "publishing.category.close": lambda b: call(b.actor(HEAD), category(b).pk),
}
