"""How are the acts called that are about how things go out and are read?"""

from __future__ import annotations

from gongkai_web.agencies.roles import Role
from tests.web.acts_examples.call import Example, call

HEAD = Role.UNIT_HEAD

EXAMPLES: dict[str, Example] = {
    "visits.footer.show": lambda b: call(b.actor(HEAD), b.body.pk, shown=True),
}
