"""With which categories, review steps and index numbers does a new body begin?"""

from __future__ import annotations

import tomllib
from pathlib import Path

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import index_numbers
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.models import Category, Practice
from gongkai_web.trail import acts

FILE = Path(__file__).parent / "data" / "categories.toml"
STEPS = (
    ("科室审核", Role.DEPARTMENT_REVIEWER),
    ("保密审查", Role.SECRECY_OFFICER),
    ("分管领导签发", Role.SIGNING_LEADER),
)


def install(body: Body) -> int:
    """Give a body that has none its categories and its arrangement, inside the act that makes it; how many categories."""
    if not acts.running():
        raise RuntimeError("the defaults are installed inside an act")
    steps = [{"title": title, "role": role.value} for title, role in STEPS]
    pattern = index_numbers.STANDARD if body.organisation_code or not body.credit_code else "{credit}/{year}-{serial:05}"
    Practice.objects.get_or_create(body=body, defaults={"index_pattern": pattern, "steps": steps})
    if Category.objects.filter(body=body).exists():
        return 0
    made: dict[str, Category] = {}
    for position, entry in enumerate(tomllib.loads(FILE.read_text(encoding="utf-8"))["category"], start=1):
        made[entry["key"]] = Category.objects.create(
            body=body,
            parent=made.get(entry.get("parent", "")),
            key=entry["key"],
            name=entry["name"],
            position=position,
            summary=entry.get("summary", ""),
            bases=entry["bases"],
            period=entry.get("period", "publish.limit"),
            required=entry.get("required", []),
        )
    changed(body)
    return len(made)
