"""Who acts, and on what: as the trail names them, independent of any table?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """In which capacity somebody acts."""

    STAFF = "staff"
    APPLICANT = "applicant"
    PUBLIC = "public"
    TIMER = "timer"
    IMPORT = "import"
    INSTALLATION = "installation"


ACTOR_WORDS = {
    ActorKind.STAFF: "工作人员",
    ActorKind.APPLICANT: "申请人",
    ActorKind.PUBLIC: "公众",
    ActorKind.TIMER: "定时执行",
    ActorKind.IMPORT: "导入",
    ActorKind.INSTALLATION: "服务器命令",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``id`` is the key of the person; a timer and an import carry the person who set them going."""

    kind: ActorKind
    id: str
    name: str

    def as_timer(self) -> Actor:
        """The same person's act, carried out at the time they set."""
        return Actor(ActorKind.TIMER, self.id, self.name)

    def as_import(self) -> Actor:
        """The same person's act, carried out over many rows."""
        return Actor(ActorKind.IMPORT, self.id, self.name)


INSTALLATION = Actor(ActorKind.INSTALLATION, "", "服务器管理员")
"""Whoever runs a command on the server itself."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on: the kind and key of a record, and its name as shown that day."""

    kind: str
    id: str
    name: str
