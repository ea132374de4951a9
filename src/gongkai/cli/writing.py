"""Which command writes the annual report from a filled form and a text?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.checking import check
from gongkai.cli.files import add_overwrite, refuse_output, reports, save
from gongkai.cli.parser import Commands
from gongkai.cli.returns import add_local
from gongkai.corpus import previous_of, why_nothing
from gongkai.errors import BadInput
from gongkai.kernel import Status
from gongkai.returns import Report, with_totals
from gongkai.writing import FORMATS, write
from gongkai.writing.merge import merged


def add(commands: Commands) -> None:
    """Add write."""
    writing = commands.add_parser(
        "write",
        help="由填好的报表生成年度报告",
        description=(
            "由填好的报表和正文生成年度报告，按官方版式排好。格式由文件名后缀决定：.docx、.pdf、.html、.xlsx、.json。\n"
            "空白的合计由程序计算并逐一列出；已经填写的数字一个也不改；有错误时（正文与表格不一致的也算）照样生成，同时列出错误，退出码为 1。\n"
            "一个数字也没有读出来的，不生成；文件已经有了的，不覆盖，除非写明 --overwrite。\n\n"
            "例：gongkai write 年报表.xlsx --text 正文.docx -o 年报.docx --history 2024.docx 2023.docx"
        ),
    )
    writing.add_argument("form", type=Path, metavar="报表", help="填好的报表（也可以是任何能读取的年报）。")
    writing.add_argument("--text", type=Path, metavar="文件", help="正文（docx、txt、html）。")
    writing.add_argument(
        "-o", "--output", action="append", type=Path, required=True, metavar="文件", help="写到哪个文件，可给几次。"
    )
    writing.add_argument(
        "--history", nargs="+", type=Path, default=[], metavar="文件", help="以前年度的年报，用来画趋势图、检查结转。"
    )
    add_overwrite(writing)
    add_local(writing)
    writing.set_defaults(run=run_write)


def run_write(args: argparse.Namespace) -> int:
    """Write one report in every format asked for."""
    for path in args.output:
        if path.suffix.lower().lstrip(".") not in FORMATS:
            raise BadInput(f"不会写“{path.name}”这种文件。文件名请以 {'、'.join('.' + f for f in FORMATS)} 之一结尾。")
        refuse_output(path, _inputs(args), overwrite=args.overwrite)
    if len({path.resolve() for path in args.output}) < len(args.output):
        raise BadInput("-o 两次给了同一个文件。请去掉一个，或者换一个文件名。")
    report, computed = with_totals(_single(args.form, reports(args.form, args.local)))
    if not report.figures:
        swapped = "报表写在命令的最前面，正文用 --text 给出，请检查是否写反了。" if args.text else ""
        raise BadInput(f"“{args.form}”里没有读出任何数字，没有生成年报：{why_nothing((report,))}{swapped}")
    if args.text:
        report = merged(report, _single(args.text, reports(args.text, args.local)))
    history = tuple(r for path in args.history for r in _earlier(path, args.local))
    if computed and report.edition is not None:
        names = "；".join(f"{report.edition.cells[c].label()}＝{report.by_code[c].text}" for c in computed)
        print(f"下列空白的合计由程序计算填入（{len(computed)}格）：{names}。")
    faults = [f for f in check(report, previous_of(report, history)) if f.status is Status.FAIL]
    for fault in faults:
        print(f"{fault.rule} {fault.message}", file=sys.stderr)
    for path in args.output:
        save(path, write(report, path.suffix.lower().lstrip("."), history=history))
        print(f"已写好“{path}”。")
    if faults:
        print(f"注意：有 {len(faults)} 处错误，文件照填写的数字生成，请改正后重新生成。", file=sys.stderr)
    return int(bool(faults))


def _inputs(args: argparse.Namespace) -> list[Path]:
    return [args.form, *([args.text] if args.text else []), *args.history, *(args.local or ())]


def _earlier(path: Path, local: list[Path] | None) -> tuple[Report, ...]:
    found = reports(path, local)
    if not any(r.figures for r in found):
        raise BadInput(f"以前年度的年报“{path}”里没有读出任何数字，不能画趋势图：{why_nothing(found)}")
    return found


def _single(path: Path, found: tuple[Report, ...]) -> Report:
    if len(found) != 1:
        raise BadInput(f"“{path}”里找到 {len(found)} 份年报，生成时只能有一份。请拆成单独的文件。")
    return found[0]
