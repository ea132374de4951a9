"""How does a command line make, check and keep up a folder of static pages?"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from gongkai.errors import BadInput
from gongkai.reasons import system_reason
from gongkai_web.office.bodies import body_named
from gongkai_web.portal.baking.baker import bake, begun, differences
from gongkai_web.publishing.baked import Wanted, edition_of

SHOWN = 50


def run_bake(args: argparse.Namespace) -> int:
    """``gongkai site bake``."""
    slug = body_named(args.body).slug
    before = edition_of(slug, args.folder)
    kept = before.wanted if before.place.is_file() and "wanted" in before.about() else Wanted(slug, args.folder.resolve())
    if args.check:
        if not before.place.is_file():
            raise BadInput(f"“{args.folder}”还没有生成过静态页面。请先不加 --check 运行一次。")
        return _check(args)
    given = {
        "base_url": _web(args.base_url),
        "apply_url": _web(args.apply_url),
        "portal_url": _web(args.portal_url),
        "only_baked": args.only_baked,
        "follow": args.follow,
    }
    wanted = replace(kept, folder=args.folder.resolve(), **{name: value for name, value in given.items() if value is not None})
    try:
        edition = begun(wanted)
        done = bake(edition, told=_told)
    except OSError as error:
        place = error.filename or args.folder
        raise BadInput(
            f"静态页面没有写完：{system_reason(error)}（{place}）。请检查磁盘空间和权限，再运行一次会接着写。"
        ) from None
    print(f"已更新“{args.folder}”：写入 {done.written} 个文件，未变 {done.unchanged} 个，删除 {done.removed} 个。")
    if not wanted.base_url:
        print("没有写 --base-url，所以没有生成订阅、网站地图和二维码。")
    if wanted.only_baked and not wanted.portal_url:
        print("没有写 --portal-url，所以其他栏目的页面没有链接。")
    if wanted.follow:
        print("以后由后台程序随时更新；不再需要的，用 --no-follow 取消。")
    return 0


def _check(args: argparse.Namespace) -> int:
    edition = edition_of(body_named(args.body).slug, args.folder)
    found = differences(edition)
    listed = list(islice(found, SHOWN))
    for line in listed:
        print(line)
    more = sum(1 for _ in found)
    if more:
        print(f"另有 {more} 处。")
    if not listed:
        print("与应有的内容一致。")
        return 0
    print("再运行一次 gongkai site bake 就会改过来；多出来的文件请自行核对。")
    return 1


def _web(written: str | None) -> str | None:
    if not written:
        return written
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise BadInput(f"“{written}”不是网址。请写成 https://www.example.gov.cn/sfj/ 这样。")
    return written


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
