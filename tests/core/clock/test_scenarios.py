"""Does every scenario come out as told, and do its printed steps add up?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.calendar import Calendar, published
from gongkai.clock import Deadline, consultations
from gongkai.kernel import Mark
from gongkai.lifecycle import NotPossible
from gongkai.procedure import Party
from tests.core.clock.checker import complaint
from tools.clock_pages import Scenario, scenarios

EVERY = scenarios()


def differences(told: Scenario) -> list[str]:
    """Every way in which what is seen differs from what the scenario says must be seen."""
    found = []
    for moment in told.moments:
        try:
            seen = {(d.key, d.subject): d for d in told.seen(moment)}
        except NotPossible as refusal:
            if not told.refusal or told.refusal not in str(refusal):
                found.append(str(refusal))
            continue
        if told.refusal:
            found.append(f"not refused: {told.refusal}")
        for expected in moment.expected:
            found += _compared(expected, seen)
        found += [text for d in seen.values() if (text := complaint(d, told.calendar(moment).is_working_day))]
    return found


def _compared(expected: dict[str, Any], seen: dict[tuple[str, str], Deadline]) -> list[str]:
    name = (expected["key"], expected.get("subject", ""))
    deadline = seen.get(name)
    if expected.get("absent"):
        return [f"{name} is there"] if deadline else []
    if deadline is None:
        return [f"{name} is missing"]
    got = {
        "state": deadline.state.value,
        "due": deadline.due,
        "done": deadline.done,
        "used": deadline.used,
        "left": deadline.left,
        "provisional": list(deadline.provisional),
        "consequence": deadline.consequence,
    }
    wrong = [f"{name} {k}: {got[k]!r}, not {v!r}" for k, v in expected.items() if k in got and got[k] != v]
    wrong += [f"{name} {k}: {got[k]!r}, not nothing" for k in ("due", "done") if k not in expected and got[k] is not None]
    if (deadline.mark is Mark.UNVERIFIED) != (expected.get("mark") == "未核实"):
        wrong.append(f"{name} mark: {deadline.mark}")
    return wrong


@pytest.mark.parametrize("told", EVERY, ids=[t.name for t in EVERY])
def test_scenario__every_moment__is_seen_as_told_and_adds_up(told: Scenario) -> None:
    assert differences(told) == []


def test_scenarios__are_many_and_each_expects_something() -> None:
    assert len(EVERY) >= 50
    for told in EVERY:
        assert told.refusal or all(moment.expected for moment in told.moments)
        assert told.title
        assert told.about.endswith("。")
    assert len({told.title for told in EVERY}) == len(EVERY)


def test_scenarios__steps_of_published_years__add_up_by_the_published_calendar_alone() -> None:
    works = published().is_working_day
    for told in EVERY:
        for moment in told.moments:
            if told.refusal or moment.known_at or moment.unpublished:
                continue
            for deadline in told.seen(moment):
                if not deadline.provisional:
                    assert complaint(deadline, works) == ""


def test_mutant__counting_the_day_of_receipt__is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Calendar.nth
    monkeypatch.setattr(Calendar, "nth", lambda self, after, days: right(self, after - dt.timedelta(days=1), days))
    caught = [told.name for told in EVERY if differences(told)]
    assert len(caught) > len(EVERY) / 2
    assert any("ends on" in text for told in EVERY for text in differences(told))  # the checker alone sees it, too


def test_mutant__swapping_the_two_silences__is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = consultations.silence
    other = {Party.THIRD_PARTY: Party.COMAKER, Party.COMAKER: Party.THIRD_PARTY, Party.AGENCY: Party.AGENCY}
    monkeypatch.setattr(consultations, "silence", lambda party: right(other[party]))
    caught = {told.name for told in EVERY if differences(told)}
    assert {"third_party_silent", "comaker_silent", "third_party_and_comaker_silent"} <= caught


def test_mutant__swapping_the_two_silences_in_the_tables__is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = consultations.tables.CONSULTATIONS
    swapped = {**right, Party.THIRD_PARTY: right[Party.COMAKER], Party.COMAKER: right[Party.THIRD_PARTY]}
    monkeypatch.setattr(consultations.tables, "CONSULTATIONS", swapped)
    assert {"third_party_silent", "comaker_silent"} <= {told.name for told in EVERY if differences(told)}


def test_silence__of_another_agency__means_nothing() -> None:
    assert consultations.silence(Party.AGENCY) == ""
