"""Which command shows the manual that ships inside the program?"""

from __future__ import annotations

import argparse

from gongkai.cli.parser import Commands
from gongkai.cli.width import pad
from gongkai.manual import topic, topics


def add(commands: Commands) -> None:
    """Add help."""
    parser = commands.add_parser("help", help="查看帮助手册", description="查看帮助手册：不写主题就列出全部主题。")
    parser.add_argument("topic", nargs="?", metavar="主题", help="手册里的一个主题，如 填报。")
    parser.set_defaults(run=run_help)


def run_help(args: argparse.Namespace) -> int:
    """Print one page of the manual, or the list of pages."""
    if args.topic:
        print(topic(args.topic).text)
        return 0
    for page in topics():
        print(f"{pad(page.name, 14)}{page.title}")
    print("\n输入 gongkai help 主题 查看其中一篇；规则说明用 gongkai rule 编号。")
    return 0
