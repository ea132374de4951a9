"""Which HTML does a page keep inside its scripts, to be written out by the browser?"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_LITERAL = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|<!--", re.IGNORECASE)
_MAX_ROUNDS = 3


def has_table(text: str) -> bool:
    """Whether the text writes a table in tags."""
    return _TABLE.search(text) is not None


def unescaped(text: str) -> str:
    """The HTML in ``text``, with entity or percent escapes undone until tags show, at most three rounds."""
    for _ in range(_MAX_ROUNDS):
        if has_table(text):
            return text
        better = unquote(text) if "%3C" in text or "%3c" in text else html.unescape(text)
        if better == text:
            return text
        text = better
    return text


def html_in_script(script: str) -> str | None:
    """The HTML that a script's or JSON document's strings make up, in order; None when they write no table."""
    lowered = script.lower()
    if "table" not in lowered:
        return None
    pieces = [unescaped(_unquoted(literal)) for literal in _literals(script)]
    pieces = [piece for piece in pieces if _TAG.search(piece)]
    whole = "".join(pieces)
    return whole if has_table(whole) else None


def _literals(script: str) -> list[str]:
    """The insides of the script's string literals, comments skipped."""
    return [group for match in _LITERAL.finditer(script) for group in match.groups() if group is not None]


def _unquoted(literal: str) -> str:
    """A string literal's characters: backslash escapes of JavaScript and JSON undone."""

    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        if code[0] in "ux" and len(code) > 1:
            number = int(code.strip("ux{}"), 16)
            return chr(number) if number < 0x110000 else "\ufffd"
        return _SIMPLE.get(code, code)

    text = _ESCAPE.sub(character, literal)
    # \ud83d\ude00 pairs are one character; a lone half is damage.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
