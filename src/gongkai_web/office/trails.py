"""Does the trail hold, and what stands in it?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO

from gongkai.errors import BadInput, NotFound
from gongkai_web.office.door import pending
from gongkai_web.trail import reading
from gongkai_web.trail.models import Entry


def _chains(args: argparse.Namespace) -> tuple[str, ...]:
    if pending():
        raise BadInput("这个数据文件夹里没有留痕，或者还没有升级到这个版本。请检查 --data，或者先运行一次 gongkai serve。")
    all_chains = reading.chains()
    if args.body is None:
        return all_chains
    if args.body not in all_chains:
        raise NotFound(f"没有代号为“{args.body}”的留痕。现有：{'、'.join(all_chains) or '无'}。")
    return (args.body,)


def run_verify(args: argparse.Namespace) -> int:
    """``gongkai trail verify``: 1 when a chain does not hold."""
    found = [reading.verify(chain) for chain in _chains(args)]
    if args.json:
        print(json.dumps([{**asdict(v), "ok": v.ok} for v in found], ensure_ascii=False, indent=1))
        return 0 if all(v.ok for v in found) else 1
    for each in found:
        erased = f"，其中 {each.erased} 条的个人信息已依法删除" if each.erased else ""
        print(f"{each.chain}：核对 {each.checked} 条{erased}，{'无误。' if each.ok else f'有 {len(each.problems)} 处问题：'}")
        for problem in each.problems:
            print(f"  {problem}")
    if not found:
        print("还没有留痕。")
    return 0 if all(v.ok for v in found) else 1


def run_export(args: argparse.Namespace) -> int:
    """``gongkai trail export``: every entry as it is hashed, one JSON a line."""
    chains = _chains(args)
    with _output(args) as out:
        for chain in chains:
            for entry in Entry.objects.filter(chain_id=chain).order_by("seq").iterator(chunk_size=2000):
                out.write(json.dumps(_row(entry), ensure_ascii=False) + "\n")
    return 0


def _row(entry: Entry) -> dict[str, object]:
    shown = reading.view(entry)
    return {
        **{k: v for k, v in asdict(shown).items() if k not in {"happened_on", "recorded_at"}},
        "happened_on": shown.happened_on.isoformat(),
        "recorded_at": shown.recorded_at.isoformat(),
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
        "commitment": entry.commitment,
    }


@contextmanager
def _output(args: argparse.Namespace) -> Iterator[IO[str]]:
    if args.output is None:
        yield sys.stdout
        return
    try:
        with args.output.open("x", encoding="utf-8") as file:
            yield file
    except FileExistsError:
        raise BadInput(f"“{args.output}”已经存在，没有覆盖。请换一个文件名。") from None
