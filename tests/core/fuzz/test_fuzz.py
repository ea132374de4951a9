"""Does no damaged file make a reader crash, hang or eat memory, and does the search notice when one does?"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import Unreadable
from gongkai.reading import detect
from tools import fuzz, grains, mutations

COUNT = 100
SMALL = [(kind, at) for kind in mutations.KINDS for at in range(len(grains.grains(kind)))]


@pytest.mark.parametrize(("kind", "at"), SMALL, ids=str)
def test_small_file__is_of_its_kind_and_read(kind: str, at: int) -> None:
    data = grains.grains(kind)[at]
    assert detect(data) == kind
    assert fuzz.judged(data) == "read"
    assert len(data) < 8_000


def test_spoilt_file__is_seldom_made_of_a_long_one() -> None:
    bases = mutations.Bases((b"s",), (b"m" * 10,), (b"l" * 100,))
    drawn = Counter(len(bases.one(random.Random(seed))) for seed in range(2000))
    assert drawn[1] > 1600
    assert drawn[10] > drawn[100] > 0


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_reader__reads_or_refuses_every_damaged_file(kind: str) -> None:
    tally = fuzz.run([kind], first=1, count=COUNT, seconds=None)
    assert [(fault.kind, fault.seed, fault.what, fault.trace) for fault in tally.faults] == []
    assert tally.count == COUNT
    assert tally.read[kind]


@pytest.mark.parametrize("again", [" ", "\u3000", "9", "a", "1-", "1,", "1+", "、", "| ", "a: b\r\n", "</td>"])
def test_reader__is_through_with_one_thing_repeated_without_end(again: str) -> None:
    # A pattern that takes the square of a line's length, or worse, would not come to an end here.
    words = "云漪市司法局2024年政府信息公开工作年度报告\n一、总体情况\n" + again * (200_000 // len(again)) + "\n结束\n"
    assert fuzz.judged(words.encode()) in {"read", "refused"}


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_mutation__same_seed_gives_the_same_file_and_another_seed_another(kind: str) -> None:
    sound = fuzz.bases(kind)
    made = [mutations.mutated(kind, seed, sound) for seed in range(20)]
    assert made == [mutations.mutated(kind, seed, sound) for seed in range(20)]
    assert len(set(made)) > 15


def _killed(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _spinning(*_: Any) -> None:
    while True:
        pass


def _greedy(*_: Any) -> None:
    bytearray(4 * 1024**3)


def _asleep(*_: Any) -> None:
    time.sleep(600)


def _wordless(*_: Any) -> None:
    raise Unreadable("no")


@pytest.mark.parametrize(
    ("reader", "what"),
    [
        (_killed, "killed"),
        (_spinning, "OverTimeError"),
        (_greedy, "MemoryError"),
        (_asleep, "killed"),
        (_wordless, "refused without a sentence"),
    ],
)
def test_search__notices_a_reader_that_fails_and_writes_the_file_down(
    reader: Any, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "read", reader)
    tally = fuzz.run(["text"], 7, 1, None, limits=fuzz.Limits(seconds=0.5, wall=2), folder=tmp_path)
    assert [(fault.kind, fault.seed, fault.what) for fault in tally.faults] == [("text", 7, what)]
    assert (tmp_path / "text-7.txt").read_bytes() != b""


def test_worker__goes_on_with_the_files_it_was_told_of_after_one_that_killed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(data: bytes, _name: str) -> tuple[Any, ...]:
        if data == mutations.mutated("text", 3, fuzz.bases("text")):
            _killed()
        return ()

    monkeypatch.setattr(fuzz, "read", deadly)
    tally = fuzz.run(["text"], 0, 40, None)
    assert [(fault.seed, fault.what) for fault in tally.faults] == [(3, "killed")]
    assert tally.read["text"] == 39


def test_series__broken_off_goes_on_where_it_stood_and_comes_to_the_same(tmp_path: Path) -> None:
    state = tmp_path / "progress.json"
    whole = fuzz.run(["json"], first=5, count=30, seconds=None)
    for count in (12, 30, 30):
        fuzz.run(["json"], first=5, count=count, seconds=None, series=fuzz.Series(state, "one"))
    series = fuzz.Series(state, "one")
    assert series.done == 30
    assert (series.tally.read, series.tally.refused) == (whole.read, whole.refused)
    assert fuzz.Series(state, "another").done == 0


def test_command__tells_how_far_it_came_and_takes_it_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--format", "text", "--resume", str(tmp_path / "progress.json"), "--folder", str(tmp_path)]
    assert fuzz.main([*command, "--count", "5"]) == 0
    assert fuzz.main([*command, "--count", "8"]) == 0
    said = capsys.readouterr().out
    assert "5 files, read+refused" in said
    assert "going on after 5 files" in said
    assert "8 files, read+refused" in said
