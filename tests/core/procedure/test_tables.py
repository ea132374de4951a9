"""Are the tables of the procedure complete, lawful and reachable, row by row?"""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from gongkai import law
from gongkai.lifecycle import START, NotPossible, Table, Who
from gongkai.procedure import Kind, tables
from gongkai.procedure.kinds import CARDS
from gongkai.procedure.other_requests import OTHER_REQUESTS

EVERY = (tables.MAIN, *tables.ATTACHED, *OTHER_REQUESTS)


@pytest.mark.parametrize("table", EVERY, ids=[t.name for t in EVERY])
def test_table__every_pair_of_state_and_event__is_a_row_or_a_refusal(table: Table) -> None:
    rows = {(t.state, t.event): t.next for t in table.transitions}
    for state, event in product((START, *table.states), table.events):
        if (state, event) in rows:
            assert table.follow(state, event).next == rows[state, event]
        else:
            with pytest.raises(NotPossible, match=r"。$"):
                table.follow(state, event)


@pytest.mark.parametrize("table", EVERY, ids=[t.name for t in EVERY])
def test_table__every_state__is_reached_from_the_start_and_leads_to_an_end(table: Table) -> None:
    reached, frontier = {START}, {START}
    while frontier:
        frontier = {t.next for t in table.transitions if t.state in frontier} - reached
        reached |= frontier
    assert reached == {START, *table.states}
    if table.finals:
        for state in table.states:
            seen, frontier = {state}, {state}
            while frontier:
                frontier = {t.next for t in table.transitions if t.state in frontier} - seen
                seen |= frontier
            assert seen & table.finals


@pytest.mark.parametrize("table", EVERY, ids=[t.name for t in EVERY])
def test_table__every_basis__is_a_provision_in_force_today(table: Table) -> None:
    for t in table.transitions:
        if t.basis:
            assert law.at(dt.date(2026, 1, 1), t.basis).article


def test_kinds__every_kind__has_a_card_and_a_place_in_the_main_table() -> None:
    assert [card.kind for card in CARDS] == list(Kind)
    assert len({card.title for card in CARDS}) == len(CARDS)
    assert {t.event for t in tables.MAIN.transitions} == {kind.value for kind in Kind} - {Kind.ANNULLED}


def test_main__states__are_the_eight_of_the_procedure() -> None:
    assert tables.MAIN.states == ("待确认", "待补正", "办理中", "待缴费", "已作出处理", "已送达", "已结", "作废")


def test_main__assignment_inside_the_body__changes_no_state() -> None:
    rows = [t for t in tables.MAIN.transitions if t.event == Kind.ASSIGNED]
    assert len(rows) >= 4
    assert all(t.next == t.state for t in rows)


def test_main__extension__is_approved_by_the_unit_head() -> None:
    (row,) = (t for t in tables.MAIN.transitions if t.event == Kind.EXTENSION_APPROVED)
    assert row.who is Who.UNIT_HEAD


def test_silence__of_third_party_and_comaker__lead_to_what_the_law_says_of_each() -> None:
    day = dt.date(2026, 1, 1)
    for table in (tables.THIRD_PARTY, tables.COMAKER):
        row = table.follow("对方已收到", tables.LAPSED)
        assert row.next == law.at(day, row.basis).value
    assert tables.THIRD_PARTY.follow("对方已收到", tables.LAPSED).next != tables.COMAKER.follow("对方已收到", tables.LAPSED).next


def test_silence__of_another_agency__means_nothing() -> None:
    with pytest.raises(NotPossible):
        tables.AGENCY.follow("对方已收到", tables.LAPSED)
