"""Which labels were read although an intruder's advertising stands inside them?

A site that was broken into carries words of gambling and addresses of sites in the middle of its own. A label is believed
through them only when it is exactly one of the forms' labels with one such stretch set into it, every word of it known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.kernel import Finding, Place
from gongkai.reading.labels import core_of, wording
from gongkai.reading.notes import note
from gongkai.reading.stream import Piece, Stream
from gongkai.reading.vocabulary import Vocabulary

# A name of a site begins where no other of its characters stands before it, and ends: else a long row of digits takes the square of its length.
_PLAIN = (
    r"(?:bat|bet)[0-9]{2,4}|[0-9]{2,4}bet|葡京|博彩|彩票|彩金|赌场|赌博|赌球|棋牌|老虎机|百家乐|六合彩|时时彩|威尼斯人|金沙|皇冠|投注|娱乐城"
    r"|真人平台|真人娱乐|https?://[^\s，。；|]*|www\.[a-z0-9.\-/]+|(?<![a-z0-9\-])[a-z0-9\-]{1,63}\.(?:com|net|cc|vip|top)(?:/[^\s，。；|]*)?"
)
_STRONG = re.compile(_PLAIN, re.IGNORECASE)
_WORDS = re.compile(
    rf"{_PLAIN}|bat|bet|官网|官方|网站|登录|登陆|注册|下载|入口|app|手机版?|平台|网址|娱乐|真人|体育|在线|线上|网上|开户|最新|澳门|新|[0-9_\-\s.,:/]+",
    re.IGNORECASE,
)
_LONGEST = 160


def is_spam(text: str) -> bool:
    """Whether words of advertising stand in a text."""
    return _STRONG.search(text) is not None


def without_spam(stream: Stream, words: Sequence[Vocabulary]) -> tuple[Stream, tuple[Finding, ...]]:
    """The stream with the labels of these forms freed of advertising, and the note that tells which."""
    if not any(is_spam(piece.text) for piece in stream.pieces):
        return stream, ()
    known = {core for w in words for core in (*w.by_core, *w.heads, *w.blocks, *w.list_heads) if len(core) > 1}
    told: list[Place] = []
    pieces = [_freed(piece, known, told) for piece in stream.pieces]
    if not told:
        return stream, ()
    message = f"有{len(told)}处行标题或列标题里夹着与报告无关的广告文字，去掉后与表样的标题完全相同，已按那个标题读取；请对照原文核对，并检查网站是否被人改动。"
    return replace(stream, pieces=tuple(pieces)), (note("R924", message, told[:40], [place.quote for place in told[:40]]),)


def _freed(piece: Piece, known: set[str], told: list[Place]) -> Piece:
    text = piece.text
    if len(text) > _LONGEST or not is_spam(text):
        return piece
    found = _label(text, known)
    if found is None:
        return piece
    told.append(replace(piece.place, quote=text.strip()))
    return replace(piece, text=found)


def _label(text: str, known: set[str]) -> str | None:
    """The text without the one stretch of advertising in it, when what is left is a label of the forms."""
    fits: dict[str, str] = {}
    for first in _WORDS.finditer(text):
        end = first.start()
        while match := _WORDS.match(text, end):
            end = match.end()
            if is_spam(text[first.start() : end]):
                left = text[: first.start()] + text[end:]
                core = wording(left).core
                if core in known and core_of(left):
                    fits[core] = left
    return next(iter(fits.values())) if len(fits) == 1 else None
