"""What does a body say of itself, who may sign in from where, and how do bodies come about?"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Mapping

from PIL import Image, UnidentifiedImageError

from gongkai_web.accounts.addresses import network
from gongkai_web.agencies import facts
from gongkai_web.agencies.actions.roles import body_subject
from gongkai_web.agencies.entries import make_body
from gongkai_web.agencies.models import Body, Mark, Placement, SecondFactorRule
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import require, require_administrator
from gongkai_web.agencies.texts import required, tidy_lines
from gongkai_web.trail.actors import Actor, ActorKind
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotPossible

HOW_TO = 300
NETWORKS = 40
MARK_BYTES = 2 * 1024 * 1024
MARK_SIDE = 480
MARK_PIXELS = 40_000_000


@act("agencies.found_body", "{actor}登记了机关{subject}", title="登记机关")
def found(actor: Actor, *, slug: str, name: str, short_name: str = "", parent: Body | None = None) -> Done[Body]:
    """A body: the first on the server itself, one below another by that one's system administrator."""
    if actor.kind is not ActorKind.INSTALLATION:
        if parent is None:
            raise NotAllowed("新的机关只能登记为本机关的下级，或者在服务器上用命令登记。")
        require(actor, parent, Role.SYSTEM_ADMINISTRATOR)
    body = make_body(slug, name, parent=parent, short_name=short_name)
    if actor.kind is ActorKind.STAFF:
        # Until the new body has administrators of its own, those of the body above stand in for them and must reach it.
        Placement.objects.create(person_id=int(actor.id), body=body, is_home=False)
    return Done(body, body.slug, body_subject(body), fixed={"parent": parent.slug if parent else ""})


@act("agencies.change_unit_facts", "{actor}修改了{subject}的公开工作机构信息：{changed}", title="修改公开工作机构信息")
def change_unit_facts(actor: Actor, body: Body, values: Mapping[str, str], channels: Mapping[str, str]) -> Done[None]:
    """条例 arts 4, 12: the unit and its channels. Fields may be filled in one after the other; BadForm names what is wrong."""
    _by(actor, body, Role.UNIT_HEAD, Role.CLERK, Role.SYSTEM_ADMINISTRATOR)
    taken = required({k: values.get(k, "") for k in facts.UNIT}, facts.UNIT, frozenset(facts.UNIT))
    errors = {}
    if taken["unit_postcode"] and not re.fullmatch(r"[0-9]{6}", taken["unit_postcode"]):
        errors["unit_postcode"] = "邮政编码是 6 位数字，请改正。"
    kept = {}
    for channel in facts.CHANNELS:
        words = tidy_lines(channels.get(channel.key, ""))
        if len(words) > HOW_TO:
            errors[f"channel_{channel.key}"] = f"“{channel.name}”的办法最多 {HOW_TO} 个字，请缩短。"
        if words:
            kept[channel.key] = words
        elif channel.basic and body.intake_channels.get(channel.key):
            errors[f"channel_{channel.key}"] = f"“{channel.name}”是基本渠道，不能取消，请写明办法。"
    if errors:
        raise BadForm(errors)
    before = {**{k: getattr(body, k) for k in facts.UNIT}, "intake_channels": body.intake_channels}
    _set(body, {**taken, "intake_channels": kept})
    changed = [name for field, (name, _) in facts.UNIT.items() if before[field] != taken[field]]
    if before["intake_channels"] != kept:
        changed.append("受理渠道")
    return _changed(body, changed, {"before": before})


