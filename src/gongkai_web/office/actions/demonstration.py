"""Which acts does only the demo office know?

They make what everybody may know – a password that is printed – and refuse wherever an office is real.
"""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from gongkai_web.accounts.models import Person
from gongkai_web.agencies.models import Body
from gongkai_web.flow import installation
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.models import Category, Channel
from gongkai_web.trail.actors import INSTALLATION, Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed


@act("office.demo.open_accounts", "{actor}给{subject}的 {count} 个演示账号设了公布的密码", title="开通演示账号")
def open_accounts(actor: Actor, body_id: int, password: str) -> Done[int]:
    """Give everybody the printed password. It is no secret, so one hash serves all."""
    body = _demo_body(actor, body_id)
    hashed = make_password(password)
    count = Person.objects.update(password=hashed, must_change_password=False, password_changed_at=clock.now())
    return Done(count, body.slug, _subject(body), words={"count": str(count)})


@act("office.demo.send_elsewhere", "{actor}把{subject}的“{category}”栏目设为移交其他网站发布", title="设定演示栏目的发布方式")
def send_elsewhere(actor: Actor, body_id: int, key: str) -> Done[Category]:
    """Let one category be published on another site, by hand-over."""
    body = _demo_body(actor, body_id)
    category = Category.objects.get(body=body, key=key)
    category.channel = Channel.ELSEWHERE
    category.save(update_fields=["channel"])
    changed(body)
    return Done(category, body.slug, _subject(body), words={"category": category.name})


def _demo_body(actor: Actor, body_id: int) -> Body:
    if actor != INSTALLATION or not installation.is_demo():
        raise NotAllowed("这件事只在制作演示数据时办理。")
    return Body.objects.get(pk=body_id)


def _subject(body: Body) -> Subject:
    return Subject("body", str(body.pk), body.name)
