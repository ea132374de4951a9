"""Which command looks through a text before it becomes public?"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from gongkai.cli.files import file_bytes
from gongkai.cli.here import day, today
from gongkai.cli.parser import Commands
from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.encodings import decoded
from gongkai.screening import Screened, Settings, Unchecked, screen_file
from gongkai.screening.lists import allowed, listed
from gongkai.screening.output import screened_json, screened_text

_MARKED = "classification"
_STOP = "文件标有密级，其余内容没有列出。"


def add(commands: Commands) -> None:
    """Add scan."""
    parser = commands.add_parser(
        "scan",
        help="公开前检查文字里的个人信息、涉密标志和差错",
        description=(
            "公开前检查：身份证号、手机号码、银行卡号、家庭住址、密级和内部标志、本机关的词语表，以及数字、标点、日期的差错。\n"
            "能读网页、docx、xlsx、带文字的 pdf、纯文本。个人信息只显示两头，中间用星号遮盖。\n"
            "退出码：0 没有查出问题，1 有要看的地方，2 有文件或者其中的一部分没有能够检查。\n\n"
            "例：gongkai scan 通知.docx 附件.xlsx\n"
            "    gongkai scan 公告.html --allow 本机关电话.txt --words 词语表.txt"
        ),
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="一个或几个要公开的文件。")
    parser.add_argument("--json", action="store_true", help="输出 JSON，供别的程序使用。")
    parser.add_argument("--allow", type=Path, metavar="文件", help="本机关可以公开的电话、地址、邮箱，一行一个；这些不再列出。")
    parser.add_argument("--words", type=Path, metavar="文件", help="本机关的词语表，一行一个；[姓名] 一行以后是人名表。")
    parser.add_argument("--day", type=day, metavar="日期", help="准备公开的日子，如 2025-03-01，默认为今天。")
    parser.add_argument("--year", type=int, metavar="年份", help="文件的年度，用来核对落款。")
    parser.add_argument("--show", action="store_true", help="个人信息全部写出，不遮盖。请注意旁边有没有人。")
    parser.set_defaults(run=run_scan)


def run_scan(args: argparse.Namespace) -> int:
    """Scan files; one that cannot be read does not stop the rest."""
    settings = _settings(args)
    results = [(str(path), _screened(path, settings)) for path in args.files]
    if args.json:
        print(json.dumps([screened_json(n, s, show=args.show) for n, s in results], ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(screened_text(n, s, show=args.show) for n, s in results))
    if any(hit.kind == _MARKED for _, s in results for hit in s.hits):
        print(_STOP, file=sys.stderr)
    if any(s.unchecked for _, s in results):
        return 2
    return int(any(s.hits for _, s in results))


def _screened(path: Path, settings: Settings) -> Screened:
    try:
        data = file_bytes(path)
    except Unreadable as error:
        return Screened(unchecked=(Unchecked(Place(), str(error)),))
    screened = screen_file(data, path.name, settings)
    # Of a file that carries a marking nothing else is repeated, not even on a screen.
    marked = screened.of(_MARKED)
    return Screened(marked) if marked else screened


def _settings(args: argparse.Namespace) -> Settings:
    settings = Settings(day=args.day or today(), year=args.year)
    if args.allow:
        settings = allowed(decoded(file_bytes(args.allow)).text, str(args.allow), settings)
    if args.words:
        settings = listed(decoded(file_bytes(args.words)).text, str(args.words), settings)
    return settings
