"""Random reports in which every relation of the edition holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from gongkai.kernel import State
from gongkai.returns import Edition, Identity, Kind, Report, blank_report

EQUAL = frozenset({Kind.SUM, Kind.BALANCE, Kind.ACROSS})


def consistent(form: Edition, seed: int, year: int = 2016) -> Report:
    """A report of the edition with random figures, every hard relation kept."""
    draw = Random(seed)
    values = {c.code: Decimal(draw.choice((0, 0, 0, 1, 2, 5, 17))) for c in form.cells.values()}
    by_kind: dict[Kind, list[Identity]] = {}
    for identity in form.identities:
        if identity.hard:
            by_kind.setdefault(identity.kind, []).append(identity)
    for identity in by_kind.get(Kind.OF_WHICH, ()):
        values[identity.right[0].code] += values[identity.left[0].code]
    for identity in by_kind.get(Kind.PARTS_WITHIN, ()):
        values[identity.right[0].code] += total(values, identity, left=True)
    for _ in range(3):  # totals of totals, then the balance that rests on them
        for identity in by_kind.get(Kind.SUM, ()):
            values[identity.left[0].code] = total(values, identity)
        for identity in by_kind.get(Kind.BALANCE, ()):
            keep_balance(values, identity)
        for identity in by_kind.get(Kind.ACROSS, ()):
            values[identity.left[0].code] = total(values, identity)
    for identity in by_kind.get(Kind.UNION_FLOOR, ()):
        part, whole = identity.left[0].code, identity.right[0].code
        values[whole] = max(values[whole], values[part])
    for identity in by_kind.get(Kind.UNION_CEILING, ()):
        # The last channel takes what the others leave open, and stays within the total itself.
        short = values[identity.left[0].code] - total(values, identity)
        values[identity.right[-1].code] += max(short, Decimal(0))
    made = tuple(
        replace(f, value=values[f.code or ""], text=str(values[f.code or ""]), state=State.NUMBER)
        for f in blank_report(form).figures
    )
    return Report("青岚县司法局", year, form, made)


def total(values: dict[str, Decimal], identity: Identity, *, left: bool = False) -> Decimal:
    return sum((t.sign * values[t.code] for t in (identity.left if left else identity.right)), Decimal(0))


def keep_balance(values: dict[str, Decimal], identity: Identity) -> None:
    """What is new is what was dealt with and carried out, less what was carried in."""
    new, carried_in = (t.code for t in identity.left)
    out = total(values, identity)
    values[carried_in] = min(values[carried_in], out)
    values[new] = out - values[carried_in]


def changed(report: Report, changes: dict[str, Decimal]) -> Report:
    """The report with other numbers in these cells."""
    return replace(
        report,
        figures=tuple(
            replace(f, value=changes[f.code], text=str(changes[f.code])) if f.code in changes else f for f in report.figures
        ),
    )
