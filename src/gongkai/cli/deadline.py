"""Which command asks for the deadlines of a case?"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

from gongkai import law
from gongkai.calendar import Calendar
from gongkai.calendar.importing import FIRST_YEAR, LAST_YEAR, WRITTEN_DAY
from gongkai.cli.here import calendar_here, day, today
from gongkai.cli.parser import Commands
from gongkai.clock import Deadline, Settings, case_received, deadline_json, deadline_of, deadlines, settings_from
from gongkai.clock.page import headline, in_order, working
from gongkai.clock.settings import CARDS as SETTING_CARDS
from gongkai.errors import BadInput, Unreadable
from gongkai.law.book import local_names
from gongkai.procedure import Case
from gongkai.procedure.case_file import case_from
from gongkai.procedure.kinds import CARDS as KIND_CARDS
from gongkai.reasons import syntax_reason, system_reason

LARGEST = 5_000_000  # bytes; a case of thousands of events stays far below

_ABOUT = """计算一件申请的各个期限：状态、截止日、已用和剩余的天数，以及每一步怎么算出来、依据哪一条。
收到申请的当天不计入。放假安排尚未公布的年份按“暂定”显示，公布并导入以后自动重算。"""
_EXAMPLES = """举例：
  gongkai deadline --received 2025-01-20          只知道哪天收到申请
  gongkai deadline 案件.toml                      按案件文件计算，截至今天
  gongkai deadline 案件.toml --as-of 2025-02-10   截至某一天
  gongkai deadline 案件.toml --known-at 2025-02-10T12:00:00+08:00
                                                  只用当时已经登记的记录和已经公布的放假安排
  gongkai deadline --since 2025-01-20 --rule publish.limit
                                                  从某一天起按一条规定计算，如主动公开的期限
  gongkai deadline --template > 案件.toml         生成一份可以照着填写的案件文件"""


def add(commands: Commands) -> None:
    """Add deadline."""
    parser = commands.add_parser("deadline", help="计算期限", description=_ABOUT, epilog=_EXAMPLES)
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("file", nargs="?", type=Path, metavar="案件文件", help="案件文件（.toml）。")
    given.add_argument("--received", type=day, metavar="日期", help="只知道收到申请的日期，按当面提交计算。")
    given.add_argument("--since", type=day, metavar="日期", help="从这一天起，按 --rule 的规定计算。")
    given.add_argument("--template", action="store_true", help="输出案件文件的样本和可以写的记录、设置。")
    parser.add_argument("--rule", metavar="事项", help="与 --since 合用，写法律事项的代码，如 publish.limit。")
    parser.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天，默认今天。")
    parser.add_argument("--known-at", type=instant, metavar="时刻", help="只用这一时刻以前登记和公布的内容。")
    parser.add_argument(
        "--adopt", action="append", default=[], metavar="名称", help=f"采用一份地方规定：{'、'.join(local_names())}。"
    )
    parser.add_argument("--body", metavar="机关", help="同时采用只对这个机关导入的放假安排。")
    parser.add_argument("--json", action="store_true", help="输出 JSON。")
    parser.set_defaults(run=run_deadline)


def instant(text: str) -> dt.datetime:
    """An instant as typed on the command line, with its offset."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}”不是带时区的时刻，请写成 2025-02-10T12:00:00+08:00 的样子")
    return moment


def run_deadline(args: argparse.Namespace) -> int:
    """Print the deadlines of a case file, of a day of receipt, or of one provision."""
    if args.template:
        print(template())
        return 0
    if bool(args.rule) != bool(args.since):
        raise BadInput("--since 和 --rule 要一起使用：从哪一天起，按哪一条规定计算。")
    book = law.national().adopt(*args.adopt)
    calendar = calendar_here(args.body).for_cases(book)
    as_of = args.as_of or today()
    if args.as_of and args.received and args.as_of < args.received:
        raise BadInput(f"--as-of {args.as_of} 早于收到申请的日期 {args.received}，那一天还没有期限。请核对两个日期。")
    if args.since:
        found: tuple[Deadline, ...] = (deadline_of(args.rule, args.since, book, calendar, as_of),)
        return _print(f"{args.since}起", found, calendar, as_of, as_json=args.json)
    case, settings = (case_received(args.received), Settings()) if args.received else read_case(args.file)
    if args.received and as_of < args.received:
        as_of = args.received
    known = calendar.known_at(args.known_at) if args.known_at else calendar
    found = deadlines(case, book, calendar, as_of, known_at=args.known_at, settings=settings)
    return _print(case.number, found, known, as_of, as_json=args.json)


