"""Which steps does the review of an item have?"""

from __future__ import annotations

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.reviews import StepPlan
from gongkai_web.publishing.kinds import POLICIES
from gongkai_web.publishing.models import Attribute, Draft, Item, Practice

UNIT_STEP = StepPlan("公开工作机构审核", Role.UNIT_HEAD)
STANDARD_STEPS = (
    StepPlan("科室审核", Role.DEPARTMENT_REVIEWER),
    StepPlan("保密审查", Role.SECRECY_OFFICER),
    StepPlan("分管领导签发", Role.SIGNING_LEADER),
)


def steps_for(item: Item, draft: Draft) -> tuple[StepPlan, ...]:
    """The review steps of an item: its category's, else its body's, else the standard ones; the disclosure unit first where it must be."""
    practice: Practice | None = getattr(item.body, "practice", None)
    listed = item.category.steps or (practice.steps if practice else [])
    steps = tuple(StepPlan(s["title"], Role(s["role"])) for s in listed) or STANDARD_STEPS
    asks_unit = draft.attribute == Attribute.WITHHELD and item.kind in POLICIES
    return (UNIT_STEP, *steps) if asks_unit and steps[0].role is not Role.UNIT_HEAD else steps
