"""Which commands show the editions, make a blank form and read a report?"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path

from gongkai.cli.files import add_overwrite, chosen_edition, known_editions, refuse_output, reports, save
from gongkai.cli.parser import Commands
from gongkai.cli.width import pad
from gongkai.corpus import why_unchecked
from gongkai.errors import BadEdition, BadInput, GongkaiError
from gongkai.kernel import Figure, State
from gongkai.reading import report_json
from gongkai.returns import Edition, Layout, Report, editions
from gongkai.writing import FIRST_YEAR, LAST_YEAR, form
from gongkai.writing.plain import printable

_LONGEST_NAME = 100
_STATE_WORDS = {State.BLANK: "（空白）", State.DASH: "（横线）", State.NOT_APPLICABLE: "（不适用）", State.TEXT: "（文字）"}


def add(commands: Commands) -> None:
    """Add editions, form and read."""
    listing = commands.add_parser(
        "editions", help="列出年报统计表的各种格式", description="列出年报统计表的各种格式，或显示其中一种。"
    )
    add_local(listing)
    listing.set_defaults(run=run_editions)
    inner = listing.add_subparsers(dest="what", metavar="子命令", title="子命令")
    show = inner.add_parser("show", help="显示一种格式的表格、单位和勾稽关系", description="显示一种格式的表格、单位和勾稽关系。")
    show.add_argument("edition", nargs="?", metavar="格式", help="格式的名称，如 2021、2014；有 --local 时可以不写。")
    add_local(show, default=argparse.SUPPRESS)
    show.set_defaults(run=run_show)

    blank = commands.add_parser(
        "form",
        help="生成空白报表（xlsx）",
        description="生成空白报表，用 WPS 或 Excel 填写。合计可以填，也可以留空由程序计算。\n\n例：gongkai form 2021 -o 年报表.xlsx --agency 青岚县司法局 --year 2025",
    )
    blank.add_argument("edition", nargs="?", metavar="格式", help="格式的名称，如 2021；有 --local 时可以不写。")
    blank.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help="写到哪个文件（.xlsx）。")
    blank.add_argument("--agency", type=_agency, metavar="机关", help="填报单位，预先填好。")
    blank.add_argument("--year", type=_year, metavar="年度", help="报告年度，预先填好，如 2025。")
    add_overwrite(blank)
    add_local(blank)
    blank.set_defaults(run=run_form)

    reading = commands.add_parser(
        "read",
        help="读取年报里的数字",
        description="读取年报里的数字。文本、网页、docx、xlsx、带文字的 pdf、json 都可以；拿不准的数字不猜，另作说明。\n退出码：0 都读到了，2 有文件读不出来或者里面没有年报。\n\n例：gongkai read 年报.docx --json",
    )
    reading.add_argument("files", nargs="+", type=Path, metavar="文件", help="一份或几份年报。")
    reading.add_argument("--json", action="store_true", help="输出 JSON，每份年报一个对象。")
    add_local(reading)
    reading.set_defaults(run=run_read)


def add_local(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """The option that names local supersets of a national edition."""
    words = "本地增设行列的格式文件（toml），可给几次。"
    parser.add_argument("--local", action="append", type=Path, metavar="文件", default=default, help=words)


def _agency(text: str) -> str:
    """A body's name as typed on the command line, on one line."""
    name = " ".join(printable(text).split())
    if not name or len(name) > _LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"填报单位的名称要有1到{_LONGEST_NAME}个字。请写单位的全称，如 青岚县司法局")
    return name


def _year(text: str) -> int:
    """A report year as typed on the command line, one that a form can hold."""
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}”不是报告年度，请写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位数字，如 2025")
    return year


def run_editions(args: argparse.Namespace) -> int:
    """List the editions."""
    for e in known_editions(args.local):
        print(f"{pad(e.short[0], 12)}{pad(e.key, 16)}{pad(years(e), 18)}{len(e.cells):>4} 格  {e.authority}")
    print("\n输入 gongkai editions show 2021 查看其中一种。")
    return 0


def years(e: Edition) -> str:
    """The report years an edition was the form for, in words."""
    if e.first_year is None and e.last_year is None:
        return "年度不限"
    if e.first_year is None:
        return f"到{e.last_year}年度"
    if e.last_year is None:
        return f"{e.first_year}年度起"
    return f"{e.first_year}年度" if e.first_year == e.last_year else f"{e.first_year}—{e.last_year}年度"


