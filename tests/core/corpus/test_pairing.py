"""Are a body's reports of two years running found among many, and only where there is no doubt?"""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.cli import main
from gongkai.corpus import Origin, Settings, Standing, content_of, examined, pairs
from gongkai.kernel import State
from gongkai.returns import Report, edition, figure_of
from gongkai.writing import write

A, B = "青岚县司法局", "云漪市司法局"


def one(number: int, agency: str | None, year: int | None, content: str = "x", file: int | None = None) -> Standing:
    return Standing(number, number if file is None else file, agency, year, content)


@pytest.mark.parametrize(
    ("standings", "found", "doubted"),
    [
        ([one(0, A, 2023), one(1, A, 2024)], [(1, 0)], []),
        ([one(0, A, 2024), one(1, A, 2023)], [(0, 1)], []),
        ([one(0, "青岚县 司法局", 2023), one(1, A, 2024)], [(1, 0)], []),
        ([one(0, A, 2022), one(1, A, 2024)], [], []),
        ([one(0, B, 2023), one(1, A, 2024)], [], []),
        ([one(0, "司法局", 2023), one(1, A, 2024)], [], []),
        ([one(0, A, 2023), one(1, A, 2023), one(2, A, 2024)], [(2, 0)], []),
        ([one(0, A, 2023, "y"), one(1, A, 2023), one(2, A, 2024)], [], [2]),
        ([one(0, A, 2023, ""), one(1, A, 2024)], [], []),
        ([one(0, None, 2023), one(1, None, 2024)], [], []),
        ([one(0, A, None), one(1, A, 2024)], [], []),
        ([one(0, A, 2023, file=7), one(1, A, 2024, file=7)], [], []),
        ([one(0, A, 2022), one(1, A, 2023), one(2, A, 2024)], [(1, 0), (2, 1)], []),
    ],
)
def test_pairs__are_the_same_bodys_of_two_years_running(
    standings: list[Standing], found: list[tuple[int, int]], doubted: list[int]
) -> None:
    told = pairs(standings)
    assert [(later.number, earlier.number) for later, earlier in told.pairs] == found
    assert [later.number for later in told.doubtful] == doubted


@given(st.permutations([one(0, A, 2022), one(1, A, 2023), one(2, A, 2024), one(3, B, 2023), one(4, B, 2022, "y")]))
def test_pairs__do_not_depend_on_the_order_of_the_files(standings: list[Standing]) -> None:
    assert [(later.number, earlier.number) for later, earlier in pairs(standings).pairs] == [(1, 0), (2, 1), (3, 4)]


def report(year: int, **figures: int) -> Report:
    e = edition("2021")
    given = {code.replace("__", "."): value for code, value in figures.items()}
    cells = [figure_of(c, str(v := given.get(c.code, 0)), Decimal(v), State.NUMBER) for c in e.cells.values()]
    return Report(A, year, e, tuple(cells))


def carrying(folder: Path, suffix: str = "json") -> tuple[Path, Path]:
    """Two reports that do not fit: the first hands nothing on, the second took over three."""
    e = edition("2021")
    (carry,) = [i for i in e.identities if i.kind.value == "carry" and i.left[0].code.count(".") == 1]
    (code,) = [t.code for t in (*carry.left, *carry.right) if not t.previous]
    paths = folder / f"a.{suffix}", folder / f"b.{suffix}"
    paths[0].write_bytes(write(report(2023), suffix))
    paths[1].write_bytes(write(report(2024, **{code.replace(".", "__"): 3}), suffix))
    return paths


def faults(items: list[dict[str, object]]) -> set[object]:
    return {i["rule"] for i in items if i["status"] == "FAIL"}


def test_examined__with_the_year_before_says_only_what_the_two_say_of_each_other(tmp_path: Path) -> None:
    first, second = carrying(tmp_path)
    alone = examined(Origin(str(second)), Settings())
    both = examined(Origin(str(second), before=Origin(str(first))), Settings())
    assert both.previous is not None
    assert both.previous[0] == str(first)
    ((linked,), (own,)) = both.reports, alone.reports
    assert any(f.rule == "R201" and f.status.value == "FAIL" for f in linked.findings)
    assert not set(linked.findings) & set(own.findings)
    assert (linked.content, linked.year) == (own.content, 2024)


def test_content__is_the_same_in_every_format_and_another_for_other_figures(tmp_path: Path) -> None:
    contents = {
        suffix: examined(Origin(str(carrying(tmp_path, suffix)[1])), Settings()).reports[0].content
        for suffix in ("json", "xlsx", "html")
    }
    assert len(set(contents.values())) == 1
    assert content_of(report(2023)) != contents["json"]


def test_check__pairs_two_files_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = carrying(tmp_path)
    command = ["check", str(second), str(first), "--format", "json"]
    main(command)
    said = capsys.readouterr()
    assert f"“{second}”（{A}，2024年度）与“{first}”前后相连" in said.err
    assert "R201" in faults(json.loads(said.out)[0]["items"])


@pytest.mark.parametrize("given", ["folder", "archive"])
def test_check__pairs_the_files_of_a_folder_and_is_taken_up_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    folder = tmp_path / "夹"
    folder.mkdir()
    carrying(folder)
    named, state = folder, tmp_path / "进度.jsonl"
    if given == "archive":
        named = Path(shutil.make_archive(str(tmp_path / "包"), "zip", folder))
    command = ["check", str(named), "--format", "jsonl", "--jobs", "1", "--resume", str(state)]
    results = []
    for _ in range(2):
        assert main(command) == 1
        said = capsys.readouterr()
        assert "前后相连" in said.err
        assert "有错误的 1 份" in said.err
        results.append([json.loads(line) for line in said.out.splitlines()])
    linked = [line for line in results[0] if "previous" in line]
    assert [(Path(line["source"]).name, Path(line["previous"]).name) for line in linked] == [("b.json", "a.json")]
    assert "R201" in faults(linked[0]["items"])
    key = {"key": lambda line: (line["source"], "previous" in line)}
    assert sorted(results[0], **key) == sorted(results[1], **key)
    assert "其中 2 个以前检查过" in said.err


def test_check__of_two_that_claim_to_be_last_years_compares_with_neither(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = carrying(tmp_path)
    other = tmp_path / "c.json"
    other.write_bytes(write(report(2023, reviews__upheld=1, reviews=1), "json"))
    main(["check", str(first), str(second), str(other), "--format", "json"])
    said = capsys.readouterr()
    assert "有几份，数字不同，不能确定用哪一份" in said.err
    assert not any("R201" in faults(r["items"]) for r in json.loads(said.out))


def test_check__previous_is_used_when_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = carrying(tmp_path)
    main(["check", str(second), "--previous", str(first), "--format", "json"])
    said = capsys.readouterr()
    assert "前后相连" not in said.err
    assert "R201" in faults(json.loads(said.out)[0]["items"])
