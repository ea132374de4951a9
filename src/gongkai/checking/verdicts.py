"""What did a person decide about a finding, and does it still hold?

A verdict is kept by the finding's fingerprint. The fingerprint holds rule, body, year, what is compared and both numbers, so a
verdict survives every re-run and dies when a figure changes. The level of a finding stays what the rule says; a verdict only
tells whether anything is left to do. Kept as TOML, to be filled in by hand, or as JSON.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from gongkai.errors import BadInput
from gongkai.kernel import STATUS_WORDS, Finding, Status


class Ruling(StrEnum):
    """What a person may decide; the value is the word kept in the file."""

    CONFIRMED = "属实"
    EXPLAINED = "有说明"
    DISMISSED = "不成立"


_WORDS = {r.value: r for r in Ruling} | {r.name.lower(): r for r in Ruling}
_ASKED = frozenset({Status.FAIL, Status.UNCERTAIN, Status.REMARK})
_HEAD = """# 对核对意见的处理。每一项的“处理”填：属实（确实要改）、有说明（数字没错，“理由”里写明原因）、不成立（核对有误）。
# 没有填的不算。数字改动以后，原来的处理自动失效。
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision on one finding; ``reason`` is required when it is explained. ``rule`` is there for the reader."""

    fingerprint: str
    ruling: Ruling
    reason: str = ""
    rule: str = ""

    def in_words(self) -> str:
        """The decision as printed with the finding."""
        return f"处理：{self.ruling.value}" + (f"。{self.reason.rstrip('。')}。" if self.reason else "。")


Verdicts = Mapping[str, Verdict]


def load(data: bytes, name: str) -> dict[str, Verdict]:
    """The verdicts in a file by fingerprint; entries not yet filled in are left out. BadInput says what is wrong."""
    raw = _raw(data, name)
    entries = raw.get("意见") if isinstance(raw, dict) else None
    if not isinstance(entries, list):
        _refuse(name, "里面没有“意见”列表")
    out: dict[str, Verdict] = {}
    for number, entry in enumerate(entries, 1):
        verdict = _verdict(entry, name, number)
        if verdict is None:
            continue
        if verdict.fingerprint in out and out[verdict.fingerprint] != verdict:
            _refuse(name, f"指纹“{verdict.fingerprint}”有两种不同的处理")
        out[verdict.fingerprint] = verdict
    return out


def dump(verdicts: Verdicts, name: str) -> str:
    """The verdicts as the text of a file; JSON when its name ends in .json, else TOML."""
    entries = [{"指纹": v.fingerprint, "规则": v.rule, "处理": v.ruling.value, "理由": v.reason} for v in verdicts.values()]
    return _written(entries, name)


def blank(items: Sequence[Finding], name: str) -> str:
    """The text of a file to be filled in: every error, doubt and note, with its sentence."""
    entries = [
        {"指纹": i.fingerprint, "规则": f"{i.rule} {STATUS_WORDS[i.status]}", "内容": i.message, "处理": "", "理由": ""}
        for i in {i.fingerprint: i for i in items if i.status in _ASKED}.values()
    ]
    return _written(entries, name)


def settled(item: Finding, verdicts: Verdicts) -> bool:
    """Whether a person has explained or dismissed a finding, so that nothing is left to do."""
    verdict = verdicts.get(item.fingerprint)
    return verdict is not None and verdict.ruling is not Ruling.CONFIRMED


def lapsed(items: Sequence[Finding], verdicts: Verdicts) -> tuple[Verdict, ...]:
    """The verdicts whose finding is no longer made: the figures changed, or the fault was mended."""
    now = {i.fingerprint for i in items}
    return tuple(v for v in verdicts.values() if v.fingerprint not in now)


def verdict_json(verdict: Verdict) -> dict[str, str]:
    """A verdict as JSON beside its finding."""
    return {"ruling": verdict.ruling.name.lower(), "reason": verdict.reason}


def _raw(data: bytes, name: str) -> Any:
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text) if name.lower().endswith(".json") else tomllib.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError):
        _refuse(name, "内容不完整或者写法不对")


def _verdict(entry: Any, name: str, number: int) -> Verdict | None:
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        _refuse(name, f"第{number}项不是一组文字")
    fingerprint, word = entry.get("指纹", ""), entry.get("处理", "").strip()
    reason = entry.get("理由", "").strip()
    if len(fingerprint) != 16 or any(ch not in "0123456789abcdef" for ch in fingerprint):
        _refuse(name, f"第{number}项的指纹“{fingerprint}”不是十六位的指纹")
    if not word:
        return None
    if word not in _WORDS:
        _refuse(name, f"第{number}项的处理“{word}”不是“属实”“有说明”“不成立”之一")
    if _WORDS[word] is Ruling.EXPLAINED and not reason:
        _refuse(name, f"第{number}项的处理是“有说明”，但没有写理由")
    return Verdict(fingerprint, _WORDS[word], reason, entry.get("规则", ""))


def _refuse(name: str, what: str) -> NoReturn:
    raise BadInput(f"处理意见文件“{name}”读不懂：{what}。请改正后再试，或者删去这个文件重新生成。")


def _written(entries: Sequence[dict[str, str]], name: str) -> str:
    if name.lower().endswith(".json"):
        return json.dumps({"意见": list(entries)}, ensure_ascii=False, indent=1) + "\n"
    return _HEAD + ("".join(map(_table, entries)) if entries else '"意见" = []\n')


def _table(entry: dict[str, str]) -> str:
    return "\n".join(('\n[["意见"]]', *_lines(entry))) + "\n"


def _lines(entry: dict[str, str]) -> Iterator[str]:
    for key, value in entry.items():
        yield f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
