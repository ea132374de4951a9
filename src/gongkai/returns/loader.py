"""How does an edition's TOML become a checked Edition?

The loader refuses unknown fields, doubled codes, identities over cells that do not exist, parents that do not
stand above their children. A wrong file is our fault: BadEdition names the file, the field and the remedy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.errors import BadEdition
from gongkai.reasons import syntax_reason
from gongkai.returns.model import ACROSS_YEARS, Cell, Column, Edition, Identity, Kind, Layout, Row, Table, Term

_EDITION_FIELDS = {
    "key", "short", "title", "form_title", "authority", "issued", "first_year", "last_year",
    "sections", "head", "foot", "table", "identity",
}  # fmt: skip
_TABLE_FIELDS = {"key", "section", "layout", "title", "heading", "corner", "headings", "unit", "rows", "columns"}
_ROW_FIELDS = {
    "code", "label", "under", "unit", "unit_text", "heading", "of_which", "optional", "whole", "number", "also",
}  # fmt: skip
_COLUMN_FIELDS = {"code", "label", "unit", "whole", "signed"}
_IDENTITY_FIELDS = {"key", "kind", "left", "right", "hard", "printed", "note", "across", "table", "total", "parts"}


def load(path: Path) -> Edition:
    """Read one edition file; raises BadEdition with the file and the field that is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = syntax_reason(error)
        raise BadEdition(f"年报格式文件“{path.name}”读不出来：{why}。请检查文件是否完整、是否为 UTF-8 编码的 TOML。") from error
    return build(raw, path.name)


def build(raw: dict[str, Any], source: str, base: str | None = None) -> Edition:
    """An Edition from parsed TOML; ``source`` names it in refusals."""
    check = _Check(source)
    check.fields(raw, _EDITION_FIELDS, "格式")
    tables = tuple(_table(check, t) for t in check.need(raw, "table", list, "格式"))
    codes = [c.code for t in tables for c in t.cells]
    for code in {c for c in codes if codes.count(c) > 1}:
        check.refuse(f"单元格代码“{code}”出现了不止一次")
    by_key = {t.key: t for t in tables}
    if len(by_key) != len(tables):
        check.refuse("两张表用了同一个 key")
    sections = tuple(check.need(raw, "sections", list, "格式"))
    for table in tables:
        if table.section is not None and table.section not in sections:
            check.refuse(f"表“{table.key}”的 section“{table.section}”不在 sections 里")
    identities = tuple(i for r in raw.get("identity", ()) for i in _identities(check, r, by_key, frozenset(codes)))
    keys = [i.key for i in identities]
    for key in {k for k in keys if keys.count(k) > 1}:
        check.refuse(f"勾稽关系 key“{key}”出现了不止一次")
    return Edition(
        key=check.need(raw, "key", str, "格式"),
        short=tuple(raw.get("short", ())),
        title=check.need(raw, "title", str, "格式"),
        form_title=raw.get("form_title"),
        authority=check.need(raw, "authority", str, "格式"),
        issued=check.need(raw, "issued", str, "格式"),
        first_year=raw.get("first_year"),
        last_year=raw.get("last_year"),
        sections=sections,
        head=tuple(raw.get("head", ())),
        foot=tuple(raw.get("foot", ())),
        tables=tables,
        identities=identities,
        base=base,
    )


class _Check:
    def __init__(self, source: str) -> None:
        self.source = source

    def refuse(self, what: str) -> None:
        raise BadEdition(f"年报格式文件“{self.source}”有误：{what}。请改正后再用。")

    def fields(self, raw: dict[str, Any], known: set[str], where: str) -> None:
        for name in raw.keys() - known:
            self.refuse(f"{where}里有不认识的字段“{name}”")

    def need(self, raw: dict[str, Any], name: str, kind: type, where: str) -> Any:
        value = raw.get(name)
        if not isinstance(value, kind) or (value in ("", []) and name != "code"):
            self.refuse(f"{where}缺少字段“{name}”，或者类型不对")
        return value

    def one_of(self, raw: dict[str, Any], name: str, choices: list[str], where: str) -> str:
        value = raw.get(name)
        if not isinstance(value, str) or value not in choices:
            self.refuse(f"{where}的 {name}“{value}”不在 {'、'.join(choices)} 之中")
        return str(value)


def _table(check: _Check, raw: dict[str, Any]) -> Table:
    check.fields(raw, _TABLE_FIELDS, "表")
    key = check.need(raw, "key", str, "表")
    where = f"表“{key}”"
    layout = Layout(check.one_of(raw, "layout", [v.value for v in Layout], where))
    unit = raw.get("unit")
    rows = tuple(_rows(check, raw.get("rows", []), raw.get("heading"), where))
    columns = tuple(_columns(check, raw.get("columns", []), where))
    if (layout is not Layout.LINE and not rows) or (layout is not Layout.LIST and not columns):
        check.refuse(f"{where}没有行或没有列")
    return Table(
        key=key,
        layout=layout,
        section=raw.get("section"),
        title=raw.get("title"),
        heading=raw.get("heading"),
        corner=raw.get("corner", ""),
        headings=tuple(raw.get("headings", ())),
        rows=rows,
        columns=columns,
        cells=tuple(_cells(key, layout, rows, columns, unit)),
    )


