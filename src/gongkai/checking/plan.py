"""Which relations of an edition can be judged, grouped so that one report costs little?

A plan is made once an edition and kept; it holds nothing of any report.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.returns import Edition, Identity, Kind, Layout, Term
from gongkai.returns.model import ACROSS_YEARS

ADDITIVE = frozenset({Kind.SUM, Kind.BALANCE, Kind.ACROSS})


@dataclass(frozen=True, slots=True)
class Relation:
    """An identity made ready: the codes of both sides, and what it shares with its fellows.

    ``plain`` when both sides are sums without a minus and without last year's figures. ``in_grid`` when its
    cells stand in a table with columns. ``family`` is the same for one identity in all columns of a table;
    ``in_total`` when it is the member that stands in the total column.
    """

    identity: Identity
    left: tuple[str, ...]
    right: tuple[str, ...]
    plain: bool
    in_grid: bool
    family: str
    in_total: bool


@dataclass(frozen=True)
class Plan:
    """What there is to judge in an edition; ``families`` are the kinds there are, hard or soft, in a grid or not."""

    edition: Edition
    relations: dict[tuple[Kind, bool], tuple[Relation, ...]]
    families: frozenset[tuple[Kind, bool, bool]]
    empty: dict[str, None]
    required: frozenset[str]
    whole: frozenset[str]
    signed: frozenset[str]
    additive: frozenset[str]

    def of(self, kind: Kind, *, hard: bool) -> tuple[Relation, ...]:
        """The edition's relations of a kind and hardness."""
        return self.relations.get((kind, hard), ())


_PLANS: dict[str, Plan] = {}


def plan(edition: Edition) -> Plan:
    """The plan of an edition; kept by key, made anew when another edition comes under the same key."""
    kept = _PLANS.get(edition.key)
    if kept is None or kept.edition is not edition:
        kept = _PLANS[edition.key] = _made(edition)
    return kept


def _made(edition: Edition) -> Plan:
    totals = {
        edition.cells[i.left[0].code].table: edition.cells[i.left[0].code].column_index
        for i in edition.identities
        if i.kind is Kind.ACROSS
    }
    relations: dict[tuple[Kind, bool], list[Relation]] = {}
    for identity in edition.identities:
        relations.setdefault((identity.kind, identity.hard), []).append(_relation(edition, identity, totals))
    cells = edition.cells.values()
    return Plan(
        edition=edition,
        relations={k: tuple(v) for k, v in relations.items()},
        families=frozenset((kind, hard, r.in_grid) for (kind, hard), those in relations.items() for r in those),
        empty=dict.fromkeys(edition.cells),
        required=frozenset(c.code for c in cells if not c.optional),
        whole=frozenset(c.code for c in cells if c.whole),
        signed=frozenset(c.code for c in cells if c.signed),
        additive=frozenset(t.code for i in edition.identities if i.hard and i.kind in ADDITIVE for t in (*i.left, *i.right)),
    )


def _relation(edition: Edition, identity: Identity, totals: dict[str, int]) -> Relation:
    terms = (*identity.left, *identity.right)
    first = edition.cells[terms[0].code]
    column = edition.table(first.table).columns[first.column_index].code if edition.table(first.table).columns else ""
    return Relation(
        identity=identity,
        left=_codes(identity.left),
        right=_codes(identity.right),
        plain=identity.kind not in ACROSS_YEARS and all(t.sign == 1 for t in terms),
        in_grid=edition.table(first.table).layout is Layout.GRID,
        family=identity.key.removesuffix(f".{column}") if column else identity.key,
        in_total=identity.kind is not Kind.ACROSS and totals.get(first.table) == first.column_index,
    )


def _codes(terms: tuple[Term, ...]) -> tuple[str, ...]:
    return tuple(t.code for t in terms)
