"""Is a true report never accused, and is a changed cell found wherever a relation lets it be?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checking import cells, check
from gongkai.kernel import Status
from gongkai.returns import Edition, Kind, Report, editions
from tests.core.checking.consistent import EQUAL, changed, consistent
from tests.core.checking.reports import report

FORMS = editions()
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda e: e.key)
any_form = st.sampled_from(FORMS)
seeds = st.integers(0, 2**32 - 1)


def fails(made: Report, previous: Report | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(i.rule, cells(i)) for i in check(made, previous) if i.status is Status.FAIL]


def in_equalities(form: Edition) -> list[str]:
    codes = {t.code for i in form.identities if i.hard and i.kind in EQUAL for t in (*i.left, *i.right)}
    return [c for c in form.cells if c in codes]


@given(any_form, seeds)
@settings(max_examples=60, deadline=None)
def test_consistent_report__fails_nothing(form: Edition, seed: int) -> None:
    assert fails(consistent(form, seed)) == []


@each_form
def test_year_without_events__passes_everything_that_can_be_judged(form: Edition) -> None:
    items = check(report(form.key, year=form.last_year or form.first_year))
    assert {i.status for i in items} <= {Status.PASS, Status.NOT_ASSESSABLE}
    assert not [i for i in items if i.status is Status.NOT_ASSESSABLE and not i.rule.startswith("R2")]


@each_form
def test_changed_cell__is_found_wherever_it_takes_part_in_a_hard_equality(form: Edition) -> None:
    true = consistent(form, seed=7)
    for code in in_equalities(form):
        for step in (1, 10, -1):
            value = (true.value(code) or Decimal(0)) + step
            found = fails(changed(true, {code: value}))
            assert any(code in involved for _, involved in found), (code, step)


@each_form
def test_negative_cell__is_found_even_when_a_neighbour_makes_up_for_it(form: Edition) -> None:
    true = consistent(form, seed=11)
    for identity in form.identities:
        if identity.hard and identity.kind in (Kind.SUM, Kind.ACROSS) and len(identity.right) > 1:
            one, other = identity.right[0].code, identity.right[1].code
            move = (true.value(one) or Decimal(0)) + 2
            made = changed(true, {one: Decimal(-2), other: (true.value(other) or Decimal(0)) + move})
            assert ("R110", (one,)) in fails(made), identity.key


@each_form
def test_fraction__is_found_even_when_a_neighbour_makes_up_for_it(form: Edition) -> None:
    true = consistent(form, seed=13)
    half = Decimal("0.5")
    for identity in form.identities:
        if identity.hard and identity.kind is Kind.SUM and len(identity.right) > 1:
            codes = [t.code for t in identity.right[:2]]
            made = changed(true, {c: (true.value(c) or Decimal(0)) + half * sign for c, sign in zip(codes, (1, 1), strict=True)})
            assert {("R111", (c,)) for c in codes} <= set(fails(made)), identity.key


@pytest.mark.parametrize("key", ["cn2019", "cn2021"])
def test_compensated_change__is_found_by_the_other_direction_of_the_table(key: str) -> None:
    # Moved from one applicant to another in one row: the row still adds up, both columns do not.
    form = next(f for f in FORMS if f.key == key)
    true = consistent(form, seed=17)
    rows = [r.code for r in form.table("requests").rows if not r.heading]
    for row in rows:
        there, here = f"{row}.natural_person", f"{row}.company"
        moved = {there: (true.value(there) or Decimal(0)) + 1, here: (true.value(here) or Decimal(0)) - 1}
        found = {rule for rule, _ in fails(changed(true, moved))}
        assert found & {"R102", "R103"}, row


@given(any_form, seeds)
@settings(max_examples=40, deadline=None)
def test_one_fault__is_not_told_twice_by_one_rule(form: Edition, seed: int) -> None:
    true, draw = consistent(form, seed), Random(seed)
    code = draw.choice(in_equalities(form))
    found = fails(changed(true, {code: (true.value(code) or Decimal(0)) + 3}))
    assert len(found) == len(set(found))
    if form.cells[code].column_index == 0 and form.tables[0].layout.value == "list":
        # In a list a cell stands in at most two sums: its own parts' and its parent's.
        assert len([r for r, _ in found if r == "R104"]) <= 2


@given(any_form, seeds)
@settings(max_examples=40, deadline=None)
def test_fingerprints__do_not_depend_on_the_order_of_the_figures(form: Edition, seed: int) -> None:
    true, draw = consistent(form, seed), Random(seed)
    code = draw.choice(in_equalities(form))
    made = changed(true, {code: (true.value(code) or Decimal(0)) + 1})
    shuffled = list(made.figures)
    draw.shuffle(shuffled)
    again = replace(made, figures=tuple(shuffled))
    assert {i.fingerprint for i in check(made)} == {i.fingerprint for i in check(again)}


@given(any_form, seeds)
@settings(max_examples=40, deadline=None)
def test_fingerprints__change_when_the_figure_changes(form: Edition, seed: int) -> None:
    true, draw = consistent(form, seed), Random(seed)
    code = draw.choice(in_equalities(form))
    value = true.value(code) or Decimal(0)
    one = {i.fingerprint for i in check(changed(true, {code: value + 1})) if i.status is Status.FAIL}
    two = {i.fingerprint for i in check(changed(true, {code: value + 2})) if i.status is Status.FAIL}
    assert one
    assert one.isdisjoint(two)


@each_form
def test_fingerprints__of_one_report_are_all_different(form: Edition) -> None:
    made = changed(consistent(form, seed=19), {c: Decimal(-1) for c in in_equalities(form)[:6]})
    marks = [i.fingerprint for i in check(made)]
    assert len(marks) == len(set(marks))


def test_fingerprints__differ_between_bodies_and_years() -> None:
    def marks(agency: str, year: int) -> set[str]:
        return {i.fingerprint for i in check(report("2014", {"requests.new": 1}, agency=agency, year=year))}

    assert marks("青岚县司法局", 2015).isdisjoint(marks("青岚县司法局", 2016))
    assert marks("青岚县教育局", 2016).isdisjoint(marks("青岚县司法局", 2016))


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_carry_over__between_two_consistent_years_fails_exactly_where_it_was_broken(seed: int) -> None:
    form = FORMS[0]
    before, now = consistent(form, seed, year=2022), consistent(form, seed + 1, year=2023)
    columns = [c for c in form.cells if c.startswith("requests.carried_in.")]
    broken = {c for c in columns if now.value(c) != before.value(c.replace("carried_in", "carried_out"))}
    found = {codes[0] for rule, codes in fails(now, before) if rule == "R201"}
    assert found - {"requests.carried_in"} == broken
