"""Does a transition table hold together, refuse in words and draw itself?"""

from __future__ import annotations

import pytest

from gongkai.errors import BadData
from gongkai.lifecycle import START, NotPossible, Table, Transition, Who

TITLES = (("open", "打开"), ("shut", "关上"), ("break", "弄坏"))
DOOR = Table(
    "door",
    "门",
    ("关着", "开着", "坏了"),
    frozenset({"坏了"}),
    (
        Transition(START, "open", "开着", Who.UNIT),
        Transition("开着", "shut", "关着", Who.UNIT),
        Transition("关着", "open", "开着", Who.UNIT),
        Transition("开着", "break", "坏了", Who.TIME),
    ),
    TITLES,
)


def test_walk__possible_events__ends_where_the_rows_lead() -> None:
    assert DOOR.walk(["open", "shut", "open", "break"]) == "坏了"


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (["shut"], "门还没有开始，不能“关上”。现在可以：打开。"),
        (["open", "open"], "门现在是“开着”，不能“打开”。现在可以：关上、弄坏。"),
        (["open", "break", "open"], "门已经是“坏了”，不能再“打开”"),
    ],
)
def test_walk__impossible_event__is_refused_with_what_is_possible(events: list[str], words: str) -> None:
    with pytest.raises(NotPossible) as refusal:
        DOOR.walk(events)
    assert words in str(refusal.value)


def test_mermaid__every_row__is_drawn() -> None:
    assert DOOR.mermaid() == (
        "stateDiagram-v2\n"
        '    state "关着" as s0\n'
        '    state "开着" as s1\n'
        '    state "坏了" as s2\n'
        "    [*] --> s1: 打开\n"
        "    s1 --> s0: 关上\n"
        "    s0 --> s1: 打开\n"
        "    s1 --> s2: 弄坏\n"
        "    s2 --> [*]\n"
    )


ROW = Transition(START, "open", "开着", Who.UNIT)


@pytest.mark.parametrize(
    ("states", "finals", "rows", "words"),
    [
        (("开着",), {"开着"}, (Transition(START, "open", "半开", Who.UNIT),), "没有列出的状态"),
        (("开着",), {"开着"}, (ROW, Transition("开着", "open", "开着", Who.UNIT)), "是终点，却还能发生"),
        (("开着",), set(), (ROW, Transition("开着", "open", "开着", Who.UNIT), ROW), "写了两种结果"),
        (("开着",), {"开着"}, (Transition(START, "paint", "开着", Who.UNIT),), "没有中文名称"),
        (("开着", "关着"), {"开着", "关着"}, (ROW,), "永远到不了“关着”"),
        (("开着",), set(), (ROW,), "走不出去又不是终点"),
    ],
)
def test_table__that_contradicts_itself__is_refused(
    states: tuple[str, ...], finals: set[str], rows: tuple[Transition, ...], words: str
) -> None:
    with pytest.raises(BadData, match=words):
        Table("door", "门", states, frozenset(finals), rows, TITLES)
