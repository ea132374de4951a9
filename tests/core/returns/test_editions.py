"""Do the shipped editions say what the forms say, and is the right one found?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import NotFound
from gongkai.returns import Edition, Kind, Layout, edition, edition_for, editions

LAW = Path(__file__).resolve().parents[4] / "shared" / "law" / "returns.json"
FORMS: dict[str, Any] = json.loads(LAW.read_text(encoding="utf-8")) if LAW.exists() else {}
needs_forms = pytest.mark.skipif(not FORMS, reason="the transcribed forms are not beside the repository")
each_edition = pytest.mark.parametrize("form", editions(), ids=lambda e: e.key)


def paths(form: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The label path of every row of the transcription by its id."""
    found: dict[str, tuple[str, ...]] = {}
    for row in form["rows"]:
        above = tuple(row["group"].split("/")) if "group" in row else found.get(row["parent"] or "", ())
        found[row["id"]] = (*above, row["label"])
    return found


def transcribed(form: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Path and unit of every figure of the transcription; the request table's seven columns are written out."""
    names = paths(form)
    blocks = {r["id"]: r["columns"] for r in form["rows"] if "columns" in r}
    for row in form["rows"]:
        if row["heading"]:
            continue
        if row.get("table") == "t3":
            for column in form["t3_columns"]:
                group = () if column["group"] is None else (column["group"],)
                yield (*names[row["id"]], "申请人情况", *group, column["label"]), row["unit"]
        elif row["parent"] in blocks and len(blocks[row["parent"]]) == 2:  # the block's one column names the figure
            yield (*names[row["id"]], blocks[row["parent"]][1]), row["unit"]
        else:
            yield names[row["id"]], row["unit"].split("（")[0]


@needs_forms
@each_edition
def test_edition__every_figure_has_the_forms_labels_and_unit(form: Edition) -> None:
    theirs = set(transcribed(FORMS[form.key]))
    ours = {((*c.row, *c.column), c.unit) for c in form.cells.values()}
    assert ours == theirs


@needs_forms
@each_edition
def test_edition__headings_and_sections_are_the_forms(form: Edition) -> None:
    headings = {r["label"] for r in FORMS[form.key]["rows"] if r["heading"]}
    printed = {r.label for t in form.tables for r in t.rows} | {t.heading for t in form.tables}
    assert headings <= printed
    if FORMS[form.key]["sections"]:  # the forms before 2019 prescribe the table only
        assert form.sections == tuple(FORMS[form.key]["sections"])


@needs_forms
@each_edition
def test_edition__rows_of_a_form_on_one_sheet_stand_in_its_order(form: Edition) -> None:
    if form.tables[0].layout is Layout.LIST and len(form.tables) == 1:
        names = paths(FORMS[form.key])
        # The transcription lists the reasons of a refusal after its sisters; a depth-first walk is the printed order.
        rows = FORMS[form.key]["rows"]
        walk = [path for r in rows if r["parent"] is None for path in below(r["id"], rows, names)]
        assert [r.path for r in form.tables[0].rows] == walk


def below(name: str, rows: list[dict[str, Any]], names: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    yield names[name]
    for row in rows:
        if row["parent"] == name:
            yield from below(row["id"], rows, names)


@needs_forms
@each_edition
def test_edition__every_transcribed_sum_is_an_identity_of_ours(form: Edition) -> None:
    names = paths(FORMS[form.key])
    theirs = {
        (names[i["lhs"][0]], frozenset(names[c] for c in i["rhs"]), i["strength"] == "hard")
        for i in FORMS[form.key]["identities"]
        if i["kind"] == "sum_eq" and len(i["lhs"]) == 1
    }
    table3 = {c.code for t in form.tables if t.layout is Layout.GRID for c in t.cells}
    ours = set()
    for identity in form.identities:
        left = form.cells[identity.left[0].code]
        in_other_column = left.code in table3 and left.column[-1] != "总计"
        if identity.kind in (Kind.SUM, Kind.SAME) and not in_other_column:
            cells = [form.cells[t.code] for t in identity.right]
            ours.add((left.row or left.column, frozenset(c.row or c.column for c in cells), identity.hard))
    assert theirs == ours


@needs_forms
@pytest.mark.parametrize("key", ["cn2019", "cn2021"])
def test_request_table__has_the_printed_corner_note(key: str) -> None:
    assert edition(key).table("requests").corner == FORMS[key]["t3_corner_note"]


@each_edition
def test_edition__lies_in_the_file_of_its_key_and_is_found_by_every_name(form: Edition) -> None:
    assert edition(form.key) is form
    assert all(edition(short) is form for short in form.short)


def test_edition__no_two_share_a_name() -> None:
    names = [n for e in editions() for n in (e.key, *e.short)]
    assert len(names) == len(set(names))


def test_edition__unknown_name_is_refused_with_the_list() -> None:
    with pytest.raises(NotFound, match=r"没有名为“1999”的年报格式。可用的有：2021（cn2021）、"):
        edition("1999")


@pytest.mark.parametrize(
    ("year", "key"),
    [(2025, "cn2021"), (2021, "cn2021"), (2020, "cn2019"), (2019, "cn2019"), (2018, "cn2014_nofee"), (2017, "cn2014"), (2014, "cn2014")],
)  # fmt: skip
def test_edition_for__gives_the_national_form_of_the_year(year: int, key: str) -> None:
    found = edition_for(year)
    assert found is not None
    assert found.key == key


def test_edition_for__a_year_of_local_forms_gives_none() -> None:
    assert edition_for(2013) is None


def test_editions__leave_no_report_year_without_a_national_form_and_never_two() -> None:
    for year in range(2014, 2031):
        assert sum(e.covers(year) for e in editions() if e.key.startswith("cn")) == 1


@each_edition
def test_cells__are_found_where_they_are_printed(form: Edition) -> None:
    for table in form.tables:
        for cell in table.cells:
            assert table.cell_at(cell.row_index, cell.column_index) is cell
            assert cell.unit, cell.code
        for index, row in enumerate(table.rows):
            if row.heading:
                assert table.cell_at(index, 0) is None


def test_same_code__means_the_same_thing_in_neighbouring_editions() -> None:
    old, new = edition("2019").cells, edition("2021").cells
    shared = [c for c in old if c in new and old[c].table == "requests"]
    assert len(shared) == 22 * 7
    assert all(old[c].row == new[c].row and old[c].column == new[c].column for c in shared)


def test_table__of_an_unknown_key_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        edition("2021").table("weather")
