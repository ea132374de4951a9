"""Is a report on a form with rows and columns of a body's own written and read back the same?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.reading import read
from gongkai.returns import Edition, Report, editions
from gongkai.returns.superset import superset
from gongkai.writing import write
from gongkai.writing.charts import charts
from gongkai.writing.layout import printed_tables
from tests.core.writing.given_reports import figures, filled

KINDS = ("xlsx", "docx", "html", "json")
ROW = '[[row]]\ntable = "{table}"\nafter = "{after}"\ncode = "local.row"\nlabel = "本级另行统计的数量"\nunit = "件"\n{under}'
COLUMN = '[[column]]\ntable = "{table}"\ncode = "{code}"\nlabel = ["{label}"]\n'


def local(folder: Path, base: Edition, added: str) -> Edition:
    path = folder / "local.toml"
    path.write_text(f'extends = "{base.key}"\nname = "local"\n{added}', encoding="utf-8")
    return superset(path)


def with_columns(folder: Path, base: Edition, key: str) -> Edition:
    named = (("local.own", "本级"), ("local.towns", "乡镇街道"))
    return local(folder, base, "".join(COLUMN.format(table=key, code=code, label=label) for code, label in named))


def with_row(folder: Path, base: Edition, key: str) -> Edition:
    table = base.table(key)
    last = [row for row in table.rows if not row.heading][-1]
    above = [row.code for row in table.rows if row.path == last.path[:-1]]
    under = f'under = "{above[0]}"\n' if above else ""
    return local(folder, base, ROW.format(table=key, after=last.code, under=under))


def read_back(report: Report, kind: str) -> tuple[Report, ...]:
    assert report.edition is not None
    return read(write(report, kind), f"年报.{kind}", (report.edition, *editions()))


EVERY_TABLE = [pytest.param(e, t.key, id=f"{e.key}-{t.key}") for e in editions() for t in e.tables]


@pytest.mark.parametrize(("base", "table"), EVERY_TABLE)
def test_columns_of_a_body__are_read_back_in_every_format(tmp_path: Path, base: Edition, table: str) -> None:
    report = filled(with_columns(tmp_path, base, table))
    for kind in KINDS:
        assert read_back(report, kind) == (report,), kind


@pytest.mark.parametrize(("base", "table"), [p for p in EVERY_TABLE if p.values[0].table(p.values[1]).rows])
def test_row_of_a_body__is_read_back_in_every_format(tmp_path: Path, base: Edition, table: str) -> None:
    report = filled(with_row(tmp_path, base, table))
    for kind in KINDS:
        assert read_back(report, kind) == (report,), kind


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_columns_beside_a_list__keep_blank_zero_and_dash_apart(tmp_path: Path, data: st.DataObject) -> None:
    base = data.draw(st.sampled_from([e for e in editions() if e.tables[0].headings]))
    edition = with_columns(tmp_path, base, base.tables[0].key)
    report = replace(filled(edition), figures=data.draw(figures(edition)))
    kind = data.draw(st.sampled_from(KINDS))
    assert read_back(report, kind) == (report,)


def test_list_with_columns__is_printed_with_its_units_and_headings(tmp_path: Path) -> None:
    base = next(e for e in editions() if e.tables[0].headings[1:2] == ("计量单位",))
    (table,) = printed_tables(filled(with_columns(tmp_path, base, base.tables[0].key)))
    heads = [c.text for c in table.cells if c.row == 0]
    assert heads == [*base.tables[0].headings, "本级", "乡镇街道"]
    assert [c.text for c in table.cells if c.column == 1][1:] == [r.unit_text or r.unit or "" for r in base.tables[0].rows]


@pytest.mark.parametrize("key", ["statistics", "requests"])
def test_many_columns__leave_room_for_the_labels(tmp_path: Path, key: str) -> None:
    base = next(e for e in editions() if e.tables and any(t.key == key for t in e.tables))
    added = "".join(COLUMN.format(table=key, code=f"local.town{n}", label=f"第{n}街道") for n in range(12))
    for table in printed_tables(filled(local(tmp_path, base, added))):
        assert min(table.widths) > 0


def test_unit_of_a_row__is_compared_with_the_forms_in_a_list_with_columns(tmp_path: Path) -> None:
    base = next(e for e in editions() if "fees.charged" in e.cells and e.tables[0].headings)
    edition = with_columns(tmp_path, base, base.cells["fees.charged"].table)
    report = filled(edition)
    page = write(report, "html").decode()
    label = base.cells["fees.charged"].row[-1]
    at = page.index("万元", page.index(label))
    (found,) = read((page[:at] + "元" + page[at + 2 :]).encode(), "年报.html", (edition, *editions()))
    for code in ("fees.charged", "fees.charged.local.own"):
        assert found.value(code) == (report.value(code) or 0) / 10_000


def test_columns_of_a_body__are_not_drawn_as_applicants(tmp_path: Path) -> None:
    base = next(e for e in editions() if "requests.new.letter" in e.cells and e.tables[0].headings)
    key = base.tables[0].key
    across = f'[[identity]]\nkey = "local.across"\nkind = "across"\ntable = "{key}"\ntotal = ""\nparts = ["local.own", "local.towns"]\nhard = true\n'
    named = (("local.own", "本级"), ("local.towns", "乡镇街道"))
    added = "".join(COLUMN.format(table=key, code=code, label=label) for code, label in named) + across
    drawn = charts(filled(local(tmp_path, base, added)))
    assert any("申请方式构成" in chart.title for chart in drawn)
    assert not any("申请人构成" in chart.title for chart in drawn)
