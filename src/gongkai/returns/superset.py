"""How does a body that was asked for more rows or columns than the form has get an edition of its own?

A superset is a TOML file that names the edition it ``extends`` and adds to it: rows (each ``after`` a row of the
form or an earlier added row), columns and identities. Nothing of the form can be removed or renamed, so that
figures stay comparable; its own codes start with ``local.``. A list that gets columns becomes a grid whose first
column is the form's own figure.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from gongkai.errors import BadEdition, NotFound
from gongkai.reasons import syntax_reason
from gongkai.returns.editions import edition
from gongkai.returns.loader import build
from gongkai.returns.model import Edition

_FIELDS = {"extends", "name", "title", "authority", "row", "column", "identity"}
_ROW_FIELDS = {"table", "after", "code", "label", "under", "unit", "of_which", "optional", "whole", "also"}
_COLUMN_FIELDS = {"table", "code", "label", "unit", "whole", "signed"}
_NAME = re.compile(r"[a-z0-9_]+\Z")
_OWN = "local."
_EDITIONS = Path(__file__).parent / "editions"


def superset(path: Path) -> Edition:
    """The edition a superset file describes; its key is the base's with "+" and the name. BadEdition names what is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = syntax_reason(error)
        raise BadEdition(f"本地格式文件“{path.name}”读不出来：{why}。请检查文件是否存在、是否为 UTF-8 编码的 TOML。") from error
    return _Superset(path.name).edition(raw)


class _Superset:
    """One superset file while it is being read; every refusal names it."""

    def __init__(self, source: str) -> None:
        self.source = source

    def refuse(self, what: str) -> BadEdition:
        return BadEdition(f"本地格式文件“{self.source}”有误：{what}。请改正后再用。")

    def edition(self, raw: dict[str, Any]) -> Edition:
        self._known(raw, _FIELDS, "文件")
        base = self._base(raw)
        name = raw.get("name")
        if not isinstance(name, str) or not _NAME.match(name):
            raise self.refuse('name 要用小写英文字母、数字和下划线，例如 name = "town"')
        form = tomllib.loads((_EDITIONS / f"{base.key}.toml").read_text(encoding="utf-8"))
        form |= {"key": f"{base.key}+{name}", "short": [name], "title": raw.get("title", base.title)}
        form["authority"] = raw.get("authority", base.authority)
        for row in self._list(raw, "row"):
            self._add_row(form, row)
        for column in self._list(raw, "column"):
            self._add_column(form, column)
        for identity in self._list(raw, "identity"):
            self._add_identity(form, identity)
        return build(form, self.source, base.key)

    def _base(self, raw: dict[str, Any]) -> Edition:
        try:
            return edition(str(raw.get("extends", "")))
        except NotFound as error:
            raise self.refuse(f"extends 要写所依据的格式；{error}".rstrip("。")) from error

    def _add_row(self, form: dict[str, Any], row: dict[str, Any]) -> None:
        where = f"增加的行“{row.get('label', '')}”"
        self._known(row, _ROW_FIELDS, where)
        table = self._table(form, row, where)
        self._own_code(row, where)
        rows = table.get("rows", [])
        codes = [r["code"] for r in rows]
        if row.get("after") not in codes:
            raise self.refuse(f"{where}的 after“{row.get('after', '')}”不是表“{table['key']}”里的行代码")
        if any((row.get("label"), row.get("under")) == (known["label"], known.get("under")) for known in rows):
            raise self.refuse(f"{where}在同一个上级下已经有了；请换一个名称，以免分不清")
        at = codes.index(row["after"]) + 1
        while at < len(rows) and self._is_below(rows, at, row["after"]) and row.get("under") != row["after"]:
            at += 1  # after a row means after everything that stands under it too
        rows.insert(at, {k: v for k, v in row.items() if k not in ("table", "after")})

    def _is_below(self, rows: list[dict[str, Any]], at: int, code: str) -> bool:
        parents = {r["code"]: r.get("under") for r in rows}
        above = rows[at].get("under")
        while above is not None:
            if above == code:
                return True
            above = parents.get(above)
        return False

    def _add_column(self, form: dict[str, Any], column: dict[str, Any]) -> None:
        label = column.get("label")
        where = f"增加的列“{'—'.join(label) if isinstance(label, list) else label}”"
        self._known(column, _COLUMN_FIELDS, where)
        table = self._table(form, column, where)
        self._own_code(column, where)
        if (
            (table["layout"] == "list" or table.get("headings") or table.get("heading"))
            and isinstance(label, list)
            and len(label) > 1
        ):
            raise self.refuse(
                f'{where}写了{len(label)}层标题，表“{table["key"]}”的列标题只有一层；label 请只写一项，例如 ["{label[-1]}"]'
            )
        if table["layout"] == "list":
            headings = table["headings"]
            table |= {"layout": "grid", "corner": headings[0], "columns": [{"code": "", "label": [headings[-1]]}]}
        if any(label == known["label"] for known in table["columns"]):
            raise self.refuse(f"{where}在表“{table['key']}”里已经有了；请换一个列标题，以免分不清")
        table["columns"].append({k: v for k, v in column.items() if k != "table"})

    def _add_identity(self, form: dict[str, Any], identity: dict[str, Any]) -> None:
        """Add an identity, or put it in the place of the form's one of the same key when it says ``replaces``."""
        added = {k: v for k, v in identity.items() if k != "replaces"}
        kept = [i for i in form.get("identity", []) if i["key"] != identity.get("key")]
        is_there = len(kept) < len(form.get("identity", []))
        if is_there and identity.get("replaces") is not True:
            raise self.refuse(f"勾稽关系“{identity['key']}”在所依据的格式里已经有了；要改写它，请写明 replaces = true")
        if not is_there and identity.get("replaces"):
            raise self.refuse(f"勾稽关系“{identity.get('key')}”在所依据的格式里没有，不能 replaces")
        form["identity"] = [*kept, added]

    def _table(self, form: dict[str, Any], added: dict[str, Any], where: str) -> dict[str, Any]:
        tables: dict[str, dict[str, Any]] = {t["key"]: t for t in form["table"]}
        if added.get("table") not in tables:
            raise self.refuse(f"{where}没有写明加在哪张表，table 可以是：{'、'.join(tables)}")
        return tables[added["table"]]

    def _own_code(self, added: dict[str, Any], where: str) -> None:
        code = added.get("code")
        if not isinstance(code, str) or not code.startswith(_OWN):
            raise self.refuse(f"{where}的 code 要以“{_OWN}”开头，以免与全国格式的代码相混")

    def _known(self, raw: dict[str, Any], known: set[str], where: str) -> None:
        for name in raw.keys() - known:
            raise self.refuse(f"{where}里有不认识的字段“{name}”")

    def _list(self, raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
        value = raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.refuse(f"{name} 要写成 [[{name}]] 一节一节的形式")
        return value
