"""How are the files of a static edition named, and how does an item leave one that tells of others too?"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from urllib.parse import unquote

GRAMS = "search/grams/"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|#%]')
_GONE = (
    '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
    "<title>信息已撤回</title>\n</head>\n<body>\n<h1>这条信息已经撤回</h1>\n<p>索引号：{index}</p>\n<p>{words}</p>\n</body>\n</html>\n"
)
MEANWHILE = (
    '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
    "<title>正在更新</title>\n</head>\n<body>\n<h1>这一页正在更新</h1>\n<p>这里列出的信息有变动，更新后会重新显示，请稍后再看。</p>\n</body>\n</html>\n"
)
"""Stands in for a page that cannot be cut by lines until it is made anew, so that no link is dead meanwhile."""
_FRONT = re.compile(r"/(b/[^/]+/)?info/(.+?)/(?:files/\d+/[^/]+)?")


def page_of(index_number: str) -> str:
    """The path of an item's page in an edition. A number with other than plain letters is told apart by its digest."""
    safe = re.sub(r"[^A-Za-z0-9/_.-]", "_", index_number)
    if safe != index_number:
        safe = f"{safe}-{hashlib.sha256(index_number.encode()).hexdigest()[:8]}"
    return f"info/{safe}/index.html"


def front_of_address(address: str) -> str:
    """The folder that an address of an item or of its file stands for, another body's under ``b/``; empty for any other address."""
    found = _FRONT.fullmatch(re.split(r"[?#]", address, maxsplit=1)[0])
    return f"{found[1] or ''}{page_of(unquote(found[2])).removesuffix('index.html')}" if found else ""


def mark_of(front: str, name: str) -> str:
    """The attribute by which a line (``data-of``) or a page (``data-all-of``) says that it tells of the item of a folder."""
    return f' {name}="{escape(front)}"'


def told_as(index_number: str, slug: str = "") -> str:
    """How an edition names an item it tells of; one of another body with that body's slug."""
    return f"{slug} {index_number}" if slug else index_number


def file_of(index_number: str, position: int, name: str) -> str:
    """The path of an item's file in an edition, short enough and safe for every system."""
    safe = _UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, ending = safe.rpartition(".")
    short = f"{stem[:60]}{dot}{ending[:10]}" if stem else safe[:60]
    return f"{page_of(index_number).removesuffix('index.html')}files/{position}/{short}"


def tombstone(index_number: str, words: str) -> str:
    """The bare page that stands where an item was, until the worker makes one that looks like the others."""
    return _GONE.format(index=escape(index_number), words=escape(words))


def without_lines(text: str, name: str) -> str:
    """A page without the lines that name something."""
    return "\n".join(line for line in text.split("\n") if name not in line)


def without_key(text: str, item_id: int) -> str:
    """A piece of the index without one item: a line is a pair of characters and the keys of the items in which it stands."""
    left, digits = [], str(item_id)
    for line in text.split("\n"):
        pair, _, keys = line.rstrip(",").partition(":")
        if digits in keys and pair.startswith('"') and keys.startswith("["):
            kept = [key for key in json.loads(keys) if key != item_id]
            if not kept:
                continue
            line = f"{pair}:{json.dumps(kept, separators=(',', ':'))}{',' if line.endswith(',') else ''}"
        left.append(line)
    return "\n".join(left)
