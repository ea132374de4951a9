"""How much of what is planted does the scan before publication find, and what else does it hit in texts of others?

Takes a folder of texts (.txt, one paragraph a line). Into every second text one plant of each kind is put, each at a line of
its own or at the end of another; the texts as they were are scanned too, and their hits are listed for a person to judge.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import NamedTuple

from gongkai.screening import Hit, Settings, Word, card, cards, screen
from gongkai.screening.output import masked
from tools.screen_planting import NAME, PLANTS, SHORT_NAME, WORD

HEAD_MARKS = ("机密★10年", "秘密★", "密级：机密", "绝密", "秘密★长期", "机　密★5年")
PER = 200
NUMERALS = "一二三四五六七"
PARTS = ("总体", "主动公开", "依申请公开", "平台建设", "监督保障", "存在问题", "其他")
TITLE = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s?[、.．]|.*部分")


class Planted(NamedTuple):
    """A plant: its kind, the line it went to, and where in that line it stands."""

    kind: str
    line: int
    start: int
    end: int
    words: str


def planted(lines: list[str], rng: Random) -> tuple[list[str], list[Planted]]:
    """The lines with one plant of each kind, and where each went."""
    put: dict[int, tuple[str, tuple[str, str, str]]] = {}
    spots = rng.sample(range(len(lines)), min(len(lines), len(PLANTS)))
    kinds = rng.sample(list(PLANTS), len(spots))
    for spot, kind in zip(spots, kinds, strict=True):
        put[spot] = (kind, PLANTS[kind](rng))
    mark = rng.choice(HEAD_MARKS)
    out, where = [mark], [Planted("classification", 0, 0, len(mark), mark)]
    for number, line in enumerate(lines):
        if number not in put:
            out.append(line)
            continue
        kind, (before, words, after) = put[number]
        lead = "" if kind == "restricted_mark" or rng.random() < 0.5 or not line.endswith("。") else line
        if not lead:
            out.append(line)
        where.append(Planted(kind, len(out), len(lead + before), len(lead + before + words), words))
        out.append(lead + before + words + after)
    if not any(TITLE.match(line) for line in lines):
        stated = rng.randint(3, 6)
        said = f"本报告由{NUMERALS[stated - 1]}个部分组成。"
        parts = [f"{NUMERALS[n]}、{PARTS[n]}工作情况" for n in range(stated + rng.choice((-1, 1)))]
        where = [plant._replace(line=plant.line + 1) if plant.line else plant for plant in where]
        out = [out[0], said, *out[1:], *parts]
        where.append(Planted("number_of_parts", 1, 0, len(said), said))
    return out, where


def is_found(plant: Planted, hits: dict[int, list[Hit]]) -> bool:
    """Whether a hit of the plant's kind overlaps it."""
    return any(h.kind == plant.kind and h.start < plant.end and plant.start < h.end for h in hits[plant.line])


def by_line(hits: tuple[Hit, ...]) -> dict[int, list[Hit]]:
    """Hits by the index of their line."""
    lines: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        lines[(hit.place.line or 1) - 1].append(hit)
    return lines


def main() -> int:
    """Measure a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--day", type=dt.date.fromisoformat, default=dt.date(2026, 1, 1))
    parser.add_argument("--list", metavar="KIND", help="every hit of a kind in the texts as they were")
    parser.add_argument("--missed", action="store_true", help="every plant that was not found")
    parser.add_argument("--show", action="store_true", help="do not mask personal numbers of the texts")
    args = parser.parse_args()
    rng = Random(args.seed)
    settings = Settings(day=args.day, words=(Word(WORD),), names=(NAME, SHORT_NAME))
    put, got, own, files = Counter[str](), Counter[str](), Counter[str](), defaultdict[str, set[str]](set)
    size, seconds = 0, 0.0
    texts = sorted(args.folder.glob("*.txt"))
    for number, path in enumerate(texts):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        began = time.process_time()
        hits = screen(lines, settings).hits
        seconds += time.process_time() - began
        size += len("\n".join(lines).encode())
        for hit in hits:
            own[hit.kind] += 1
            files[hit.kind].add(path.name)
            if hit.kind == args.list:
                print(f"{path.name}:{hit.place.line} {hit.certainty} {around(lines, hit, show=args.show)}")
        if number % 2 == 0:
            changed, where = planted(lines, rng)
            found = by_line(screen(changed, settings).hits)
            for plant in where:
                put[plant.kind] += 1
                got[plant.kind] += is_found(plant, found)
                if args.missed and not is_found(plant, found):
                    print(f"missed {plant.kind}: {changed[plant.line][max(0, plant.start - 30) : plant.end + 20]}")
    report(put, got, own, files, len(texts))
    print(f"{len(texts)} texts, {size / 1e6:.2f} MB in {seconds:.2f} s: {size / 1e6 / seconds:.2f} MB/s")
    return 0


def around(lines: list[str], hit: Hit, *, show: bool) -> str:
    """A hit with a few words on each side."""
    line = lines[(hit.place.line or 1) - 1]
    words = hit.text if show or not card(hit.kind).is_personal else masked(hit.text)
    return f"{line[max(0, hit.start - 25) : hit.start]}【{words}】{line[hit.end : hit.end + 15]}"


def report(put: Counter[str], got: Counter[str], own: Counter[str], files: dict[str, set[str]], texts: int) -> None:
    """The table by kind."""
    print(f"{'kind':18} {'planted':>8} {'found':>6} {'%':>6} {'hits in texts':>14} {'per ' + str(PER):>8} {'texts':>6}")
    for each in cards():
        share = f"{100 * got[each.key] / put[each.key]:.1f}" if put[each.key] else "–"
        rate = f"{own[each.key] * PER / texts:.1f}" if texts else "–"
        print(
            f"{each.key:18} {put[each.key]:8} {got[each.key]:6} {share:>6} {own[each.key]:14} {rate:>8} {len(files[each.key]):6}"
        )


if __name__ == "__main__":
    sys.exit(main())
