"""How many wrong numbers in the text of correct reports are found, and is a correct text never accused?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checking import check
from gongkai.kernel import Status
from gongkai.returns import Edition, Report, editions
from tests.conftest import unmeasured
from tests.core.checking.worded import worded, year_before
from tools.mutate import Tally, merged, mutated_cells, mutated_prose

FORMS = editions()


@cache
def alone(form: Edition) -> dict[str, Tally]:
    """What becomes of every wrong number in the tables of a form's report, checked without the year before."""
    return mutants_of(worded(form, 5))


def mutants_of(made: Report, previous: Report | None = None) -> dict[str, Tally]:
    """What becomes of every wrong number in the tables: some thousand checks of nearly the same report."""
    with unmeasured():
        return mutated_cells(made, previous)


@given(st.sampled_from(FORMS), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_correct_text__is_never_accused(form: Edition, seed: int) -> None:
    told = [i for i in check(worded(form, seed)) if i.rule >= "R3" and i.status in (Status.FAIL, Status.UNCERTAIN)]
    assert [i.message for i in told] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda e: e.key)
def test_wrong_number_in_the_text__is_found(form: Edition) -> None:
    tallies = merged([mutated_prose(worded(form, 5))])
    assert {"one more", "ten times", "thousands", "Chinese numerals", "share"} <= tallies.keys()
    assert sum(t.found for t in tallies.values()) >= 0.95 * sum(t.all for t in tallies.values()), [
        t.missed for t in tallies.values()
    ]


def test_wrong_number_in_a_table_cell__is_found_by_the_text_where_no_relation_holds_it() -> None:
    form = next(f for f in FORMS if f.key == "cn2021")
    made = worded(form, 5)
    silent = replace(made, sections=(), claims=())
    with_text = alone(form)["cell, one more"]
    without = mutants_of(silent)["cell, one more"]
    assert "documents.normative.made" in " ".join(without.consistent)
    assert "documents.normative.made" not in " ".join(with_text.consistent)
    assert with_text.share > without.share


@pytest.mark.parametrize("form", FORMS, ids=lambda e: e.key)
def test_wrong_cell__is_told_unless_another_true_report_could_say_the_same(form: Edition) -> None:
    made = worded(form, 5)
    tallies = merged([alone(form), mutants_of(made, year_before(made))])
    assert {"cell, exchanged", "cell, compensated", "cell, fractional", "cell, blanked"} <= tallies.keys()
    assert [tally.missed[:3] for tally in tallies.values() if tally.share_told < 0.98] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda e: e.key)
def test_year_before__is_one_that_the_report_follows(form: Edition) -> None:
    made = worded(form, 5)
    across = [i for i in check(made, year_before(made)) if i.rule in ("R201", "R202", "R203", "R204")]
    assert all(i.status is Status.PASS for i in across)