def _rows(check: _Check, raw: list[dict[str, Any]], heading: str | None, where: str) -> Iterator[Row]:
    paths: dict[str, tuple[str, ...]] = {}
    lead = () if heading is None else (heading,)
    for r in raw:
        check.fields(r, _ROW_FIELDS, f"{where}的行")
        code, label, under = (
            check.need(r, "code", str, f"{where}的行"),
            check.need(r, "label", str, f"{where}的行"),
            r.get("under"),
        )
        if under is not None and under not in paths:
            check.refuse(f"{where}的行“{label}”的上级“{under}”不在它上面")
        if code in paths:
            check.refuse(f"{where}的行代码“{code}”出现了不止一次")
        paths[code] = (*(paths[under] if under is not None else lead), label)
        yield Row(
            code=code,
            label=label,
            path=paths[code],
            depth=len(paths[code]) - 1 - len(lead),
            unit=r.get("unit"),
            unit_text=r.get("unit_text"),
            heading=r.get("heading", False),
            of_which=r.get("of_which", False),
            optional=r.get("optional", False),
            whole=r.get("whole", True),
            number=r.get("number"),
            also=tuple(r.get("also", ())),
        )


def _columns(check: _Check, raw: list[dict[str, Any]], where: str) -> Iterator[Column]:
    for c in raw:
        check.fields(c, _COLUMN_FIELDS, f"{where}的列")
        yield Column(
            code=check.need(c, "code", str, f"{where}的列"),
            path=tuple(check.need(c, "label", list, f"{where}的列")),
            unit=c.get("unit"),
            whole=c.get("whole", True),
            signed=c.get("signed", False),
        )


def _cells(table: str, layout: Layout, rows: tuple[Row, ...], columns: tuple[Column, ...], unit: str | None) -> Iterator[Cell]:
    if layout is Layout.LINE:
        for j, c in enumerate(columns):
            yield Cell(c.code, (), c.path, c.unit or unit, table, 0, j, c.whole, c.signed, False)
    elif layout is Layout.LIST:
        for i, r in enumerate(rows):
            if not r.heading:
                yield Cell(r.code, r.path, (), r.unit or unit, table, i, 0, r.whole, False, r.optional)
    else:
        for i, r in enumerate(rows):
            for j, c in enumerate(columns):
                if not r.heading:
                    code = cell_code(r.code, c.code)
                    yield Cell(
                        code, r.path, c.path, c.unit or r.unit or unit, table, i, j, c.whole and r.whole, c.signed, r.optional
                    )


def cell_code(row: str, column: str) -> str:
    """The code of the cell where a row and a column cross; the total column has the empty code."""
    return f"{row}.{column}" if column else row


def _identities(check: _Check, raw: dict[str, Any], tables: dict[str, Table], codes: frozenset[str]) -> Iterator[Identity]:
    check.fields(raw, _IDENTITY_FIELDS, "勾稽关系")
    key = check.need(raw, "key", str, "勾稽关系")
    where = f"勾稽关系“{key}”"
    kind = Kind(check.one_of(raw, "kind", [v.value for v in Kind], where))
    if not isinstance(raw.get("hard"), bool):
        check.refuse(f"{where}没有写明 hard")
    for name in ("across", "table"):
        if name in raw and raw[name] not in tables:
            check.refuse(f"{where}所说的表“{raw[name]}”不存在")
    for left, right, suffix in _expand(raw, kind, tables):
        for term in (*left, *right):
            if term.code not in codes:
                check.refuse(f"{where}用到的单元格“{term.code}”不存在")
            if term.previous and kind not in ACROSS_YEARS:
                check.refuse(f"{where}不是跨年关系，却用了 previous")
        yield Identity(cell_code(key, suffix), kind, left, right, raw["hard"], raw.get("printed", False), raw.get("note", ""))


def _expand(
    raw: dict[str, Any], kind: Kind, tables: dict[str, Table]
) -> Iterator[tuple[tuple[Term, ...], tuple[Term, ...], str]]:
    """The cell-level identities one entry stands for: one, one a column (``across``), or one a row (kind across)."""
    if kind is Kind.ACROSS:
        for row in tables[raw["table"]].rows:
            if not row.heading:
                right = tuple(Term(cell_code(row.code, p)) for p in raw["parts"])
                yield (Term(cell_code(row.code, raw["total"])),), right, row.code
    elif "across" in raw:
        for column in tables[raw["across"]].columns:
            yield _terms(raw["left"], column.code), _terms(raw["right"], column.code), column.code
    else:
        yield _terms(raw["left"], ""), _terms(raw["right"], ""), ""


def _terms(words: list[str], column: str) -> tuple[Term, ...]:
    terms = []
    for word in words:
        sign, word = (-1, word[1:]) if word.startswith("-") else (1, word)
        previous, word = (True, word.removeprefix("previous:")) if word.startswith("previous:") else (False, word)
        terms.append(Term(cell_code(word, column), sign, previous))
    return tuple(terms)
