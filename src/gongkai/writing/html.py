"""How is a report written as one self-contained web page that reads on paper, on a phone and to a screen reader?

No script and nothing fetched: style and pictures stand in the page, every text is escaped. What only repeats figures of
the tables (charts and their data) is marked ``data-derived``, so that a reader of the page does not count it twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape as _escape
from pathlib import Path

from gongkai.writing.charts import Chart
from gongkai.writing.document import Annex, Closing, Document, Element, Fields, Text, Title
from gongkai.writing.layout import PrintedCell, PrintedTable, Role

_LIKE_ENTITY = re.compile(r"&amp;(?=#?[0-9A-Za-z]{1,10};)")
_NARROW = 4  # columns a phone still shows side by side
_STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def html(document: Document) -> bytes:
    """The document as one HTML page in UTF-8."""
    body = "\n".join(part for number, element in enumerate(document.elements) for part in _drawn(element, number))
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.name)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")


def escape(text: str) -> str:
    """The text as HTML. Words that look like an entity get an unseen joiner inside, or a reader of twice escaped pages undoes them."""
    return _LIKE_ENTITY.sub("&amp;&#8288;", _escape(text))


def _drawn(element: Element, number: int) -> Iterator[str]:
    match element:
        case Title(lines):
            yield f"<h1>{'<br>'.join(escape(line) for line in lines)}</h1>"
        case Text(text, level):
            yield (f"<p>{escape(text)}</p>", f"<h2>{escape(text)}</h2>", f"<h3>{escape(text)}</h3>")[level]
        case PrintedTable():
            yield from _table(element, f"t{number}")
        case Chart():
            yield from _chart(element)
        case Annex(mark, lines):
            if mark:
                yield f'<p class="mark">{escape(mark)}</p>'
            tag = "h2" if mark else "h1"
            yield f'<{tag} class="annex">{"<br>".join(escape(line) for line in lines)}</{tag}>'
        case Fields(lines):
            for line in lines:
                words = "　　".join(f"{name}：{value}" for name, value in line)
                yield f'<p class="fields">{escape(words)}</p>'
        case Closing(agency, date):
            yield f'<p class="closing">{escape(agency)}</p><p class="closing">{escape(date)}</p>'


def _table(table: PrintedTable, name: str) -> Iterator[str]:
    label = escape(table.title or table.section or "统计表")
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
    wide = " wide" if table.columns > _NARROW else ""
    yield f'<table class="{table.layout.value}{wide}" aria-label="{label}">'
    if table.title:
        yield f"<caption>{escape(table.title)}</caption>"
    yield "<colgroup>" + "".join(f'<col style="width:{w / sum(table.widths):.2%}">' for w in table.widths) + "</colgroup>"
    rows = table.row_cells()
    if table.header_rows:
        yield from ("<thead>", *_rows(table, rows[: table.header_rows], name), "</thead>")
    yield from ("<tbody>", *_rows(table, rows[table.header_rows :], name), "</tbody>")
    yield "</table></div>"


def _rows(table: PrintedTable, rows: Iterable[tuple[PrintedCell, ...]], name: str) -> Iterator[str]:
    for cells in rows:
        yield "<tr>" + "".join(_cell(table, cell, name) for cell in cells) + "</tr>"


def _key(cell: PrintedCell, name: str) -> str:
    return f"{name}r{cell.row}c{cell.column}"


def _cell(table: PrintedTable, cell: PrintedCell, name: str) -> str:
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    )
    text = escape(cell.text)
    if cell.role in {Role.BLOCK, Role.HEADING}:
        scope = "colgroup" if cell.column_span > 1 else "col"
        return f'<th id="{_key(cell, name)}" scope="{scope}"{spans}>{text}</th>'
    if cell.role is Role.LABEL:
        scope = "rowgroup" if cell.row_span > 1 else "row"
        indent = f' class="i{min(cell.indent, 8)}"' if cell.indent else ""
        return f'<th id="{_key(cell, name)}" scope="{scope}"{indent}{spans}>{text}</th>'
    if cell.role is Role.FIGURE:
        heads = " ".join(_key(head, name) for head in table.headers_of(cell))
        return f'<td class="figure" headers="{heads}"{spans}>{text}</td>'
    return f"<td{spans}>{text}</td>"


def _chart(chart: Chart) -> Iterator[str]:
    yield f'<figure data-derived><div role="img" aria-label="{escape(chart.alt)}">{chart.svg}</div>'
    yield "<details><summary>查看数据</summary><table><thead><tr>"
    yield "".join(f'<th scope="col">{escape(word)}</th>' for word in chart.head)
    yield "</tr></thead><tbody>"
    for first, *rest in chart.rows:
        yield f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(word)}</td>" for word in rest) + "</tr>"
    yield f"</tbody></table></details><figcaption>{escape(chart.title)}</figcaption></figure>"
