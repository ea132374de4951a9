"""What stands in the files in which a body lists its own numbers and addresses, its words and its names?"""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.errors import BadInput
from gongkai.screening.settings import Settings, Word

_HEADING = re.compile(r"\s*[\[【](?P<name>[^\]】]{1,10})[\]】]\s*")
_NUMBER = re.compile(r"[0-9０-９()（）+\- 转]{7,24}")
_ALLOWED = {"电话": "numbers", "号码": "numbers", "地址": "addresses", "邮箱": "mails"}
_LISTED = {"词语": "words", "姓名": "names", "人名": "names"}
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def allowed(text: str, name: str, settings: Settings) -> Settings:
    """The settings with what a list of allowed numbers, addresses and mails adds: one a line, # begins a remark.

    A heading [电话], [地址] or [邮箱] says what the lines below are; without one a line is taken for what it looks like.
    Raises BadInput, naming the line, for a heading of another name.
    """
    found: dict[str, list[str]] = {"numbers": [], "addresses": [], "mails": []}
    for heading, line in _lines(text, name, _ALLOWED):
        kind = heading or ("mails" if "@" in line else "numbers" if _NUMBER.fullmatch(line) else "addresses")
        found[kind].append(line.translate(_WIDE) if kind == "numbers" else line)
    return replace(
        settings,
        numbers=(*settings.numbers, *found["numbers"]),
        addresses=(*settings.addresses, *found["addresses"]),
        mails=(*settings.mails, *found["mails"]),
    )


def listed(text: str, name: str, settings: Settings) -> Settings:
    """The settings with what a list of words and names adds: one a line, # begins a remark.

    Lines stand for words until a heading [姓名]; after a word and "=" or a tab may stand what to do with it. Raises
    BadInput, naming the line, for a heading of another name.
    """
    words: list[Word] = []
    names: list[str] = []
    for heading, line in _lines(text, name, _LISTED):
        if heading == "names":
            names.append(line)
        else:
            word, note = (*re.split(r"\s*[=＝\t]\s*", line, maxsplit=1), "")[:2]
            if word:
                words.append(Word(word, note))
    return replace(settings, words=(*settings.words, *words), names=(*settings.names, *names))


def _lines(text: str, name: str, headings: dict[str, str]) -> list[tuple[str, str]]:
    out = []
    heading = ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition("#")[0].strip().lstrip("\ufeff")
        found = _HEADING.fullmatch(line)
        if found:
            if found["name"] not in headings:
                known = "、".join(f"[{h}]" for h in headings)
                raise BadInput(f"“{name}”第{number}行的“[{found['name']}]”不认识。可用的是：{known}。")
            heading = headings[found["name"]]
        elif line:
            out.append((heading, line))
    return out
