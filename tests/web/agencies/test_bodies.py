"""Does a body keep right what it says of itself?"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from PIL import Image

from gongkai_web.agencies import access, facts
from gongkai_web.agencies.actions import bodies, departments, duty_holders, internal_rules
from gongkai_web.agencies.models import Body, Mark
from gongkai_web.agencies.roles import Role
from gongkai_web.trail import reading
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible
from tests.web.staffed import Office

UNIT = {
    "unit_name": "岫川县司法局办公室",
    "unit_address": "岫川县城关镇文昌路 8 号",
    "unit_postcode": "654321",
    "unit_hours": "工作日 9:00—17:00",
    "unit_phone": "0000-1234567",
    "unit_fax": "无",
    "unit_contact": "gongkai@example.invalid",
}
CHANNELS = {"in_person": "到办公室提交。", "post": "寄到上述地址。", "fax": "", "online": "在网站填写。"}


def test_unit_facts__are_complete_when_all_that_the_law_asks_for_is_said(office: Office) -> None:
    assert len(facts.missing(office.body)) == len(facts.UNIT) + 2
    bodies.change_unit_facts(office.actor(Role.CLERK), office.body, UNIT, CHANNELS)
    body = Body.objects.get(pk=office.body.pk)

    assert facts.missing(body) == ()
    assert [c.key for c, _ in facts.open_channels(body)] == ["in_person", "post", "online"]
    assert reading.history("body", body.slug)[0].words.startswith(
        "沈砚秋修改了岫川县司法局的公开工作机构信息：公开工作机构名称、"
    )


def test_unit_facts__unchanged_are_not_written_again(office: Office) -> None:
    bodies.change_unit_facts(office.actor(Role.CLERK), office.body, UNIT, CHANNELS)
    with pytest.raises(NotPossible, match="和原来一样"):
        bodies.change_unit_facts(office.actor(Role.CLERK), office.body, UNIT, CHANNELS)


@pytest.mark.parametrize(
    ("values", "channels", "field"),
    [
        ({"unit_postcode": "12345"}, {}, "unit_postcode"),
        ({"unit_name": "长" * 81}, {}, "unit_name"),
        ({}, {"in_person": ""}, "channel_in_person"),
        ({}, {"post": "长" * 301}, "channel_post"),
    ],
)
def test_unit_facts__that_cannot_be_are_refused_at_their_field(office: Office, values: Any, channels: Any, field: str) -> None:
    actor = office.actor(Role.UNIT_HEAD)
    bodies.change_unit_facts(actor, office.body, UNIT, CHANNELS)
    with pytest.raises(BadForm) as refused:
        bodies.change_unit_facts(actor, office.body, UNIT | values, CHANNELS | channels)

    assert field in refused.value.errors


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECRECY_OFFICER, Role.SIGNING_LEADER, Role.SUPERIOR])
def test_unit_facts__are_not_everybodys_affair(office: Office, role: Role) -> None:
    with pytest.raises(NotAllowed):
        bodies.change_unit_facts(office.actor(role), office.body, UNIT, CHANNELS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "http://www.example.gov.cn/"), ("host", "localhost"), ("site_code", "123"), ("credit_code", "IIIIIIIIIIIIIIIIII"),
        ("icp_record", "x" * 41),
    ],
)  # fmt: skip
def test_site_facts__that_cannot_be_are_refused(office: Office, field: str, value: str) -> None:
    with pytest.raises(BadForm) as refused:
        bodies.change_site_facts(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, {field: value})

    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    ("rule", "networks", "field"),
    [
        ("outside", "", "networks"),
        ("outside", "10.0.0.0/33", "networks"),
        ("outside", "0.0.0.0/0", "networks"),
        ("outside", "::/0", "networks"),
        ("never", "10.0.0.0/8", "rule"),
        ("always", "\n".join(f"10.0.{n}.0/24" for n in range(41)), "networks"),
    ],
)
def test_sign_in_rule__that_would_open_the_door_is_refused(office: Office, rule: str, networks: str, field: str) -> None:
    with pytest.raises(BadForm) as refused:
        bodies.change_sign_in_rule(office.actor(Role.SECURITY_ADMINISTRATOR), office.body, rule=rule, networks=networks)

    assert set(refused.value.errors) == {field}


def test_sign_in_rule__keeps_networks_as_networks(office: Office) -> None:
    bodies.change_sign_in_rule(
        office.actor(Role.SECURITY_ADMINISTRATOR),
        office.body,
        rule="outside",
        networks="10.1.2.3， 10.2.0.9/16\n\n2001:db8::1/64",
    )

    assert Body.objects.get(pk=office.body.pk).networks == ["10.1.2.3/32", "10.2.0.0/16", "2001:db8::/64"]


def picture(form: str = "JPEG", size: tuple[int, int] = (1200, 600), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **more)
    return out.getvalue()


def test_mark__is_made_anew_small_and_without_what_was_hidden_in_it(office: Office) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    bodies.change_mark(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, picture(exif=exif) + b"<script>trailing</script>")
    kept = bytes(Mark.objects.get().png)
    shown = Image.open(io.BytesIO(kept))

    assert (shown.format, shown.size) == ("PNG", (480, 240))
    assert b"secret" not in kept
    assert b"script" not in kept


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='x'><script/></svg>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"0" * 50, b"x" * (2 * 1024 * 1024 + 1)]
)
def test_mark__that_is_no_picture_is_refused(office: Office, data: bytes) -> None:
    with pytest.raises(BadForm):
        bodies.change_mark(office.actor(Role.SYSTEM_ADMINISTRATOR), office.body, data)


def test_department__is_opened_renamed_and_closed_once_nobody_is_bound_to_it(office: Office) -> None:
    actor = office.actor(Role.SYSTEM_ADMINISTRATOR)
    made = departments.open_department(actor, office.body, name="宣传科")
    departments.rename(actor, made, name="普法宣传科")
    departments.close(actor, made)

    assert "普法宣传科" not in [d.name for d in access.departments(office.body)]
    with pytest.raises(NotPossible, match="沈砚秋"):
        departments.close(actor, office.departments[0])
    with pytest.raises(BadForm, match="已经有了"):
        departments.open_department(actor, office.body, name="普法宣传科")


def test_leading_group__is_shown_in_its_order(office: Office) -> None:
    actor = office.actor(Role.UNIT_HEAD)
    first, second, third = (
        duty_holders.add(actor, office.body, name=name, post=post, duty="主持全面工作")
        for name, post in (("祝青野", "副局长"), ("温景行", "局长"), ("苏晚晴", "政委"))
    )
    duty_holders.move_up(actor, second)
    duty_holders.remove(actor, third)

    assert [h.name for h in access.duty_holders(office.body)] == ["温景行", "祝青野"]
    with pytest.raises(NotPossible):
        duty_holders.remove(actor, third)
    with pytest.raises(NotAllowed):
        duty_holders.change(office.actor(Role.AUDITOR), first, name="x", post="y")


def test_rule__is_cleaned_on_the_way_in(office: Office) -> None:
    html = (
        '<h2 onclick="x()">第一章</h2><script>alert(1)</script><p style="color:red">第一条 <a href="javascript:x">链接</a>'
        '<img src="http://evil.example/x.png"></p><table><tr><td colspan="2" width="9">甲</td></tr></table><iframe src="x"></iframe>'
    )
    rule = internal_rules.adopt(
        office.actor(Role.UNIT_HEAD),
        office.body,
        title="保密审查制度",
        number="岫司〔2026〕3号",
        html=html,
        adopted_on=clock.today(),
    )

    assert rule.html == '<h2>第一章</h2><p>第一条 链接</p><table><tbody><tr><td colspan="2">甲</td></tr></tbody></table>'


def test_rule__keeps_no_mark_that_turns_the_direction() -> None:
    assert internal_rules.cleaned("<p>第\u202e一&#x2066;条</p>") == "<p>第一条</p>"


def test_rule__of_plain_lines_becomes_paragraphs() -> None:
    assert internal_rules.from_plain("第一条 公开\r\n\r\n第二条 <保密>") == "<p>第一条 公开</p><p>第二条 &lt;保密&gt;</p>"


def test_rule__repealed_stays_on_record_and_changes_no_more(office: Office) -> None:
    actor, today = office.actor(Role.UNIT_HEAD), clock.today()
    rule = internal_rules.adopt(actor, office.body, title="登记制度", number="", html="<p>一</p>", adopted_on=today)
    with pytest.raises(BadForm):
        internal_rules.repeal(actor, rule, on=today - dt.timedelta(days=1))
    internal_rules.repeal(actor, rule, on=today)

    assert [r.repealed_on for r in access.rules(office.body)] == [today]
    assert access.rules(office.body, repealed=False) == ()
    with pytest.raises(NotPossible):
        internal_rules.amend(actor, rule, title="登记制度", number="", html="<p>二</p>", adopted_on=today)


@pytest.mark.parametrize("given", [{"title": ""}, {"html": "<script>x</script>"}, {"html": " "}, {"html": "x" * 200_001}])
def test_rule__without_words_or_too_long_is_refused(office: Office, given: dict[str, str]) -> None:
    words = {"title": "登记制度", "number": "", "html": "<p>一</p>"} | given
    with pytest.raises(BadForm) as refused:
        internal_rules.adopt(office.actor(Role.UNIT_HEAD), office.body, **words, adopted_on=clock.today())

    assert set(refused.value.errors) == set(given)


def test_rules__are_the_unit_heads_affair(office: Office) -> None:
    with pytest.raises(NotAllowed):
        internal_rules.adopt(
            office.actor(Role.CLERK), office.body, title="登记制度", number="", html="<p>一</p>", adopted_on=clock.today()
        )


@pytest.mark.parametrize(
    ("name", "short", "field"),
    [
        ("岫川县<b>公证处</b>", "", "name"),
        ("岫川县公证处", "<公证>", "short_name"),
        ("岫川县公证处", "短" * 41, "short_name"),
    ],
)
def test_name_of_a_new_body__has_no_brackets_of_markup_and_is_not_cut(office: Office, name: str, short: str, field: str) -> None:
    with pytest.raises(BadForm) as refused:
        bodies.found(office.actor(Role.SYSTEM_ADMINISTRATOR), slug="below", name=name, short_name=short, parent=office.body)
    assert set(refused.value.errors) == {field}
    assert not Body.objects.filter(slug="below").exists()
