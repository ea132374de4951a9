"""Do facts stand where they belong: editions in returns, day counts in the law, nobody's report in the program?"""

from __future__ import annotations

import ast
import re
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.house.sources import CORE, ROOT, SRC, WEB, nothing, python, text, tracked, tree, where

EDITIONS = CORE / "returns" / "editions"
LAW = CORE / "law"
SAMPLES = ROOT / "samples"
SAMPLE_DATA = ROOT / "tools" / "sample_data"

# Whole numbers that the clock's modules may write: they count positions or name calendar facts, never a legal span.
PLAIN_NUMBERS = {-1, 0, 1, 2}
# (module, number): why it is no legal span.
CALENDAR_FACTS: dict[tuple[str, int], str] = {
    ("src/gongkai_web/flow/outbox.py", 14): "how long a delivered row of the queue is kept",
    ("src/gongkai_web/flow/tasks.py", 90): "how long an ended task is kept",
}


def edition_keys() -> list[str]:
    return [path.stem for path in sorted(EDITIONS.glob("*.toml"))]


def test_edition__none_is_named_outside_returns() -> None:
    keys = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, edition_keys())) + r")(?![\w-])")
    named = []
    for path in tracked():
        if path.is_relative_to(SRC) and not path.is_relative_to(CORE / "returns"):
            named += [f"{where(path)}: {found}" for found in keys.findall(text(path) or "")]

    assert len(edition_keys()) >= 6
    nothing(named)


def test_law__no_number_of_days_stands_in_python() -> None:
    spans = []
    for path in python(CORE / "clock", CORE / "procedure", CORE / "calendar", CORE / "law", CORE / "cli", WEB):
        legal_only = not path.is_relative_to(CORE / "clock") and not path.is_relative_to(CORE / "procedure")
        for node in ast.walk(tree(path)):
            if legal_only:
                found = days_of_timedelta(node)
            else:
                found = [node.value] if isinstance(node, ast.Constant) and type(node.value) is int else []
            spans += [
                f"{where(path, node.lineno)}: {number}"  # type: ignore[attr-defined]  # a constant and a call have a line
                for number in found
                if number not in PLAIN_NUMBERS and (where(path), number) not in CALENDAR_FACTS
            ]

    nothing(spans)


def days_of_timedelta(node: ast.AST) -> list[int]:
    """The whole numbers of days that a ``timedelta(...)`` call writes out."""
    if not (isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "timedelta"):
        return []
    written = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "days")]
    return [part.value for part in written if isinstance(part, ast.Constant) and type(part.value) is int]


def test_law__every_instrument_is_data() -> None:
    instruments = sorted((LAW / "instruments").glob("*.toml"))

    assert instruments
    for path in instruments:
        assert tomllib.loads(path.read_text(encoding="utf-8"))


# ---- nobody's report in the program -------------------------------------------------------------------------------------


BODY = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:市|县|区|旗|州|省|镇|乡|街道)[\u4e00-\u9fff]{0,8}?(?:局|委员会|办公室|办事处|人民政府)"
)
WORDS_NOT_NAMES = re.compile(r"本|各|该|我|全|上级|下级|有关|人民政府$|所属|行政|政府信息|自治区|直辖市|设区的|不设区")
NUMBER = re.compile(r"(?<![\d.])\d[\d,]*\d(?:\.\d+)?(?![\d.])")


def names_in(words: str) -> set[str]:
    """The names of bodies in a text, as far as a pattern can tell them from general words."""
    head = words[:400]
    return {name for name in BODY.findall(head) if not WORDS_NOT_NAMES.search(name)}


def figures_in(words: str) -> set[str]:
    """The figures of a text that are too particular to stand elsewhere by chance: four digits or more, no year, date or round number."""
    plain = {number.replace(",", "") for number in NUMBER.findall(words)}
    ordinary = re.compile(r"(19|20)\d\d(\d{2,4})?|\d+00")  # years, dates, round numbers
    return {number for number in plain if len(number.replace(".", "")) >= 4 and not ordinary.fullmatch(number)}


@cache
def sample_texts() -> tuple[str, ...]:
    """The text of every sample: plain formats as they are, office formats unpacked."""
    texts = []
    for path in sorted(SAMPLES.rglob("*")) if SAMPLES.is_dir() else []:
        if path.suffix in {".docx", ".xlsx"}:
            with zipfile.ZipFile(path) as archive:
                parts = [
                    archive.read(name).decode("utf-8")
                    for name in archive.namelist()
                    if re.search(r"(document|sharedStrings|sheet\d+)\.xml$", name)
                ]
            texts.append(re.sub(r"<[^>]+>", " ", re.sub(r"</?w:(?:r|t|rPr|rFonts)\b[^>]*>", "", " ".join(parts))))
        elif path.suffix in {".txt", ".html", ".htm", ".json", ".csv", ".toml", ".md"}:
            texts.append(path.read_bytes().decode("utf-8", errors="ignore"))
    return tuple(texts)


@cache
def program_words() -> tuple[tuple[Path, str], ...]:
    return tuple((path, text(path) or "") for path in tracked() if path.is_relative_to(SRC))


@cache
def program_numbers() -> dict[str, str]:
    """Every number that the program's Python writes out, with the place of one of them."""
    numbers: dict[str, str] = {}
    for path in python(SRC):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str) and not isinstance(node.value, bool):
                for number in NUMBER.findall(str(node.value)):
                    numbers.setdefault(number.replace(",", ""), where(path, node.lineno))
    return numbers


def stands_in_program(names: set[str]) -> dict[str, str]:
    return {name: where(path) for name in names for path, words in program_words() if name in words}


def test_sample__no_body_of_one_stands_in_the_program() -> None:
    names = {name for words in sample_texts() for name in names_in(words)}

    assert names, "the samples name no body; the pattern or the samples are wrong"
    nothing((stands_in_program(names)).items())


def test_sample__no_figure_of_one_stands_in_the_program() -> None:
    # The sources hold every figure of every sample; the files made from them also hold measures of type and paper.
    sources = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE_DATA.glob("*.toml"))]
    figures = {number for words in sources for number in figures_in(words)}

    assert figures
    nothing({number: program_numbers()[number] for number in figures & program_numbers().keys()}.items())


def test_real_report__no_body_of_one_stands_in_the_program_or_the_samples(shared: Path) -> None:
    reports = [path.read_text(encoding="utf-8", errors="ignore") for path in sorted((shared / "reports").glob("*.txt"))]
    names = {name for words in reports for name in names_in(words)}

    assert len(names) >= 3
    nothing((stands_in_program(names)).items())
    assert {name for name in names for words in sample_texts() if name in words} == set()


def test_real_report__no_figure_of_one_stands_in_the_program(shared: Path) -> None:
    figures: set[str] = set()
    for path in sorted((shared / "reports").glob("*.txt")):
        figures |= figures_in(path.read_text(encoding="utf-8", errors="ignore"))

    assert len(figures) >= 10
    nothing(({number: program_numbers()[number] for number in figures & program_numbers().keys()}).items())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("青岚市槐荫区司法局2024年度报告", {"青岚市槐荫区司法局"}),
        ("本市各局、有关行政机关", set()),
    ],
)
def test_name__is_told_from_general_words(words: str, expected: set[Any]) -> None:
    assert names_in(words) == expected


def test_figure__years_and_small_numbers_do_not_count() -> None:
    assert figures_in("2024年共1,234件，收费18.4719万元，12条，20240101") == {"1234", "18.4719"}
