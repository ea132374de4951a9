"""What did the visitor decide about findings, kept in his room until it goes?

A verdict holds for every report of the room in which its finding is made, whenever the report was handed in: it is kept
by the finding's fingerprint, in the form that ``gongkai check --verdicts`` reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from gongkai.checking import Ruling, Verdict, Verdicts
from gongkai.checking.verdicts import dump, load
from gongkai.errors import BadInput
from gongkai.kernel import STATUS_WORDS, Finding
from gongkai.reading.secrecy import classification_marking
from gongkai_web.oversight.rooms import Room
from gongkai_web.oversight.uploads import Upload
from gongkai_web.ui.refusals import NotPossible

FILE = "verdicts.json"
REASON_CHARACTERS = 500
FILE_BYTES = 1024 * 1024
KEPT_AT_MOST = 20_000


def verdicts(room: Room) -> dict[str, Verdict]:
    """All verdicts of a room by fingerprint."""
    return load(room.bytes_of(FILE), FILE) if room.has(FILE) else {}


def on(findings: Iterable[Finding], kept: Verdicts) -> dict[str, Verdict]:
    """Those of the verdicts that are about these findings, in the order of the findings."""
    return {f.fingerprint: kept[f.fingerprint] for f in findings if f.fingerprint in kept}


def decide(room: Room, finding: Finding, word: str, reason: str) -> None:
    """Keep a verdict on a finding; BadInput says what is missing."""
    reason = " ".join(reason.split())
    if word not in list(Ruling):
        raise BadInput("还没有选择怎样处理。请选择属实、有说明或者不成立，再按“保存处理”。")
    if word == Ruling.EXPLAINED and not reason:
        raise BadInput("选了“有说明”，但没有写理由。请写明数字为什么没有错，再按“保存处理”。")
    if len(reason) > REASON_CHARACTERS:
        raise BadInput(f"理由有 {len(reason)} 个字，超过了 {REASON_CHARACTERS} 个字。请写得短一些。")
    _refuse_marked(reason)
    rule = f"{finding.rule} {STATUS_WORDS[finding.status]}"
    _add(room, {finding.fingerprint: Verdict(finding.fingerprint, Ruling(word), reason, rule)})


def withdraw(room: Room, finding: Finding) -> None:
    """Forget the verdict on a finding."""
    with room.locked():
        left = {k: v for k, v in verdicts(room).items() if k != finding.fingerprint}
        _keep(room, left)


def take(room: Room, upload: Upload) -> dict[str, Verdict]:
    """Keep the verdicts of a file beside those that are here, the file's own going first; what the file holds."""
    if upload.refusal or len(upload.data) > FILE_BYTES:
        raise BadInput("处理意见文件超过 1 MB，没有载入。请确认选择的是处理意见文件（toml 或 json）。")
    found = load(upload.data, upload.name)
    if not found:
        raise BadInput("这个文件里没有一项填了处理，没有载入。请先填写属实、有说明或者不成立。")
    for verdict in found.values():
        if len(verdict.reason) > REASON_CHARACTERS:
            raise BadInput(f"文件里有一项的理由超过了 {REASON_CHARACTERS} 个字，没有载入。请写得短一些。")
        _refuse_marked(verdict.reason)
        _refuse_marked(verdict.rule)
    _add(room, found)
    return found


def _refuse_marked(words: str) -> None:
    if words and classification_marking(words) is not None:
        raise BadInput("文字里带有国家秘密的密级标志，没有保存。本系统严禁存储、处理涉密信息。")


def _add(room: Room, more: Verdicts) -> None:
    with room.locked():
        made = {**verdicts(room), **more}
        if len(made) > KEPT_AT_MOST:
            raise NotPossible(f"这里保存的处理意见超过了 {KEPT_AT_MOST} 项，没有再保存。请用“清除我的数据”删去不用的。")
        _keep(room, made)


def _keep(room: Room, made: Verdicts) -> None:
    room.write(json.loads(dump(made, FILE)), FILE)