def run_show(args: argparse.Namespace) -> int:
    """Print one edition: its tables in print order, units, identities."""
    e = chosen_edition(args.edition, args.local)
    print(f"{e.title}（{e.key}）\n依据：{e.authority}    适用：{years(e)}")
    for table in e.tables:
        print(f"\n【{table.title or table.heading or table.section or e.form_title}】")
        if table.layout is not Layout.LIST:
            print("  列：" + "；".join("—".join(c.path) + (f"（{c.unit}）" if c.unit else "") for c in table.columns))
        for row in table.rows:
            print("  " + "  " * row.depth + row.label + (f"  {row.unit}" if row.unit else ""))
    hard = [i for i in e.identities if i.hard]
    print(f"\n勾稽关系 {len(e.identities)} 条，其中必须成立的 {len(hard)} 条：")
    for i in e.identities:
        left, right = (" + ".join(_word(e, t.code, t.sign, t.previous) for t in side) for side in (i.left, i.right))
        if i.key.split(".")[-1] in {c.code for t in e.tables for c in t.columns if c.code}:
            continue  # the same relation stands once for the total column; the columns beside it only repeat it
        print(
            f"  {'必须' if i.hard else '通常'}  {left}  {_RELATION.get(i.kind.value, '=')}  {right}"
            + (f"（{i.note}）" if i.note else "")
        )
    return 0


_RELATION = {
    "of_which": "≤", "parts_within": "≤", "union_floor": "≤", "union_ceiling": "≤", "within": "≤",
    "floor": "≥ 0", "zero_together": "同为零或同不为零", "implies": "大于零时应大于零：",
}  # fmt: skip


def _word(e: Edition, code: str, sign: int, previous: bool) -> str:
    cell = e.cells[code]
    return ("上年的" if previous else "") + ("−" if sign < 0 else "") + "—".join((*cell.row[-1:], *cell.column[-1:]))


def run_form(args: argparse.Namespace) -> int:
    """Write a blank form."""
    chosen = chosen_edition(args.edition, args.local)
    if args.output.suffix.lower() != ".xlsx" and not args.output.is_dir():
        raise BadInput(f"空白报表只能写成 .xlsx 文件，您给的是“{args.output.name}”。请把文件名改成以 .xlsx 结尾。")
    refuse_output(args.output, args.local or (), overwrite=args.overwrite)
    if args.year is not None and not chosen.covers(args.year):
        others = "、".join(e.short[0] for e in editions() if e.covers(args.year))
        print(
            f"提示：{args.year}年度通常不用 {chosen.short[0]} 格式" + (f"，可用的是 {others}。" if others else "。"),
            file=sys.stderr,
        )
    save(args.output, form(chosen, args.agency, args.year))
    local = "".join(f" --local {shlex.quote(str(path))}" for path in args.local or ())
    print(f"已写好空白报表“{args.output}”。填好后运行：gongkai check {shlex.quote(str(args.output))}{local}")
    return 0


def run_read(args: argparse.Namespace) -> int:
    """Read reports and print their figures; what cannot be read is said and the rest goes on."""
    found: list[Report] = []
    unread = False
    for path in args.files:
        try:
            own = reports(path, args.local)
            found += own
            if not any(r.figures for r in own) and (why := why_unchecked(own)) is not None:
                unread = True
                print(f"{path}：{why}", file=sys.stderr)
        except BadEdition:
            raise
        except GongkaiError as error:
            unread = True
            print(f"{path}：{error}", file=sys.stderr)
    if args.json:
        print(json.dumps([report_json(r) for r in found], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(_in_words(r) for r in found), end="\n" if found else "")
    return 2 if unread else 0


def _in_words(report: Report) -> str:
    year = f"{report.year}年度" if report.year else "年度未找到"
    lines = [
        f"{report.source}\n{report.agency or '机关名称未找到'}  {year}  格式 {report.edition.key if report.edition else '未认出'}"
    ]
    lines += [f"  {pad(_amount(f), 14, right=True)} {pad(f.unit or '', 5)}{f.label()}" for f in report.figures]
    lines += [f"说明（{f.rule}）：{f.message}" for f in report.findings]
    numbers = sum(f.state is State.NUMBER for f in report.figures)
    lines.append(f"共读出 {len(report.figures)} 格，其中数字 {numbers} 格；说明 {len(report.findings)} 条。")
    return "\n".join(lines)


def _amount(figure: Figure) -> str:
    text = " ".join(figure.text.split())
    return text if figure.state is State.NUMBER else text + _STATE_WORDS[figure.state]
