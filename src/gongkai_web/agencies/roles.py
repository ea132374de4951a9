"""Which roles can a person have at a body?"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """A role at a body."""

    CLERK = "clerk"
    DEPARTMENT_REVIEWER = "department_reviewer"
    SECRECY_OFFICER = "secrecy_officer"
    SIGNING_LEADER = "signing_leader"
    UNIT_HEAD = "unit_head"
    SUPERIOR = "superior"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"


ROLE_WORDS = {
    Role.CLERK: "经办人",
    Role.DEPARTMENT_REVIEWER: "科室负责人",
    Role.SECRECY_OFFICER: "保密审查员",
    Role.SIGNING_LEADER: "分管领导",
    Role.UNIT_HEAD: "公开工作机构负责人",
    Role.SUPERIOR: "上级主管",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDITOR: "审计员",
}

SEPARATE = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
"""No person holds two of these three, unless the body is tiny and the trail says so."""

CONTENT = frozenset({Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.SECRECY_OFFICER, Role.SIGNING_LEADER, Role.UNIT_HEAD})
"""Roles that see drafts; the three administrators do not."""


def clashing(roles: Collection[Role]) -> frozenset[Role]:
    """What of these may not meet in one person, unless the body is tiny: two of the three, or one of them and a content role."""
    administering = SEPARATE.intersection(roles)
    content = CONTENT.intersection(roles) if administering else frozenset()
    return administering | content if content or len(administering) > 1 else frozenset()