@act("agencies.change_site_facts", "{actor}修改了{subject}的网站信息：{changed}", title="修改网站信息")
def change_site_facts(actor: Actor, body: Body, values: Mapping[str, str]) -> Done[None]:
    """What the website has to carry in its foot, and the host it answers to."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    taken = required({k: values.get(k, "") for k in facts.SITE}, facts.SITE, frozenset(facts.SITE))
    errors = {}
    taken["host"] = taken["host"].lower()
    if taken["host"] and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", taken["host"]):
        errors["host"] = "网站域名写成 www.example.gov.cn 这样，不带 http:// 和斜杠。"
    elif taken["host"] and Body.objects.filter(host=taken["host"]).exclude(pk=body.pk).exists():
        errors["host"] = "这个域名已经有别的机关在用，请核对。"
    if taken["site_code"] and not re.fullmatch(r"[0-9A-Za-z]{10}", taken["site_code"]):
        errors["site_code"] = "网站标识码是 10 位，请照党政机关网站标识填写。"
    taken["credit_code"] = taken["credit_code"].upper()
    if taken["credit_code"] and not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", taken["credit_code"]):
        errors["credit_code"] = "统一社会信用代码是 18 位数字和大写字母，请改正。"
    if errors:
        raise BadForm(errors)
    before = {k: getattr(body, k) for k in facts.SITE}
    _set(body, taken)
    return _changed(body, [facts.SITE[k][0] for k in facts.SITE if before[k] != taken[k]], {"before": before})


@act("agencies.change_mark", "{actor}更换了{subject}的网站标志", title="更换网站标志")
def change_mark(actor: Actor, body: Body, data: bytes) -> Done[None]:
    """A picture beside the body's name; without data it is taken away. What is kept is a picture made anew from it."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    if not data:
        if not Mark.objects.filter(body=body).delete()[0]:
            raise NotPossible("还没有网站标志，不用取消。")
        return Done(None, body.slug, body_subject(body))
    png = _png(data)
    digest = f"sha256:{hashlib.sha256(png).hexdigest()}"
    Mark.objects.update_or_create(body=body, defaults={"png": png, "digest": digest})
    return Done(None, body.slug, body_subject(body), fixed={"digest": digest})


@act(
    "agencies.change_sign_in_rule", "{actor}把{subject}的动态口令要求改为“{rule}”，本机关网络为 {networks}", title="修改登录规定"
)
def change_sign_in_rule(actor: Actor, body: Body, *, rule: str, networks: str) -> Done[None]:
    """When the second factor is asked for, and which networks are the office's own (one per line, CIDR)."""
    require_administrator(actor, body, Role.SECURITY_ADMINISTRATOR)
    errors = {}
    lines = [line.strip() for line in networks.replace("，", "\n").replace(",", "\n").splitlines() if line.strip()]
    wrong = [line for line in lines if network(line) is None]
    if wrong:
        errors["networks"] = f"“{wrong[0]}”不是网段。写成 10.1.0.0/16 或者 10.1.2.3 这样，一行一个。"
    elif len(lines) > NETWORKS:
        errors["networks"] = f"最多写 {NETWORKS} 个网段，请合并。"
    elif any(n is not None and n.prefixlen == 0 for n in map(network, lines)):
        errors["networks"] = "0.0.0.0/0 和 ::/0 包括整个互联网，不能算本机关的网络。"
    if rule not in SecondFactorRule.values:
        errors["rule"] = "请选择什么时候要求动态口令。"
    elif rule == SecondFactorRule.OUTSIDE and not lines:
        errors["networks"] = "选“外网登录才要求”时，请写明本机关的网段；没有固定网段的，请选“一律要求”。"
    if errors:
        raise BadForm(errors)
    _set(body, {"second_factor": rule, "networks": [str(network(line)) for line in lines]})
    words = {"rule": SecondFactorRule(rule).label, "networks": "、".join(body.networks) or "（没有）"}
    return Done(None, body.slug, body_subject(body), words=words)


def _by(actor: Actor, body: Body, *roles: Role) -> None:
    if actor.kind is not ActorKind.INSTALLATION:
        require(actor, body, *roles)


def _set(body: Body, values: Mapping[str, object]) -> None:
    for field, value in values.items():
        setattr(body, field, value)
    body.save(update_fields=list(values))


def _changed(body: Body, names: list[str], fixed: Mapping[str, object]) -> Done[None]:
    if not names:
        raise NotPossible("内容和原来一样，没有要保存的。")
    return Done(None, body.slug, body_subject(body), words={"changed": "、".join(names)}, fixed=fixed)


def _png(data: bytes) -> bytes:
    """The picture, small and without anything hidden in it. BadForm when it is none."""
    if len(data) > MARK_BYTES:
        raise BadForm({"mark": f"图片超过 {MARK_BYTES // 1024 // 1024} MB，请缩小后再上传。"})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP", "BMP"))
            if picture.width * picture.height > MARK_PIXELS:
                raise BadForm({"mark": "图片的尺寸太大，请缩小后再上传。"})
            picture.load()
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise BadForm({"mark": "这不是能打开的图片。请上传 PNG、JPEG、GIF、WEBP 或者 BMP 图片。"}) from None
    drawn.thumbnail((MARK_SIDE, MARK_SIDE))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()
