"""How are the acts of the server's own commands called?"""

from __future__ import annotations

from gongkai_web.agencies.roles import Role
from gongkai_web.flow import installation
from gongkai_web.flow.models import Installation
from gongkai_web.office.plans import Named, Plan
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau

PLAN = Plan(
    name="临汐县司法局",
    slug="linxi-sfj",
    administrators={
        Role.SYSTEM_ADMINISTRATOR: Named("白望之", "bai"),
        Role.SECURITY_ADMINISTRATOR: Named("卫清和", "wei"),
        Role.AUDITOR: Named("云出岫", "yun"),
    },
    departments=("办公室",),
)
PASSWORDS = {"bai": "aaaa-bbbb-cccc-dddd", "wei": "eeee-ffff-gggg-hhhh", "yun": "jjjj-kkkk-mmmm-nnnn"}
MANIFEST = {"id": "0", "made_at": "2026-03-02T02:30:00+08:00", "version": "0.1.0", "engine": "sqlite", "trail": {}}


def demo(b: Bureau, *args: object) -> Call:
    if not Installation.objects.exists():
        installation.found(installation.DEMO)
    installation.forget()
    return call(INSTALLATION, b.body.pk, *args)


EXAMPLES: dict[str, Example] = {
    "office.found": lambda _: call(INSTALLATION, PLAN, PASSWORDS, installation.REAL, clock.today()),
    "office.guards.repair": lambda _: call(INSTALLATION, ("trail_entry_kept",)),
    "office.restore": lambda _: call(INSTALLATION, MANIFEST),
    "office.demo.open_accounts": lambda b: demo(b, "演示口令-2026"),
    "office.demo.send_elsewhere": lambda b: demo(b, "news"),
}
