"""How is a command of the office run once its data folder is known?

What a command does is named by its module and loaded after that, because the settings of the web layer are read once, when they are first
imported.
"""

from __future__ import annotations

import argparse
import pkgutil
from collections.abc import Callable
from pathlib import Path

from gongkai_web.office.door import enter


def later(target: str) -> Callable[[argparse.Namespace], int]:
    """Set Django up over the data folder, then import and run ``module:function`` of this package."""

    def run(args: argparse.Namespace) -> int:
        enter(args.data)
        function = pkgutil.resolve_name(f"gongkai_web.office.{target}")
        return int(function(args))

    return run


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that names the data folder."""
    words = "数据文件夹，默认用环境变量 GONGKAI_DATA，没有就用 ~/.local/share/gongkai。"
    parser.add_argument("--data", type=Path, metavar="文件夹", help=words)
