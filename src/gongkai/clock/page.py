"""How does a deadline with its working read in Chinese?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.calendar import Calendar, DayKind
from gongkai.clock.deadline import Adds, Deadline, State, Step
from gongkai.kernel import Mark

ONE_DAY = dt.timedelta(days=1)
BADGE = "【未核实】"


def headline(deadline: Deadline) -> str:
    """The deadline in one line: title, day, state, days used and left, and what must be known of it."""
    name = f"{deadline.title}（{deadline.subject}）" if deadline.subject else deadline.title
    badges = ("【本级要求】" if deadline.local else "") + (BADGE if deadline.mark is Mark.UNVERIFIED else "")
    words = [deadline.state.value]
    if deadline.done and deadline.state in {State.MET, State.LATE}:
        words.append(f"{deadline.done}完成")
    counted = "个工作日" if deadline.unit is Adds.WORKING_DAYS else "日"
    if deadline.used is not None:
        words.append(f"已用{deadline.used}{counted}")
    if deadline.left is not None and deadline.state is not State.OVERDUE:
        words.append(f"还剩{deadline.left}{counted}")
    elif deadline.left:
        words.append(f"已超过{-deadline.left}{counted}")
    provisional = deadline.provisional_words()
    if provisional:
        words.append(provisional)
    return f"{name}{badges}：{deadline.due or '没有截止日'}（{'，'.join(words)}）"


def working(deadline: Deadline, calendar: Calendar) -> tuple[str, ...]:
    """The steps in words, each with its articles and marks, then the remarks. The calendar names the days passed over."""
    lines = [f"{number}. {_step(step, calendar)}" for number, step in enumerate(deadline.steps, 1)]
    if deadline.consequence:
        lines.append(f"后果：{deadline.consequence.rstrip('。')}。")
    lines += [f"注意：{note.words}{BADGE if note.mark is Mark.UNVERIFIED else ''}" for note in deadline.notes]
    return tuple(lines)


def _step(step: Step, calendar: Calendar) -> str:
    cited = "；".join(f"{c}，{c.mark.value}" for c in step.citations)
    cited = f"（{cited}）" if cited else ""
    if step.adds is Adds.FACT:
        return f"{step.start}，{step.words}。{cited}"
    passed = _passed(step, calendar) if step.adds is Adds.WORKING_DAYS else ""
    return f"{step.words}，到{step.end}。{passed}{cited}"


def _passed(step: Step, calendar: Calendar) -> str:
    """The holidays passed over and the make-up days counted; ordinary weekends go without saying."""
    holidays, made_up = [], []
    day = step.start + ONE_DAY
    while day <= step.end:
        kind = calendar.kind(day)
        if kind is DayKind.HOLIDAY:
            holidays.append(day)
        if kind is DayKind.MAKE_UP:
            made_up.append(day)
        day += ONE_DAY
    words = []
    if holidays:
        words.append(f"跳过放假日{_ranges(holidays)}")
    if made_up:
        words.append(f"调休上班{'、'.join(map(str, made_up))}计算在内")
    return f"{'，'.join(words)}。" if words else ""


def _ranges(days: Sequence[dt.date]) -> str:
    spans: list[list[dt.date]] = []
    for day in days:
        if spans and day == spans[-1][-1] + ONE_DAY:
            spans[-1].append(day)
        else:
            spans.append([day])
    return "、".join(f"{span[0]}至{span[-1]}" if span[0] != span[-1] else str(span[0]) for span in spans)


def in_order(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """What runs first, by its day; then what waits; then what is over."""
    alive = {State.OVERDUE: 0, State.RUNNING: 0, State.PAUSED: 0, State.NOT_STARTED: 1}
    return tuple(sorted(deadlines, key=lambda d: (alive.get(d.state, 2), d.due or dt.date.max)))
