"""Does the measure put its plants where it says, and count what is found of them?"""

from pathlib import Path
from random import Random

import pytest

from gongkai.screening.numbers import identity_check, luhn_holds
from tools import screen_measure
from tools.screen_planting import PLANTS, card_number, identity


def test_planted__every_plant_stands_where_it_is_said_to() -> None:
    lines, where = screen_measure.planted([f"第{n}段。" for n in range(60)], Random(3))
    assert {plant.kind for plant in where} == PLANTS.keys() | {"classification", "number_of_parts"}
    assert all(lines[plant.line][plant.start : plant.end] == plant.words for plant in where)


def test_planting__invented_numbers_hold() -> None:
    rng = Random(5)
    assert all((number := identity(rng))[17] == identity_check(number[:17]) for _ in range(50))
    assert all(luhn_holds(card_number(rng, "6222", 19)) for _ in range(50))


def test_measure__prints_a_line_for_every_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("\n".join(f"第{n}段，手机19912345678。" for n in range(40)), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["screen_measure.py", str(tmp_path), "--list", "mobile_number"])
    assert screen_measure.main() == 0
    out = capsys.readouterr().out
    assert out.count("【199****5678】") == 40
    assert "identity_number           1      1  100.0" in out
