"""How is the act that takes in a row of an older site called?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.agencies import actors
from gongkai_web.agencies.models import Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving
from gongkai_web.publishing.actions.importing import Signed
from gongkai_web.publishing.importing.rows import Row
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau


def entered(b: Bureau) -> Call:
    content = {"title": "关于公证便民的通知", "html": "<p>现将有关事项通知如下。</p>", "summary": "公证便民活动的安排。"}
    row = Row(2, content, b.category("notices"), dt.date(2021, 3, 5), digest="sha256:0")
    scan = receiving.receive(b.actor(Role.UNIT_HEAD), b.body, "登记表扫描件".encode(), "登记表.txt")
    signed = Signed("7K3M-P9QT", b.person(Role.UNIT_HEAD).pk, clock.today(), scan.digest)
    person = b.person(Role.SECRECY_OFFICER)
    Membership.objects.create(person=person, body=b.body, role=Role.CLERK, from_day=clock.today())
    return call(actors.staff(person).as_import(), b.body.pk, row, [], signed)


EXAMPLES: dict[str, Example] = {"publishing.import.enter": entered}
