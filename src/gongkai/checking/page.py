"""How is a check printed as one page: the tables as in the form, faulty cells numbered, the findings below?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from gongkai.checking.check import cells
from gongkai.checking.output import SHOWN, heading, places_in_words, rule_titles, summary
from gongkai.checking.tables import header_rows, table_name
from gongkai.checking.verdicts import Verdicts
from gongkai.kernel import STATUS_WORDS, Finding, Status
from gongkai.returns import Edition, Layout, Report, Table

_MARKED = frozenset({Status.FAIL, Status.UNCERTAIN, Status.REMARK})
_STYLE = """
body{margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1c1f23;background:#fff;
 font:16px/1.75 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
h1{font-size:1.5rem;border-bottom:2px solid #0b4a8f;padding-bottom:.4rem}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1.05rem}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.6rem 0 1.4rem;font-size:14px;line-height:1.5}
caption{text-align:left;font-weight:bold;padding:.3rem 0}th,td{border:1px solid #8a8f98;padding:.25rem .5rem;vertical-align:middle}
th{background:#f3f5f8;font-weight:normal}tbody th{text-align:left}td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.FAIL{outline:2px solid #b3261e;outline-offset:-2px}td.UNCERTAIN{outline:2px dashed #8a5a00;outline-offset:-2px}
td.REMARK{outline:1px dotted #444;outline-offset:-2px}td.unit{text-align:center}td sup{margin-left:.25rem;font-size:14px}sup a{text-decoration:none;color:#0b4a8f}
ol.findings{padding-left:0;list-style:none}ol.findings>li{margin:.7rem 0;padding:.5rem .8rem;border-left:4px solid #8a8f98}
li.FAIL{border-color:#b3261e!important}li.UNCERTAIN{border-color:#8a5a00!important}.rule{font-weight:bold}.place{color:#555;font-size:14px}.verdict{font-weight:bold}
@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;padding:0;font-size:12px}.wide{overflow:visible}
 table{font-size:10px;page-break-inside:auto}thead{display:table-header-group}tr,li{page-break-inside:avoid}section+section{page-break-before:always}}
"""


def findings_html(results: Sequence[tuple[Report, Sequence[Finding]]], verdicts: Verdicts | None = None) -> str:
    """One self-contained page for all reports: no script, nothing loaded, every word of a source escaped.

    ``verdicts`` are printed with the findings they are about.
    """
    body = "\n".join(_report(n, report, items, verdicts or {}) for n, (report, items) in enumerate(results, 1))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>年度报告核对结果</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>年度报告核对结果</h1>\n{body}\n</body></html>\n"
    )


def _report(n: int, report: Report, items: Sequence[Finding], verdicts: Verdicts) -> str:
    shown = [i for status in SHOWN for i in items if i.status is status]
    marks: dict[str, list[tuple[int, Status]]] = {}
    for number, item in enumerate(shown, 1):
        if item.status in _MARKED:
            for code in cells(item):
                marks.setdefault(code, []).append((number, item.status))
    titles = rule_titles()
    listed = "\n".join(_finding(f"f{n}-{i}", i, item, titles.get(item.rule, ""), verdicts) for i, item in enumerate(shown, 1))
    tables = "\n".join(_tables(n, report, report.edition, marks)) if report.edition else "<p>没有认出任何一种格式的表格。</p>"
    return (
        f"<section><h2>{escape(heading(report))}</h2>\n<p>{summary(items, verdicts)}</p>\n"
        f'<h3>核对意见</h3>\n<ol class="findings">{listed or "<li>没有发现问题。</li>"}</ol>\n<h3>表格</h3>\n{tables}</section>'
    )


def _finding(anchor: str, number: int, item: Finding, title: str, verdicts: Verdicts) -> str:
    spots = places_in_words(item.places)
    place = f'<div class="place">位置：{escape(spots)}。</div>' if spots else ""
    verdict = verdicts.get(item.fingerprint)
    decided = f'<div class="verdict">{escape(verdict.in_words())}</div>' if verdict is not None else ""
    return (
        f'<li id="{anchor}" class="{item.status}"><span class="rule">{number}. {STATUS_WORDS[item.status]} '
        f"{escape(item.rule)} {escape(title)}</span><div>{escape(item.message)}</div>{place}{decided}</li>"
    )


def _tables(n: int, report: Report, edition: Edition, marks: dict[str, list[tuple[int, Status]]]) -> Iterator[str]:
    for table in edition.tables:
        if any(c.code in report.by_code for c in table.cells):
            caption = escape(table_name(table, edition.form_title).strip("“”"))
            rows = "\n".join(_rows(n, report, table, marks))
            yield (
                f'<div class="wide"><table><caption>{caption}</caption><thead>{_head(table)}</thead>'
                f"<tbody>{rows}</tbody></table></div>"
            )


def _head(table: Table) -> str:
    if table.layout is Layout.LIST:
        return "<tr>" + "".join(f'<th scope="col">{escape(h)}</th>' for h in table.headings) + "</tr>"
    grid = header_rows(table)
    corner = ""
    if table.layout is Layout.GRID:
        corner = f'<th rowspan="{len(grid)}">{escape(table.corner)}</th>'
    lines = []
    for depth, row in enumerate(grid):
        spans = "".join(f'<th scope="col" colspan="{h.columns}" rowspan="{h.rows}">{escape(h.label)}</th>' for h in row)
        lines.append(f"<tr>{corner if depth == 0 else ''}{spans}</tr>")
    return "".join(lines)


def _rows(n: int, report: Report, table: Table, marks: dict[str, list[tuple[int, Status]]]) -> Iterator[str]:
    if table.layout is Layout.LINE:
        yield "<tr>" + "".join(_cell(n, report, c.code, marks) for c in table.cells) + "</tr>"
        return
    for index, row in enumerate(table.rows):
        indent = f' style="padding-left:{0.5 + row.depth * 1.2:.1f}em"' if row.depth else ""
        line = f'<tr><th scope="row"{indent}>{escape(row.label)}</th>'
        if table.layout is Layout.LIST:
            line += f'<td class="unit">{escape(row.unit_text or row.unit or "")}</td>'
        for column in range(max(1, len(table.columns))):
            cell = table.cell_at(index, column)
            line += "<td></td>" if cell is None else _cell(n, report, cell.code, marks)
        yield line + "</tr>"


def _cell(n: int, report: Report, code: str, marks: dict[str, list[tuple[int, Status]]]) -> str:
    figure = report.figure(code)
    text = escape(figure.text) if figure is not None else ""
    found = marks.get(code)
    if not found:
        return f"<td>{text}</td>"
    worst = min((status for _, status in found), key=SHOWN.index)
    numbers = "、".join(f'<a href="#f{n}-{number}">{number}</a>' for number, _ in found)
    return f'<td class="{worst}">{text}<sup>{numbers}</sup></td>'
