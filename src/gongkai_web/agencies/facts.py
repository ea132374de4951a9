"""What does a body say of itself, and what of it is still missing?

The facts of the disclosure unit are those that 条例 arts 4 and 12 ask for; the channels those of 国办公开办函〔2017〕19号: two are basic
and never closed, the others are open when the body says how to use them.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai_web.agencies.models import Body

UNIT = {
    "unit_name": ("公开工作机构名称", 80),
    "unit_address": ("办公地址", 120),
    "unit_postcode": ("邮政编码", 6),
    "unit_hours": ("办公时间", 120),
    "unit_phone": ("联系电话", 60),
    "unit_fax": ("传真号码", 60),
    "unit_contact": ("互联网联系方式", 120),
}
"""Field → its name and length, in the order of the screens and of the guide."""

SITE = {
    "short_name": ("机关简称", 40),
    "host": ("网站域名", 120),
    "site_name": ("网站名称", 60),
    "site_code": ("网站标识码", 10),
    "icp_record": ("ICP备案号", 40),
    "police_record": ("公安备案号", 40),
    "credit_code": ("统一社会信用代码", 18),
    "organisation_code": ("组织机构代码", 9),
}


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which an application may come. ``basic`` ones may never be refused."""

    key: str
    name: str
    basic: bool
    example: str


CHANNELS = (
    Channel("in_person", "当面提交", True, "工作日办公时间到我机关办公地址，向公开工作机构提交。"),
    Channel("post", "邮寄", True, "信封注明“政府信息公开申请”，寄到公开工作机构的地址和邮编。"),
    Channel("fax", "传真", False, "发到公开工作机构的传真号码，发出后请电话确认。"),
    Channel("online", "网站在线申请", False, "在本网站“依申请公开”栏目填写，提交后凭编号和查询码查看办理情况。"),
    Channel("email", "电子邮件", False, "发到指定的电子邮箱，我机关收到后与您确认。"),
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a body does not say yet: the field, its name, and why it has to."""

    field: str
    name: str
    why: str


def missing(body: Body) -> tuple[Missing, ...]:
    """What arts 4 and 12 ask for and the body does not say yet. A body without fax or postcode says so in words (“无”)."""
    facts = [Missing(f, name, "指南应当写明（条例第十二条）") for f, (name, _) in UNIT.items() if not getattr(body, f)]
    channels = [
        Missing("intake_channels", f"“{c.name}”的办法", "基本渠道必须保留（国办公开办函〔2017〕19号）")
        for c in CHANNELS
        if c.basic and not body.intake_channels.get(c.key)
    ]
    return (*facts, *channels)


def open_channels(body: Body) -> tuple[tuple[Channel, str], ...]:
    """The channels that are announced, with how to use each."""
    return tuple((c, body.intake_channels[c.key]) for c in CHANNELS if body.intake_channels.get(c.key))
