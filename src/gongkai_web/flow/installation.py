"""Is there an office here, and is it a real one?"""

from __future__ import annotations

from gongkai.errors import BadInput
from gongkai_web.flow.models import Installation, InstallationKind
from gongkai_web.ui import clock

REAL = InstallationKind.REAL.value
DEMO = InstallationKind.DEMO.value

_known: dict[str, str] = {}


def kind() -> str:
    """REAL, DEMO, or "" when no office has been made here. It never changes once it is there, so it is asked for only until then."""
    if "kind" not in _known:
        found = Installation.objects.filter(pk=1).values_list("kind", flat=True).first()
        if found is None:
            return ""
        _known["kind"] = found
    return _known["kind"]


def exists() -> bool:
    """Whether there is an office here, not only the report desk."""
    return bool(kind())


def is_demo() -> bool:
    """Whether every page has to say 演示数据."""
    return kind() == DEMO


def forget() -> None:
    """Ask anew: for tests, and after a restore."""
    _known.clear()


def refuse_unless_new() -> None:
    """BadInput when an office is here already, in words that fit its kind. To be called before anything is written."""
    forget()
    there = kind()
    if there == DEMO:
        raise BadInput("这个数据文件夹里是演示数据，演示数据不能与正式数据放在一起。请用 --data 换一个空文件夹。")
    if there == REAL:
        raise BadInput("这个数据文件夹里已经有一个正式的单位，没有改动任何内容。要另建，请用 --data 换一个空文件夹。")


def found(kind: str) -> Installation:
    """Make the one row, inside the act that makes the first body; ``kind`` is REAL or DEMO."""
    return Installation.objects.create(pk=1, kind=InstallationKind(kind).value, founded_at=clock.now())
