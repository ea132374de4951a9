"""Whatever the layout and whatever was lost: is every figure that is read the right one, and is every loss told?"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import State
from gongkai.reading.reports import read_source
from gongkai.returns import Edition, Report, editions
from tests.core.reading.printing import (
    AGENCY,
    GRID_LAYOUTS,
    LOSSY_LAYOUTS,
    TEXT_LAYOUTS,
    absent,
    filled,
    grid_source,
    lines,
    made,
    merged,
    text_source,
    which,
    without_cells,
    wrong,
    year_of,
)

SURE = ("0", "1", "7", "12", "305")
seeds = st.integers(0, 2**32)


def told(found: tuple[Report, ...]) -> bool:
    """Whether a finding says that something was not read."""
    return any(f.rule in {"R903", "R904", "R905", "R906", "R908", "R910"} for r in found for f in r.findings)


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
@settings(max_examples=12)
@given(name=which)
def test_text__every_cell_of_a_sound_layout_is_read(layout: str, name: tuple[str, int]) -> None:
    report = made(name, SURE)
    found = read_source(text_source("\n".join(lines(report, TEXT_LAYOUTS[layout]))))

    assert len(found) == 1
    assert found[0].edition is report.edition
    assert (found[0].agency, found[0].year) == (AGENCY, report.year)
    assert wrong(report, found) == []
    assert absent(report, found) == set()


@pytest.mark.parametrize("layout", LOSSY_LAYOUTS)
@settings(max_examples=10)
@given(name=which)
def test_text__layouts_that_lose_blanks_are_read_when_there_are_none(layout: str, name: tuple[str, int]) -> None:
    report = made(name, SURE)
    found = read_source(text_source("\n".join(lines(report, LOSSY_LAYOUTS[layout]))))

    assert wrong(report, found) == []
    assert absent(report, found) == set()


@pytest.mark.parametrize("layout", {**TEXT_LAYOUTS, **LOSSY_LAYOUTS})
@settings(max_examples=10)
@given(name=which)
def test_text__blanks_dashes_and_words_are_never_taken_for_something_else(layout: str, name: tuple[str, int]) -> None:
    report = made(name)
    found = read_source(text_source("\n".join(lines(report, {**TEXT_LAYOUTS, **LOSSY_LAYOUTS}[layout]))))

    assert wrong(report, found) == []
    assert absent(report, found) == set() or told(found)


@pytest.mark.parametrize("layout", GRID_LAYOUTS)
@settings(max_examples=12)
@given(name=which)
def test_grid__every_cell_is_read_or_its_absence_told(layout: str, name: tuple[str, int]) -> None:
    report = made(name)
    found = read_source(grid_source(report, GRID_LAYOUTS[layout]))

    assert wrong(report, found) == []
    assert absent(report, found) == set() or told(found)


@pytest.mark.parametrize("layout", GRID_LAYOUTS)
@pytest.mark.parametrize("edition", editions(), ids=lambda e: e.key)
def test_grid__every_cell_is_read_when_all_are_filled(edition: Edition, layout: str) -> None:
    report = filled(edition, [str(n * 37 % 90 + 3) for n in range(400)])

    found = read_source(grid_source(report, GRID_LAYOUTS[layout]))

    assert wrong(report, found) == []
    assert absent(report, found) == set()


# ---- damage ----------------------------------------------------------------------------------------


def _dropped(share: float) -> Callable[[list[str], random.Random], list[str]]:
    return lambda text, rng: [line for line in text if rng.random() > share]


def _block_dropped(text: list[str], rng: random.Random) -> list[str]:
    first = rng.randrange(len(text))
    return text[:first] + text[first + rng.randrange(1, 40) :]


def _once(text: list[str], rng: random.Random) -> list[str]:
    del rng
    return list(dict.fromkeys(text))


def _once_shown(text: list[str], rng: random.Random) -> list[str]:
    del rng
    seen: set[str] = set()
    return [line for line in text if not line.strip() or not (line in seen or seen.add(line))]


def _runs_once(text: list[str], rng: random.Random) -> list[str]:
    del rng
    return [line for at, line in enumerate(text) if at == 0 or not line.strip() or line != text[at - 1]]


def _without_empty(text: list[str], rng: random.Random) -> list[str]:
    del rng
    return [line for line in text if line.strip()]


def _stripped(text: list[str], rng: random.Random) -> list[str]:
    del rng
    return [line.strip() for line in text]


def _page_number(text: list[str], rng: random.Random) -> list[str]:
    at = rng.randrange(len(text))
    return [*text[:at], "", rng.choice(["- 3 -", "3", "第3页 共9页"]), "", *text[at:]]


def _shuffled(text: list[str], rng: random.Random) -> list[str]:
    rng.shuffle(text)
    return text


DAMAGE = {
    "lines_dropped": _dropped(0.05),
    "many_lines_dropped": _dropped(0.3),
    "block_dropped": _block_dropped,
    "repeated_lines_removed": _once,
    "repeated_words_removed": _once_shown,
    "runs_removed": _runs_once,
    "empty_lines_removed": _without_empty,
    "outer_space_removed": _stripped,
    "page_number": _page_number,
    "shuffled": _shuffled,
}


@pytest.mark.parametrize("damage", DAMAGE)
@settings(max_examples=40)
@given(name=which, layout=st.sampled_from(sorted({**TEXT_LAYOUTS, **LOSSY_LAYOUTS})), seed=seeds)
def test_damage__what_is_read_from_a_damaged_text_is_still_right(
    damage: str, name: tuple[str, int], layout: str, seed: int
) -> None:
    report = made(name)
    text = "\n".join(lines(report, {**TEXT_LAYOUTS, **LOSSY_LAYOUTS}[layout])).split("\n")
    damaged = "\n".join(DAMAGE[damage](text, random.Random(seed)))

    found = read_source(text_source(damaged)) if damaged.strip() else ()

    assert wrong(report, found) == []
    assert absent(report, found) == set() or told(found) or not damaged.strip()


@settings(max_examples=40)
@given(name=which, seed=seeds, share=st.sampled_from((0.02, 0.2)), layout=st.sampled_from(("merged", "shifted")))
def test_damage__cells_lost_from_a_grid_do_not_move_their_neighbours(
    name: tuple[str, int], seed: int, share: float, layout: str
) -> None:
    report = made(name)
    rng = random.Random(seed)
    source = grid_source(report, lambda t: without_cells(GRID_LAYOUTS[layout](t), lambda _: rng.random() < share))

    found = read_source(source)

    assert wrong(report, found) == []
    assert absent(report, found) == set() or told(found)


@settings(max_examples=40)
@given(name=which)
def test_damage__blank_cells_left_out_of_a_grid_do_not_move_their_neighbours(name: tuple[str, int]) -> None:
    report = made(name)
    source = grid_source(report, lambda t: without_cells(merged(t), lambda c: not c.text))

    found = read_source(source)

    assert wrong(report, found) == []


@pytest.mark.parametrize("edition", editions(), ids=lambda e: e.key)
def test_empty__a_table_in_which_nothing_was_filled_gives_no_figures(edition: Edition) -> None:
    report = filled(edition, [""] * 400)

    (found,) = read_source(grid_source(report, merged))

    assert found.edition is edition
    assert found.year == year_of(edition)
    assert [f for f in found.figures if f.code is not None] == []
    assert {f.rule for f in found.findings} == {"R905"}


@pytest.mark.parametrize("edition", editions(), ids=lambda e: e.key)
def test_blank__a_blank_cell_beside_filled_ones_is_blank_and_not_zero(edition: Edition) -> None:
    report = filled(edition, ["0" if n % 3 else "" for n in range(400)])

    (found,) = read_source(grid_source(report, merged))

    assert {f.state for f in found.figures} == {State.NUMBER, State.BLANK}
    assert wrong(report, [found]) == []
