"""Is a row, a cell or a block that was filled in one place too far named, and nothing else?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.checking import check
from gongkai.checking.displaced import move
from gongkai.kernel import Status
from gongkai.returns import Report, edition, editions
from tests.core.checking.consistent import changed, consistent

FORM = edition("cn2021")
ROW = [
    f"outcome.granted{part}"
    for part in ".natural_person .company .research .public_welfare .legal_services .other_organisation".split()
]
ROW.append("outcome.granted")


def values(report: Report) -> dict[str, Decimal | None]:
    return {f.code or "": f.value for f in report.figures}


@pytest.mark.parametrize("key", [e.key for e in editions()])
def test_move__of_a_report_in_which_everything_holds_is_none(key: str) -> None:
    assert all(move(edition(key), values(consistent(edition(key), seed))) is None for seed in range(5))


@pytest.mark.parametrize("key", [e.key for e in editions()])
def test_move__never_explains_one_wrong_number(key: str) -> None:
    right = values(consistent(edition(key), 3))

    assert [code for code in right if move(edition(key), {**right, code: (right[code] or Decimal(0)) + 4}) is not None] == []


@pytest.mark.parametrize("seed", range(4))
def test_row__filled_in_one_cell_too_far_is_found(seed: int) -> None:
    right = values(consistent(FORM, seed))
    wrong = {**right, **{to: right[of] for to, of in zip(ROW[1:], ROW, strict=False)}, ROW[0]: Decimal(0)}

    found = move(FORM, wrong)
    assert found is not None
    assert (found.kind, set(found.codes)) == ("across", set(ROW))


def test_rows__filled_in_one_line_too_low_are_found() -> None:
    right = values(consistent(FORM, 3))
    rows = [code for code in right if code.startswith(("requests.new", "requests.carried", "outcome"))]
    assert len(rows) == 25 * 7
    wrong = {
        **right,
        **{to: right[of] for to, of in zip(rows[35:], rows[28:-7], strict=True)},
        **dict.fromkeys(rows[28:35], Decimal(0)),
    }

    found = move(FORM, wrong)
    assert found is not None
    assert found.kind == "down"


def exchanged(report: Report, one: str, other: str) -> Report:
    have = values(report)
    return changed(report, {one: have[other] or Decimal(0), other: have[one] or Decimal(0)})


def told(report: Report, previous: Report | None = None) -> list[str]:
    return [f.message for f in check(report, previous) if f.rule == "R125" and f.status is Status.REMARK]


def test_finding__names_the_two_cells() -> None:
    (message,) = told(exchanged(consistent(FORM, 3), "requests.new.natural_person", "requests.new.company"))

    assert "“自然人”" in message
    assert "“商业企业”两格对调" in message


def test_new_and_carried_in__exchanged_are_known_by_the_year_before() -> None:
    last = consistent(FORM, 3, 2022)
    carried = {code: value for code, value in values(last).items() if code.startswith("requests.carried_out")}
    this = replace(consistent(FORM, 4, 2023), agency=last.agency)
    have = values(this)
    new = {code.replace("carried_out", "carried_in"): value or Decimal(0) for code, value in carried.items()}
    shift = {code: new[code] - (have[code] or Decimal(0)) for code in new}
    right = {
        **new,
        **{c.replace("carried_in", "new"): (have[c.replace("carried_in", "new")] or Decimal(0)) - d for c, d in shift.items()},
    }
    good = changed(this, {code: value + 300 if code.startswith("requests.new.") else value for code, value in right.items()})
    good = changed(good, _balanced(values(good)))
    assert told(good, last) == []
    swap = {
        code: values(good)[code.replace("carried_in", "new") if "carried_in" in code else code.replace("new", "carried_in")]
        for code in right
    }

    (message,) = told(changed(good, {code: value or Decimal(0) for code, value in swap.items()}), last)
    assert "两行对调" in message


def _balanced(have: dict[str, Decimal | None]) -> dict[str, Decimal]:
    """What makes the rows add up again: the total of what is new, and what is carried out."""
    out: dict[str, Decimal] = {}
    parts = [code for code in have if code.startswith("requests.new.")]
    out["requests.new"] = sum((have[code] or Decimal(0) for code in parts), Decimal(0))
    for code in (*parts, "requests.new"):
        got = (out.get(code) or have[code] or Decimal(0)) + (have[code.replace("new", "carried_in")] or Decimal(0))
        out[code.replace("new", "carried_out")] = got - (have[code.replace("requests.new", "outcome.total")] or Decimal(0))
    return out
