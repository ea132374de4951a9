"""Does the clerk's whole round work on a form with rows and columns of the body's own?"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell

from gongkai.cli import main
from gongkai.returns.superset import superset

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "extend-a-form.md"
COLUMNS = """extends = "2021"
name = "abroad"

[[column]]
table = "requests"
code = "local.abroad"
label = ["申请人情况", "境外申请人"]

[[row]]
table = "requests"
after = "outcome.granted"
code = "local.elsewhere"
label = "（一之二）当场提供"
under = "outcome"
"""


def guide_files() -> list[str]:
    """The superset files the guide prints: the first as it is, the second on the head of the first."""
    blocks = [block.split("```")[0] for block in GUIDE.read_text(encoding="utf-8").split("```toml\n")[1:]]
    head = "".join(line + "\n" for line in blocks[0].splitlines() if line.startswith(("extends", "name")))
    return [blocks[0], head + blocks[1]]


FILES = [*guide_files(), COLUMNS]


@pytest.fixture(params=FILES, ids=["rows", "columns-beside-a-list", "row-and-column-of-a-grid"])
def local(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "本地.toml"
    path.write_text(request.param, encoding="utf-8")
    return path


def filled(form: Path, local: Path) -> dict[str, int]:
    """Fill a form so that every figure differs; says what stands in each cell."""
    edition = superset(local)
    book = openpyxl.load_workbook(form)
    book["填报信息"]["B3"] = "青岚镇人民政府"
    book["填报信息"]["B4"] = edition.last_year or 2025
    inputs = [
        cell
        for sheet in book.worksheets
        if sheet.title not in {"填报信息", "填报说明"}
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    ]
    assert len(inputs) == len(edition.cells)
    values = {code: number for number, code in enumerate(edition.cells, start=3)}
    for cell, number in zip(inputs, values.values(), strict=True):
        cell.value = number
    book.save(form)
    return values


def test_round__form_fill_check_write_and_read_back(local: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = superset(local)
    named = ["--local", str(local)]
    form = tmp_path / "表.xlsx"
    assert main(["form", edition.base or "", "-o", str(form), *named]) == 0
    values = filled(form, local)
    assert main(["check", str(form), *named]) == 1  # numbers counted up do not add up; they are all judged
    out = [tmp_path / f"年报.{suffix}" for suffix in ("xlsx", "docx", "html", "json")]
    assert main(["write", str(form), *(word for path in out for word in ("-o", str(path))), *named]) == 1
    for path in (form, *out):
        capsys.readouterr()
        assert main(["read", str(path), "--json", *named]) == 0
        (report,) = json.loads(capsys.readouterr().out)
        assert (report["edition"], report["agency"]) == (edition.key, "青岚镇人民政府"), path
        assert {f["code"]: f["value"] for f in report["figures"]} == values, path
        assert report["findings"] == [], path


def test_check__of_a_folder_knows_the_superset(local: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "夹"
    folder.mkdir()
    main(["form", superset(local).key, "-o", str(folder / "表.xlsx"), "--local", str(local)])
    filled(folder / "表.xlsx", local)
    capsys.readouterr()
    assert main(["check", str(folder), "--local", str(local), "--jobs", "1", "--format", "jsonl"]) == 1
    assert json.loads(capsys.readouterr().out)["edition"] == superset(local).key


@pytest.mark.parametrize("name", ["{base}", "{short}", "{key}", None])
def test_editions__show_the_superset_under_its_names_and_its_forms(
    local: Path, capsys: pytest.CaptureFixture[str], name: str | None
) -> None:
    edition = superset(local)
    named = [] if name is None else [name.format(base=edition.base, short=edition.short[0], key=edition.key)]
    for argv in (["editions", "show", *named, "--local", str(local)], ["editions", "--local", str(local), "show", *named]):
        assert main(argv) == 0
        shown = capsys.readouterr().out
        assert edition.key in shown
        assert all(row.label in shown for table in edition.tables for row in table.rows)
        assert all(column.path[-1] in shown for table in edition.tables for column in table.columns)
    assert main(["editions", "--local", str(local)]) == 0
    assert edition.key in capsys.readouterr().out


def test_form__of_an_edition_that_the_superset_does_not_grow_from_is_refused(
    local: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["form", "2019", "-o", str(tmp_path / "表.xlsx"), "--local", str(local)]) == 2
    assert "不以 2019 格式为依据" in capsys.readouterr().err


def test_form__of_two_supersets_asks_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.toml"
        path.write_text(COLUMNS.replace('"abroad"', f'"{name}"'), encoding="utf-8")
        files += ["--local", str(path)]
    assert main(["form", "2021", "-o", str(tmp_path / "表.xlsx"), *files]) == 2
    assert "请写明用哪一个：one、two" in capsys.readouterr().err
    assert main(["form", "two", "-o", str(tmp_path / "表.xlsx"), *files]) == 0


def test_guide__names_every_command_that_takes_a_superset(capsys: pytest.CaptureFixture[str]) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for command in (["form"], ["check"], ["write"], ["read"], ["editions"], ["editions", "show"]):
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        assert "--local" in capsys.readouterr().out
        assert f"gongkai {' '.join(command)}" in guide
