"""Is every file examined, whatever one of them does to its process?"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gongkai.corpus import Examined, Origin, Settings, examinations
from gongkai.corpus.pool import AHEAD
from tests.core.corpus import deadly


def files(folder: Path, *texts: str) -> list[Origin]:
    """Files named 0, 1, 2 … with these texts."""
    made = []
    for number, text in enumerate(texts):
        (folder / str(number)).write_text(text, encoding="utf-8")
        made.append(Origin(str(folder / str(number))))
    return made


def by_name(results: Iterator[Examined]) -> dict[str, Examined]:
    listed = list(results)
    named = {Path(result.source).name: result for result in listed}
    assert len(named) == len(listed)
    return named


def threads(jobs: int) -> Executor:
    return ThreadPoolExecutor(jobs)


def test_examinations__files_that_kill_their_process_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    texts = ["fine"] * 12
    texts[3] = texts[8] = "kill"
    results = by_name(examinations(files(tmp_path, *texts), Settings(), 2, examine=deadly.examine))
    assert {name for name, result in results.items() if result.error} == {"3", "8"}
    assert "程序被迫终止" in (results["3"].error or "")
    assert len(results) == 12


@pytest.mark.parametrize(
    ("text", "words"),
    [("sleep", "超过了 1 秒"), ("hang", "程序被迫终止"), ("memory", "内存超过了 1024 MB"), ("raise", "ZeroDivisionError")],
)
def test_examinations__a_file_over_a_bound_is_told_and_the_rest_goes_on(tmp_path: Path, text: str, words: str) -> None:
    settings = Settings(seconds=1, memory=1024)
    results = by_name(examinations(files(tmp_path, "fine", text, "fine"), settings, 1, examine=deadly.examine))
    assert words in (results["1"].error or "")
    assert results["0"].error is None
    assert results["2"].error is None


def test_examinations__any_executor_serves_and_what_it_raises_concerns_one_file(tmp_path: Path) -> None:
    origins = files(tmp_path, "fine", "escape", "fine")
    results = by_name(examinations(origins, Settings(), 2, threads, deadly.examine))
    assert "RuntimeError" in (results["1"].error or "")
    assert results["2"].reports[0].agency == "云漪市司法局"


def test_examinations__never_takes_more_files_than_are_soon_needed(tmp_path: Path) -> None:
    taken = 0

    def counted() -> Iterator[Origin]:
        nonlocal taken
        for origin in files(tmp_path, *["fine"] * 100):
            taken += 1
            yield origin

    for done, _ in enumerate(examinations(counted(), Settings(), 2, threads, deadly.examine)):
        assert taken <= done + 1 + AHEAD * 2
    assert taken == 100


class _BrokenAtFirst(ThreadPoolExecutor):
    """An executor that takes three files and then is broken, as a pool is whose worker died while it was idle."""

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        self.taken = getattr(self, "taken", 0) + 1
        if self.taken > 3:
            raise BrokenExecutor
        return super().submit(*given, **named)


def test_examinations__an_executor_that_breaks_between_two_files_is_replaced(tmp_path: Path) -> None:
    results = by_name(examinations(files(tmp_path, *["fine"] * 20), Settings(), 2, _BrokenAtFirst, deadly.examine))
    assert [result.error for result in results.values()] == [None] * 20
