"""Which commands ask for the law, for working days and for the calendar?"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from gongkai import law
from gongkai.calendar import Arrangement, DayKind, published
from gongkai.calendar.importing import Stated, as_toml, read_arrangement, read_folder, refuse_future
from gongkai.calendar.working_days import BEIJING
from gongkai.cli import deadline
from gongkai.cli.here import calendar_here, data_folder, day, today
from gongkai.cli.parser import Commands
from gongkai.cli.width import pad
from gongkai.errors import BadInput, NotFound
from gongkai.kernel import Mark
from gongkai.law import Law, Provision
from gongkai.law.book import local_names
from gongkai.reasons import system_reason

_WEEKDAYS = "一二三四五六日"

_LAW = """列出或显示程序收录的法律规定。每一条都写明数值、条款、内容、出处和核对程度：
原文核对（对照全文核对过）、转述（依据转述或摘录）、未核实（没有找到原文，使用前请核对）。"""
_LAW_EXAMPLES = """举例：
  gongkai law                              列出今天有效的全部规定
  gongkai law reply                        列出 reply 开头的事项
  gongkai law reply.limit --on 2018-03-01  显示某一天有效的规定
  gongkai law local.register --adopt register_two_days  显示一份地方规定（本级要求）"""

_WORKDAYS = """从次日起数若干个工作日，显示最后一天、跳过的日子和算作工作日的调休日。起算的当天不计入。
还没有公布放假安排的年份不作推算。"""
_WORKDAYS_EXAMPLES = """举例：
  gongkai workdays 2024-09-23 20
  gongkai workdays 2026-02-27 20 --body 某区司法局"""

_CALENDAR = "管理放假安排：查看已收录的年份，或导入新公布的安排。"
_IMPORT = """导入一份放假安排，不用升级程序，也不用连网。以前导入的文件都保留，后导入的优先；
写全一年的安排代替该年以前的安排，补充性的通知（--supplement）只改动它列出的日子。"""
_IMPORT_EXAMPLES = """文件可以是 .toml、.json 或 .csv。下面以已经公布的2026年为例，照抄即可导入。

2026.toml（.json 的字段相同），全年的安排，法定节假日要写全，一段假期写起止日期：
  year = 2026
  source = "国务院办公厅关于2026年部分节假日安排的通知"
  published = 2025-11-04
  off = [
    "2026-01-01/2026-01-03", "2026-02-15/2026-02-23", "2026-04-04/2026-04-06", "2026-05-01/2026-05-05",
    "2026-06-19/2026-06-21", "2026-09-25/2026-09-27", "2026-10-01/2026-10-07",
  ]
  work = [2026-01-04, 2026-02-14, 2026-02-28, 2026-05-09, 2026-09-20, 2026-10-10]

防汛停工.csv（第一行是列名，依据用 --source 写明），只改动几天的补充通知：
  日期,安排
  2026-07-21,放假
  2026-07-25,上班

举例：
  gongkai calendar import 2026.toml
  gongkai calendar import 防汛停工.csv --supplement --body 某区司法局 --source "某区防汛指挥部通告"
