"""Which commands check reports and explain the rules?"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from gongkai.checking import Verdicts, cards, check, findings_html, findings_json, findings_text, rule_page
from gongkai.checking.verdicts import blank, lapsed, load, settled
from gongkai.cli.batch import add_options, doubtful, is_batch, paired, refuse_check_output, run_batch, year_before
from gongkai.cli.files import add_overwrite, file_bytes, refuse_output, reports, save
from gongkai.cli.parser import Commands
from gongkai.cli.returns import add_local
from gongkai.cli.width import pad
from gongkai.corpus import Pairs, pairs, previous_of, standing, why_unchecked
from gongkai.errors import BadEdition, BadInput, GongkaiError, NotFound
from gongkai.kernel import STATUS_WORDS, Finding, Status
from gongkai.returns import Report
from gongkai.screening import cards as kinds
from gongkai.screening.output import kind_page
from gongkai.writing import findings_docx, findings_xlsx

_TABLES = {"xlsx": findings_xlsx, "docx": findings_docx}


def add(commands: Commands) -> None:
    """Add check, rule and rules."""
    checking = commands.add_parser(
        "check",
        help="检查年报的数字是否自洽",
        description=(
            "检查年报的数字是否自洽：勾稽关系、负数和小数、空白的合计、正文与表格、与上年年报的衔接。\n"
            "退出码：0 没有错误（或者都已有说明），1 有错误，2 有文件读不出来或者里面没有年报的数字。\n\n"
            "给出文件夹或者压缩包（zip，里面的 zip 也打开一层），就检查里面的全部年报，用几个进程同时进行；一份读不出来不影响其余各份。\n"
            "一次检查的文件里有同一机关前后两年的年报时，自动对照，检查结转和存量；要指定上年年报，用 --previous。\n\n"
            "例：gongkai check 年报表.xlsx --previous 去年年报.docx\n"
            "    gongkai check 年报.docx --format xlsx -o 整改清单.xlsx\n"
            "    gongkai check 年报文件夹 --format jsonl -o 结果.jsonl --resume 进度.jsonl"
        ),
    )
    checking.add_argument("files", nargs="+", type=Path, metavar="文件", help="一份或几份年报，也可以是文件夹、压缩包。")
    checking.add_argument("--previous", type=Path, metavar="文件", help="同一机关上一年度的年报，用来检查结转和存量。")
    checking.add_argument(
        "--verdicts",
        type=Path,
        metavar="文件",
        help="对核对意见的处理（toml 或 json）；已有说明的或者不成立的不再算错误。文件还没有时，写一份待填的。",
    )
    checking.add_argument(
        "--format",
        choices=("text", "json", "html", "jsonl", "xlsx", "docx"),
        default="text",
        metavar="格式",
        help="输出 text、json、html、jsonl（一份年报一行，检查完一份写一份，先后不定）、xlsx（整改清单）或 docx（整改通知附件）。",
    )
    checking.add_argument("-o", "--output", type=Path, metavar="文件", help="写到文件，不写就输出到屏幕。")
    add_overwrite(checking)
    add_options(checking)
    add_local(checking)
    checking.set_defaults(run=run_check)

    one = commands.add_parser(
        "rule", help="说明一条检查规则", description="说明一条检查规则：内容、依据、错例、正例。\n\n例：gongkai rule R101"
    )
    one.add_argument("code", metavar="编号", help="规则编号，如 R101。")
    one.set_defaults(run=run_rule)
    commands.add_parser("rules", help="列出全部检查规则", description="列出全部检查规则。").set_defaults(run=run_rules)


def run_check(args: argparse.Namespace) -> int:
    """Check files; one that cannot be read is said on stderr and does not stop the rest."""
    if is_batch(args):
        return run_batch(args)
    if args.format in _TABLES and args.output is None:
        raise BadInput(f"{args.format} 格式要写到文件。请用 -o 给出文件名，例如 -o 整改清单.{args.format}。")
    refuse_check_output(args)
    earlier = year_before(args)
    files: list[tuple[Report, ...]] = []
    unread = False
    for path in args.files:
        try:
            found = reports(path, args.local)
            why = why_unchecked(found)
            files.append(found)
        except BadEdition:
            raise
        except GongkaiError as error:
            why = str(error)
        if why is not None:
            unread = True
            print(f"{path}：{why}", file=sys.stderr)
    results = _checked(files, earlier)
    verdicts = _verdicts(args.verdicts, [f for _, items in results for f in items])
    made = _TABLES[args.format](results, verdicts) if args.format in _TABLES else None
    output = _output(args.format, results, verdicts) if made is None else ""
    if args.output:
        save(args.output, output.encode() if made is None else made)
        print(f"检查结果已写到“{args.output}”。")
    elif output:
        print(output)
    if unread:
        return 2
    return int(any(f.status is Status.FAIL and not settled(f, verdicts or {}) for _, items in results for f in items))


def _checked(files: list[tuple[Report, ...]], earlier: tuple[Report, ...]) -> list[tuple[Report, tuple[Finding, ...]]]:
    """Every report with its findings; compared with the year before: the file named for it, else one among the files."""
    everything = [(report, number) for number, found in enumerate(files) for report in found]
    linked = Pairs((), ()) if earlier else pairs(standing(r, i, file) for i, (r, file) in enumerate(everything))
    before = {later.number: everything[other.number][0] for later, other in linked.pairs}
    for later, other in linked.pairs:
        print(paired(everything[later.number][0].source, later, everything[other.number][0].source), file=sys.stderr)
    for later in linked.doubtful:
        print(doubtful(everything[later.number][0].source, later), file=sys.stderr)
    return [(r, check(r, before.get(i) or previous_of(r, (*earlier, *files[file])))) for i, (r, file) in enumerate(everything)]


def _verdicts(path: Path | None, items: list[Finding]) -> Verdicts | None:
    """The verdicts in a file; when it is not there yet, one to fill in is written."""
    if path is None:
        return None
    if not path.exists():
        refuse_output(path)
        save(path, blank(items, path.name).encode())
        print(f"处理意见文件“{path}”还没有，已写好一份待填的。填好后再运行一次。", file=sys.stderr)
        return {}
    verdicts = load(file_bytes(path), str(path))
    gone = lapsed(items, verdicts)
    if gone:
        print(f"有{len(gone)}项处理对应的意见已经不存在（数字已改动或者不在这些文件里），没有采用。", file=sys.stderr)
    return verdicts


def _output(form: str, results: list[tuple[Report, tuple[Finding, ...]]], verdicts: Verdicts | None) -> str:
    if form == "json":
        return json.dumps([findings_json(r.source, items, verdicts) for r, items in results], ensure_ascii=False, indent=1)
    if form == "html":
        return findings_html(results, verdicts)
    return "\n\n".join(findings_text(r, items, verdicts) for r, items in results)


def run_rule(args: argparse.Namespace) -> int:
    """Print one rule's page."""
    wanted = args.code.upper()
    for card in cards():
        if card.code == wanted:
            print(rule_page(card))
            return 0
    for kind in kinds():
        if kind.code == wanted:
            print(kind_page(kind))
            return 0
    raise NotFound(f"没有编号为“{args.code}”的规则。输入 gongkai rules 查看全部规则。")


def run_rules(_: argparse.Namespace) -> int:
    """List every rule: code, level, title."""
    for card in cards():
        print(f"{card.code}  {pad(STATUS_WORDS[card.status], 10)}{card.title}")
    for kind in kinds():
        print(f"{kind.code}  {pad('公开前', 10)}{kind.name}")
    return 0
