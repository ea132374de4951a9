"""Does every rule say what its cases say it must, and is every rule complete?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.checking import RULES, cards, cells, check, rule
from gongkai.checking import rules as rules_package
from gongkai.errors import NotFound
from gongkai.kernel import Finding, RuleCard, Status
from gongkai.returns import Report
from tests.core.checking.reports import report

FOLDER = Path(__file__).parent / "cases"
KINDS = ("pass", "fail", "unknown", "none")
FIELDS = {
    "edition",
    "year",
    "agency",
    "figures",
    "absent",
    "previous",
    "left",
    "right",
    "cells",
    "words",
    "count",
    "text",
    "children",
    "form",
    "columns",
}


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        assert content.keys() <= set(KINDS), path.name
        for kind, group in content.items():
            for n, case in enumerate(group, 1):
                assert case.keys() <= FIELDS, f"{path.name} {kind} {n}"
                yield pytest.param(path.stem.upper(), kind, case, id=f"{path.stem.upper()}-{kind}-{n}")


def made(case: dict[str, Any]) -> Report:
    more = {k: case[k] for k in ("year", "agency", "text") if k in case}
    built = report(case["edition"], case.get("figures"), absent=tuple(case.get("absent", ())), **more)
    return replace(_beside(built, case.get("columns", {})), form=case.get("form", False))


def _beside(built: Report, columns: dict[str, dict[str, int]]) -> Report:
    """The report with these columns, by heading and code, in place of its own figures; what a column does not name is 0."""
    if not columns:
        return built
    figures = [
        replace(f, code=None, column=(heading,), value=Decimal(values.get(f.code, 0)), text=str(values.get(f.code, 0)))
        for f in built.figures
        for heading, values in columns.items()
        if f.code is not None
    ]
    return replace(built, figures=tuple(figures))


@pytest.mark.parametrize(("code", "kind", "case"), list(cases()))
def test_case__gives_what_it_says(code: str, kind: str, case: dict[str, Any]) -> None:
    card = rule(code).card
    previous = made(case["previous"]) if "previous" in case else None
    children = tuple(made(child) for child in case.get("children", ()))
    items = [i for i in check(made(case), previous, children) if i.rule == code]
    found = [i for i in items if i.status is card.status]
    unknown = [i for i in items if i.status is Status.NOT_ASSESSABLE]
    if kind == "none":
        assert items == []
    elif kind == "pass":
        assert [i.status for i in items] == [Status.PASS], [i.message for i in items]
    elif kind == "unknown":
        assert [i.message for i in unknown if case["words"] in i.message]
        assert not any(i.status is Status.PASS for i in items)
    else:
        assert len(found) == case.get("count", 1), [i.message for i in found]
        holds(case, found[0])


def holds(case: dict[str, Any], finding: Finding) -> None:
    for side in ("left", "right"):
        if side in case:
            wanted = case[side] if isinstance(case[side], str) else Decimal(str(case[side]))
            assert getattr(finding, side) == wanted
    if "cells" in case:
        assert list(cells(finding)) == case["cells"]
    assert case.get("words", "") in finding.message
    assert finding.message.endswith("。")
    assert all(p.quote for p in finding.places)


@pytest.mark.parametrize("each", RULES, ids=lambda r: r.card.code)
def test_rule__has_a_file_of_its_own_and_cases_both_ways(each: Any) -> None:
    code = each.card.code.lower()
    folder = Path(str(rules_package.__file__)).parent
    (source,) = folder.glob(f"{code}_*.py")
    assert each.judge.__module__.endswith(source.stem)
    content = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    assert content["pass"]
    assert content["fail"]


def test_rules__stand_in_the_order_of_their_codes_and_each_file_is_registered() -> None:
    codes = [r.card.code for r in RULES]
    assert codes == sorted(set(codes))
    folder = Path(str(rules_package.__file__)).parent
    assert len(list(folder.glob("r[0-9]*.py"))) == len(RULES)


@pytest.mark.parametrize("card", [r.card for r in RULES], ids=lambda c: c.code)
def test_card__says_everything_in_whole_sentences(card: RuleCard) -> None:
    assert card.title
    assert not card.title.endswith("。")
    for words in (card.statement, card.basis, card.wrong, card.right):
        assert words.endswith("。")
    assert card.wrong != card.right


def test_cards__have_codes_of_their_own() -> None:
    codes = [c.code for c in cards()]
    assert len(codes) == len(set(codes))


def test_rule__is_found_in_small_letters_too() -> None:
    assert rule(" r101 ").card.code == "R101"


def test_rule__unknown_one_is_refused_with_the_list() -> None:
    with pytest.raises(NotFound, match=r"没有编号为“R999”的规则。现有的规则是：R101、"):
        rule("R999")
