"""How does a command line tell what an inspection of the website would find?"""

from __future__ import annotations

import argparse
import csv

from gongkai.errors import BadInput
from gongkai.reasons import system_reason
from gongkai_web.office.bodies import body_named
from gongkai_web.publishing.self_inspection import Point, points

HEADS = ("轻重", "对象", "问题", "怎么办", "网址", "依据", "依据核对")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def run_inspect(args: argparse.Namespace) -> int:
    """``gongkai inspect``: 1 when there is something to mend."""
    found = points(body_named(args.body))
    if args.csv is not None:
        _write(args, found)
    else:
        for n, each in enumerate(found, start=1):
            print(f"{n}. [{each.weight}] {each.subject}：{each.words}{each.then}")
            print(f"   网址：{each.address}　依据：{each.rule}（{each.mark}）")
    print(f"共 {len(found)} 处。" if found else "没有发现问题。")
    return 1 if found else 0


def _write(args: argparse.Namespace, found: tuple[Point, ...]) -> None:
    try:
        with args.csv.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADS)
            for p in found:
                cells = (p.weight.value, p.subject, p.words, p.then, p.address, p.rule, p.mark)
                writer.writerow([f"'{c}" if c.startswith(_FORMULA) else c for c in cells])
    except OSError as error:
        raise BadInput(f"“{args.csv}”写不了：{system_reason(error)}。请换一个文件名或者位置。") from None