def read_case(path: Path) -> tuple[Case, Settings]:
    """The case and the settings in a file. Raises Unreadable for no such file or form, BadInput for what it says."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        hint = f"只知道收到日期的，请写 gongkai deadline --received {path}。" if WRITTEN_DAY.fullmatch(str(path)) else ""
        raise Unreadable(f"找不到案件文件“{path}”。{hint or '请检查路径和文件名。'}") from None
    except OSError as error:
        raise Unreadable(f"打不开“{path}”（{system_reason(error)}）。请检查文件名和权限。") from None
    if len(raw) > LARGEST:
        raise Unreadable(f"“{path.name}”太大，不像一份案件文件。请检查是否选错了文件。")
    try:
        data: dict[str, Any] = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"“{path.name}”不是 UTF-8 编码的文字文件。请另存为 UTF-8 编码后再试。") from None
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(
            f"“{path.name}”的写法不对（{syntax_reason(error)}）。请对照 gongkai deadline --template 改正。"
        ) from None
    for field in data:
        if field not in {"number", "item", "event", "settings"}:
            raise BadInput(f"“{path.name}”：没有“{field}”这一部分，只有 number、item、event 和 settings。请改正。")
    settings = data.get("settings", {})
    if not isinstance(settings, dict):
        raise BadInput(f"“{path.name}”：settings 应当写成 [settings] 一节。请对照 gongkai deadline --template 改正。")
    return case_from(data, path.name), settings_from(settings, path.name)


def _print(name: str, found: tuple[Deadline, ...], calendar: Calendar, as_of: dt.date, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps([deadline_json(d) for d in found], ensure_ascii=False, indent=2))
        return 0
    print(f"{name}，截至{as_of}：")
    for deadline in in_order(found):
        print(f"\n{headline(deadline)}")
        for line in working(deadline, calendar):
            print(f"  {line}")
    return 0


_SAMPLE = """# 案件文件：一件申请从收到到办结的经过。日期都写发生的那一天；记错了就再写一条更正，不改原来的记录。
number = "公开申请〔2025〕3号"

[[item]]                      # 申请的每一项内容；只有一项时可以不写
id = "1"
description = "2024年度补贴发放名单"

[[event]]
kind = "网上提交"
on = 2025-01-20
recorded = 2025-01-20T09:30:00+08:00   # 登记的时刻，可以不写

[[event]]
kind = "双方确认"
on = 2025-01-21

[[event]]
kind = "发出征求意见书"
on = 2025-02-05
subject = "甲公司"
party = "第三方"              # 第三方、共同制作机关或其他机关

[[event]]
kind = "对方收到征求意见书"
on = 2025-02-07
subject = "甲公司"

[[event]]
kind = "批准延期"
on = 2025-02-17
days = 10
role = "政府信息公开工作机构负责人"

[[event]]
kind = "告知延期"
on = 2025-02-17

[settings]                    # 法律没有定论的几点，按本机关的做法写；不写就用默认
fee_restarts = true
"""


def template() -> str:
    """A sample case file, followed by everything that may stand in one."""
    lines = [_SAMPLE, "# 可以写的记录（kind）和字段，每条都可以加 note（说明）："]
    for card in KIND_CARDS:
        fields = "、".join([*(f"{name}（必填）" for name in card.needs), *card.may])
        lines.append(f"#   {card.title}{f'：{fields}' if fields else ''}")
    lines.append("#\n# 可以写的设置（settings），都是法律没有定论的问题：")
    for point in SETTING_CARDS:
        lines.append(f"#   {point.name}：{point.question}默认{point.default}。{point.why}")
    return "\n".join(lines)