导入的安排保存在数据文件夹（环境变量 GONGKAI_DATA，默认 ~/.local/share/gongkai）。"""


def add(commands: Commands) -> None:
    """Add law, workdays, calendar and deadline."""
    rules = commands.add_parser("law", help="查看法律规定", description=_LAW, epilog=_LAW_EXAMPLES)
    rules.add_argument("key", nargs="?", metavar="事项", help="事项的代码，如 reply.limit；只写开头就列出这一类。")
    rules.add_argument("--on", type=day, metavar="日期", help="看哪一天有效的规定，默认今天。")
    rules.add_argument(
        "--adopt", action="append", default=[], metavar="名称", help=f"采用一份地方规定，可以写多次：{'、'.join(local_names())}。"
    )
    rules.add_argument("--json", action="store_true", help="输出 JSON。")
    rules.set_defaults(run=run_law)

    count = commands.add_parser("workdays", help="计算工作日", description=_WORKDAYS, epilog=_WORKDAYS_EXAMPLES)
    count.add_argument("after", type=day, metavar="起算日", help="从哪一天起算，当天不计入，如 2024-09-23。")
    count.add_argument("days", type=int, metavar="天数", help="几个工作日，如 20。")
    count.add_argument("--body", metavar="机关", help="同时采用只对这个机关导入的安排。")
    count.set_defaults(run=run_workdays)

    calendar = commands.add_parser("calendar", help="查看或导入放假安排", description=_CALENDAR)
    inner = calendar.add_subparsers(dest="act", metavar="动作", title="动作", required=True)
    listing = inner.add_parser(
        "list", help="列出已收录的年份", description="列出已收录的放假安排，注明是随程序来的还是自己导入的。"
    )
    listing.set_defaults(run=run_calendar_list)
    take = inner.add_parser("import", help="导入放假安排", description=_IMPORT, epilog=_IMPORT_EXAMPLES)
    take.add_argument("file", type=Path, metavar="文件", help="放假安排文件（.toml、.json 或 .csv）。")
    take.add_argument("--source", default="", metavar="通知名称", help="依据的文件；文件里没有写 source 时必须写明。")
    take.add_argument("--body", metavar="机关", help="只对这个机关有效；不写就对全部机关有效。")
    take.add_argument("--supplement", action="store_true", help="这是补充性的通知，只改动它列出的日子。")
    take.set_defaults(run=run_calendar_import)

    deadline.add(commands)


def run_law(args: argparse.Namespace) -> int:
    """Print one provision, or the list of them."""
    book, on = law.national().adopt(*args.adopt), args.on or today()
    known = {s.key for s in book.subjects}
    if args.key in known:
        return _show_law(book, args.key, on, as_json=args.json)
    listed = [s for s in book.subjects if args.key is None or s.key.startswith(f"{args.key}.")]
    if not listed:
        raise NotFound(f"没有“{args.key}”这个法律事项，输入 gongkai law 查看全部事项。")
    found = [provision for s in listed if (provision := book.find(on, s.key))]
    if args.json:
        print(json.dumps([_law_json(p) for p in found], ensure_ascii=False, indent=2))
        return 0
    print(f"{on}有效的规定（共{len(found)}条）：")
    for p in found:
        print(f"{pad(p.key, 30)}{pad(p.title, 34)}{p.amount if len(p.amount) < len(p.statement) else ''}{_badge(p)}")
    print("\n输入 gongkai law 事项 查看条款和内容，加 --on 日期 查看某一天有效的规定。")
    return 0


def _show_law(book: Law, key: str, on: dt.date, *, as_json: bool) -> int:
    provision = book.at(on, key)
    if as_json:
        print(json.dumps(_law_json(provision), ensure_ascii=False, indent=2))
        return 0
    instrument = provision.instrument
    print(f"{provision.title}（{provision.key}），{on}：{provision.amount}")
    print(f"  规定：{provision.statement}")
    if provision.unit is law.Unit.TARIFF:
        print("  算法：超额累进，逐档相加。")
    print(f"  依据：{provision.citation}（{instrument.number}，{_in_force(provision)}）")
    print(f"  核对：{provision.mark.value}{f'，来源是{provision.source}' if provision.source else ''}")
    if instrument.local:
        print("  性质：本级要求，不是条例的规定。")
    if instrument.note:
        print(f"  说明：{instrument.note}")
    others = [p for p in book.history(key) if p != provision]
    if others:
        print("  沿革：")
        for p in others:
            print(f"    {_in_force(p)}：{p.amount}，{p.citation}，{p.mark.value}")
    return 0


def _in_force(provision: Provision) -> str:
    if provision.last_day:
        return f"{provision.first_day}至{provision.last_day}"
    return f"{provision.first_day}起"


def _badge(provision: Provision) -> str:
    badge = "  【本级要求】" if provision.instrument.local else ""
    return badge + ("  【未核实】" if provision.mark is Mark.UNVERIFIED else "")


def _law_json(p: Provision) -> dict[str, object]:
    return {
        "key": p.key,
        "title": p.title,
        "value": p.value if isinstance(p.value, int | str | tuple) else None,
        "unit": p.unit.value,
        "article": p.article,
        "statement": p.statement,
        "instrument": p.instrument.name,
        "number": p.instrument.number,
        "first_day": p.first_day.isoformat(),
        "last_day": p.last_day.isoformat() if p.last_day else None,
        "mark": p.mark.value,
        "source": p.source,
        "local": p.instrument.local,
    }


def run_workdays(args: argparse.Namespace) -> int:
    """Print where a count of working days ends, and what it passed over."""
    if args.days < 1:
        raise BadInput(f"工作日数应当是正整数，现在是{args.days}，请改正。")
    calendar = calendar_here(args.body)
    walk = calendar.walk(args.after, args.days)
    print(f"{args.after}起{args.days}个工作日，到{walk.last}（星期{_WEEKDAYS[walk.last.weekday()]}）。起算的当天不计入。")
    for kind in (DayKind.HOLIDAY, DayKind.WEEKEND):
        _print_days(
            f"跳过的{kind.value}日" if kind is DayKind.HOLIDAY else "跳过的周末", [d for d, k in walk.skipped if k is kind]
        )
    _print_days("算作工作日的调休日", list(walk.made_up))
    for year in calendar.provisional_years(args.after, walk.last):
        print(f"{year}年放假安排尚未公布，{walk.last.year}年最后几天还可能调整。")
    return 0


def _print_days(title: str, days: list[dt.date]) -> None:
    words = "、".join(f"{d.isoformat()}（星期{_WEEKDAYS[d.weekday()]}）" for d in days)
    print(f"{title}：{words or '无'}")


def run_calendar_list(_: argparse.Namespace) -> int:
    """Print every arrangement this machine knows."""
    for a in published().arrangements:
        print(_line(a, "随程序"))
    for a in read_folder(data_folder() / "calendars", law.national()):
        print(_line(a, f"导入于{a.recorded}" if a.recorded else "导入"))
    return 0


def _line(a: Arrangement, origin: str) -> str:
    kind = "全年" if a.complete else "补充"
    return f"{a.year}年 {kind} 放假{len(a.off)}天，调休上班{len(a.work)}天 {origin} {a.body or '全部机关'} {a.source}"


def run_calendar_import(args: argparse.Namespace) -> int:
    """Check a file and keep it; nothing that was kept before is lost."""
    arrangement = read_arrangement(args.file, law.national(), Stated(args.source, args.body, args.supplement))
    now = dt.datetime.now(BEIJING)
    refuse_future(args.file, arrangement, now.date())
    kept = Arrangement(
        arrangement.year,
        arrangement.off,
        arrangement.work,
        arrangement.source,
        arrangement.published,
        arrangement.complete,
        arrangement.body,
        now.date(),
    )
    replaces = kept.complete and calendar_here(args.body).is_published(kept.year)
    folder = data_folder() / "calendars"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{now:%Y%m%dT%H%M%S%f}-{kept.year}.toml"
        path.write_text(as_toml(kept), encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"写不进数据文件夹 {folder}（{system_reason(error)}）。请用环境变量 GONGKAI_DATA 指定一个可以写的文件夹。"
        ) from None
    effect = "，代替以前的安排" if replaces else "" if kept.complete else "（补充）"
    print(f"已导入{kept.year}年的放假安排：放假{len(kept.off)}天，调休上班{len(kept.work)}天{effect}。")
    print(f"依据：{kept.source}；对{kept.body or '全部机关'}有效；保存在 {path}。")
    return 0
