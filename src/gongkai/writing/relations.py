"""What relations between figures does a form tell the clerk about, in words?"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.returns import Edition, Identity, Kind, Term

_WORDS = {
    Kind.SUM: "{left}等于各分项之和",
    Kind.BALANCE: "{left}，等于{right}，逐列成立",
    Kind.ACROSS: "每一行的总计等于同一行其余各列之和",
    Kind.OF_WHICH: "{left}不大于{right}",
    Kind.PARTS_WITHIN: "{left}合计不大于{right}",
    Kind.UNION_FLOOR: "{right}不小于任何一个渠道的数",
    Kind.UNION_CEILING: "{left}不大于各渠道之和",
    Kind.FLOOR: "{left}的{columns}不小于零",
    Kind.CARRY: "{left}等于上一年度年报的{right}",
}


def relations(edition: Edition) -> tuple[str, ...]:
    """The hard identities as sentences, each once, in the edition's order."""
    said = []
    for identity in edition.identities:
        if identity.hard and identity.kind in _WORDS:
            said.append(_sentence(edition, identity))
    return tuple(dict.fromkeys(said))


def _sentence(edition: Edition, identity: Identity) -> str:
    columns = "加".join(f"“{edition.cells[term.code].column[-1]}”" for term in identity.left if edition.cells[term.code].column)
    words = _WORDS[identity.kind]
    return words.format(left=_names(edition, identity.left), right=_names(edition, identity.right), columns=columns) + "。"


def _names(edition: Edition, terms: Sequence[Term]) -> str:
    names = dict.fromkeys(_name(edition, term) for term in terms)
    return "加".join(f"“{name}”" for name in names)


def _name(edition: Edition, term: Term) -> str:
    """A cell by its row, or by its headings in a table of one row."""
    cell = edition.cells[term.code]
    return cell.row[-1] if cell.row else "—".join(cell.column)
