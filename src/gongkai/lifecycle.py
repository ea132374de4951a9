"""Which event leads from which state to which, who may cause it, and by which rule of law?

A table is data: from it come the diagram, the acts that are open in a state, the sentence of refusal, and the test that walks every
row. A row names its legal basis by the key of a provision, so that its article and its mark are those of the law of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gongkai.errors import BadData, BadInput

START = "（开始）"


class NotPossible(BadInput):
    """An event that cannot happen now; the text says why not and what can be done."""


class Who(StrEnum):
    """Who causes an event."""

    APPLICANT = "申请人"
    UNIT = "政府信息公开工作机构"
    UNIT_HEAD = "政府信息公开工作机构负责人"
    THIRD_PARTY = "第三方"
    AGENCY = "其他机关"
    DEPARTMENT = "承办处室"
    APPROVER = "审批人"
    TIME = "期限届满"


@dataclass(frozen=True, slots=True)
class Transition:
    """In ``state``, ``event`` leads to ``next``. ``basis`` is the key of a provision; empty where only good order asks for the step."""

    state: str
    event: str
    next: str
    who: Who
    basis: str = ""


@dataclass(frozen=True)
class Table:
    """A small machine: its states in reading order, the first rows leaving from START, and the states in which it ends.

    ``titles`` maps each event to its Chinese name. Raises BadData when the table contradicts itself.
    """

    name: str
    title: str
    states: tuple[str, ...]
    finals: frozenset[str]
    transitions: tuple[Transition, ...]
    titles: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        known = {START, *self.states}
        rows = [(t.state, t.event) for t in self.transitions]
        for t in self.transitions:
            if t.state not in known or t.next not in self.states:
                raise BadData(f"流程表“{self.title}”的“{t.event}”提到了没有列出的状态，请补上。")
            if t.state in self.finals:
                raise BadData(f"流程表“{self.title}”的“{t.state}”是终点，却还能发生“{t.event}”，请改正。")
            if rows.count((t.state, t.event)) > 1:
                raise BadData(f"流程表“{self.title}”在“{t.state}”对“{t.event}”写了两种结果，请删去一种。")
            if t.event not in dict(self.titles):
                raise BadData(f"流程表“{self.title}”的“{t.event}”没有中文名称，请补上。")
        for state in self.states:
            if not any(t.next == state for t in self.transitions):
                raise BadData(f"流程表“{self.title}”永远到不了“{state}”，请补上走法或删去状态。")
            if state not in self.finals and not self.open_in(state):
                raise BadData(f"流程表“{self.title}”的“{state}”走不出去又不是终点，请补上走法。")

    @property
    def events(self) -> tuple[str, ...]:
        """Every event of the table, each once, in the order of the rows."""
        return tuple(dict.fromkeys(t.event for t in self.transitions))

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Transition]:
        return {(t.state, t.event): t for t in self.transitions}

    def title_of(self, event: str) -> str:
        return dict(self.titles)[event]

    def open_in(self, state: str) -> tuple[Transition, ...]:
        """What can happen in a state: the buttons of a screen."""
        return tuple(t for t in self.transitions if t.state == state)

    def allows(self, state: str, event: str) -> bool:
        """Whether the event can happen in the state."""
        return (state, event) in self._rows

    def follow(self, state: str, event: str) -> Transition:
        """The row for an event in a state. Raises NotPossible with the reason and what can be done instead."""
        row = self._rows.get((state, event))
        if row is not None:
            return row
        name = self.title_of(event) if event in dict(self.titles) else event
        possible = "、".join(dict.fromkeys(self.title_of(t.event) for t in self.open_in(state)))
        if state == START:
            raise NotPossible(f"{self.title}还没有开始，不能“{name}”。现在可以：{possible}。")
        if not possible:
            raise NotPossible(f"{self.title}已经是“{state}”，不能再“{name}”。如果登记有误，请更正原来的记录。")
        raise NotPossible(f"{self.title}现在是“{state}”，不能“{name}”。现在可以：{possible}。")

    def walk(self, events: Sequence[str]) -> str:
        """The state after these events. Raises NotPossible at the first that cannot happen."""
        state = START
        for event in events:
            state = self.follow(state, event).next
        return state

    def mermaid(self) -> str:
        """The table as a mermaid state diagram; several events between two states share one arrow."""
        names = {state: f"s{i}" for i, state in enumerate(self.states)}
        lines = ["stateDiagram-v2", *(f'    state "{state}" as {name}' for state, name in names.items())]
        arrows: dict[tuple[str, str], list[str]] = {}
        for t in self.transitions:
            arrows.setdefault((t.state, t.next), []).append(self.title_of(t.event))
        for (state, following), titles in arrows.items():
            source = "[*]" if state == START else names[state]
            lines.append(f"    {source} --> {names[following]}: {'、'.join(titles)}")
        lines += [f"    {names[state]} --> [*]" for state in self.states if state in self.finals]
        return "\n".join(lines) + "\n"
