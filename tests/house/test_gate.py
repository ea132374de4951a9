"""Does the gate run every test, and those of the web layer on both engines?"""

from __future__ import annotations

import re

from tests.conftest import LONGEST
from tests.house.sources import ROOT

CHOOSING = re.compile(r"(?<!python )(?:^|\s)(-k|-m|-x|--ignore\S*|--deselect\S*|--maxfail\S*|--lf|--last-failed|--ff)(?=\s|=|$)")


def calls(name: str) -> list[str]:
    """The lines of a file that call pytest, continued lines joined."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if "-m pytest" in line]


def test_suite__is_run_whole() -> None:
    (suite,) = calls("Makefile")
    options = suite.partition("-m pytest")[2]

    assert CHOOSING.findall(options) == []
    assert "tests" not in options
    assert "make test COVERAGE=yes" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_web_layer__is_run_on_postgresql_without_those_kept_from_the_database_alone() -> None:
    (web,) = calls(".ci/run")
    before, _, options = web.partition("-m pytest")

    assert 'DATABASE_URL="postgresql://' in before
    assert CHOOSING.findall(options) == ["-m"]
    assert '-m "not without_database" tests/web' in re.sub(r"\s+", " ", options)


def test_longest_files__are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []
    assert len(set(LONGEST)) == len(LONGEST)
