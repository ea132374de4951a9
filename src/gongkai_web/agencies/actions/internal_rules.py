"""Which rules has the body made for its disclosure work (制度)?

The unit head puts them in force, changes and repeals them; the text is cleaned once, on the way in.
"""

from __future__ import annotations

import datetime as dt

import nh3

from gongkai_web.agencies.models import Body, InternalRule
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import require
from gongkai_web.agencies.texts import required, straight
from gongkai_web.trail.actors import Actor, ActorKind, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.digests import digest
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible

FIELDS = {"title": ("名称", 120), "number": ("文号", 60)}
TAGS = frozenset("p br h2 h3 h4 ol ul li strong b em u table thead tbody tr th td caption sub sup".split())
ATTRIBUTES = {"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}, "ol": {"start"}}
LONGEST = 200_000


@act("agencies.adopt_rule", "{actor}登记了制度《{subject}》", title="登记制度")
def adopt(actor: Actor, body: Body, *, title: str, number: str, html: str, adopted_on: dt.date) -> Done[InternalRule]:
    """A rule in force from the day it was made."""
    _by(actor, body)
    taken = _taken(title, number, html, adopted_on)
    made = InternalRule.objects.create(body=body, changed_at=clock.now(), **taken)
    return Done(made, body.slug, _subject(made), fixed={"digest": digest(made.html.encode(), "sha256")}, happened_on=adopted_on)


@act("agencies.amend_rule", "{actor}修改了制度《{subject}》", title="修改制度")
def amend(actor: Actor, rule: InternalRule, *, title: str, number: str, html: str, adopted_on: dt.date) -> Done[None]:
    """Another text; the digests before and after stand in the trail."""
    _by(actor, rule.body)
    _in_force(rule)
    before = digest(rule.html.encode(), "sha256")
    for field, value in {**_taken(title, number, html, adopted_on), "changed_at": clock.now()}.items():
        setattr(rule, field, value)
    rule.save()
    return Done(None, rule.body.slug, _subject(rule), fixed={"before": before, "digest": digest(rule.html.encode(), "sha256")})


@act("agencies.repeal_rule", "{actor}登记制度《{subject}》自 {day} 起废止", title="废止制度")
def repeal(actor: Actor, rule: InternalRule, *, on: dt.date) -> Done[None]:
    """No longer in force from the day on; it stays on record."""
    _by(actor, rule.body)
    _in_force(rule)
    if on < rule.adopted_on:
        raise BadForm({"on": "废止日期不能早于制定日期，请改正。"})
    rule.repealed_on = on
    rule.changed_at = clock.now()
    rule.save(update_fields=["repealed_on", "changed_at"])
    return Done(None, rule.body.slug, _subject(rule), words={"day": on.isoformat()})


def cleaned(html: str) -> str:
    """The text with what belongs to a rule, and nothing that runs, loads, leads elsewhere or turns the direction of writing."""
    allowed = {k: set(v) for k, v in ATTRIBUTES.items()}
    return straight(nh3.clean(html, tags=set(TAGS), attributes=allowed, link_rel=None)).strip()


def from_plain(text: str) -> str:
    """A text without tags as paragraphs."""
    lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
    return "".join(f"<p>{nh3.clean_text(line).replace('&#32;', ' ')}</p>" for line in lines if line)


def _taken(title: str, number: str, html: str, adopted_on: dt.date) -> dict[str, object]:
    errors = {}
    taken: dict[str, object] = {}
    try:
        taken.update(required({"title": title, "number": number}, FIELDS, frozenset({"number"})))
    except BadForm as form:
        errors.update(form.errors)
    if len(html) > LONGEST:
        errors["html"] = f"正文太长，最多 {LONGEST} 个字符。请删去多余的格式后再粘贴。"
    else:
        taken["html"] = cleaned(html)
        if not nh3.clean(html, tags=set()).strip():
            errors["html"] = "请填写正文。"
    if adopted_on > clock.today():
        errors["adopted_on"] = "制定日期不能晚于今天，请改正。"
    taken["adopted_on"] = adopted_on
    if errors:
        raise BadForm(errors)
    return taken


def _by(actor: Actor, body: Body) -> None:
    if actor.kind is not ActorKind.INSTALLATION:
        require(actor, body, Role.UNIT_HEAD)


def _in_force(rule: InternalRule) -> None:
    if rule.repealed_on is not None:
        raise NotPossible(f"制度《{rule.title}》已经废止，不能再改。")


def _subject(rule: InternalRule) -> Subject:
    return Subject("internal_rule", str(rule.pk), rule.title)
