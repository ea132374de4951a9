"""What does the trail say about a record, and does the chain hold?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai_web.trail.digests import algorithm_of, canonical, digest
from gongkai_web.trail.models import Chain, Entry
from gongkai_web.trail.record import commitment, fixed_part

ERASED = "（已依法删除）"


@dataclass(frozen=True, slots=True)
class EntryView:
    """One act as people read it."""

    chain: str
    seq: int
    act: str
    words: str
    happened_on: dt.date
    recorded_at: dt.datetime
    actor_kind: str
    actor_name: str
    subject_kind: str
    subject_id: str
    erased: bool
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of walking a chain: how many entries were checked, how many personal parts are erased, what is wrong."""

    chain: str
    checked: int
    erased: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def history(kind: str, key: str, limit: int = 500) -> tuple[EntryView, ...]:
    """The acts on one record, the newest first."""
    return tuple(view(e) for e in Entry.objects.filter(subject_kind=kind, subject_id=key).order_by("-id")[:limit])


def view(entry: Entry) -> EntryView:
    """An entry as people read it; what was erased says so."""
    words: dict[str, str] = defaultdict(lambda: ERASED)
    words.update(entry.fixed.get("words", {}))
    words.update({k: str(v) for k, v in (entry.personal or {}).items()})
    words["actor"] = entry.actor_name
    return EntryView(
        chain=entry.chain_id,
        seq=entry.seq,
        act=entry.act,
        words=entry.sentence.format_map(words),
        happened_on=entry.happened_on,
        recorded_at=entry.recorded_at,
        actor_kind=entry.actor_kind,
        actor_name=entry.actor_name,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        erased=entry.commitment != "" and entry.personal is None,
        facts=entry.fixed.get("facts", {}),
    )


def chains() -> tuple[str, ...]:
    """The names of all chains."""
    return tuple(Chain.objects.order_by("slug").values_list("slug", flat=True))


def verify(chain: str) -> Verification:
    """Walk a chain from its start. Every broken link, changed entry and missing number is named."""
    problems: list[str] = []
    previous, expected, checked, erased = f"start of {chain}", 1, 0, 0
    for entry in _entries(chain):
        checked += 1
        if entry.seq != expected:
            problems.append(f"第 {expected} 条缺失，后面紧接的是第 {entry.seq} 条。")
        if entry.previous_hash != previous:
            problems.append(f"第 {entry.seq} 条与前一条接不上。")
        if digest(canonical(fixed_part(entry)), algorithm_of(entry.hash)) != entry.hash:
            problems.append(f"第 {entry.seq} 条的内容与其校验值不符。")
        if entry.commitment and entry.personal is None and entry.salt is None:
            erased += 1
        elif commitment(entry.personal, entry.salt, algorithm_of(entry.hash)) != entry.commitment:
            problems.append(f"第 {entry.seq} 条的个人信息部分与其校验值不符。")
        previous, expected = entry.hash, entry.seq + 1
    head = Chain.objects.filter(slug=chain).first()
    if head is not None and (head.seq, head.head) != (expected - 1, previous if checked else ""):
        problems.append(f"链头记到第 {head.seq} 条，实际只有到第 {expected - 1} 条的记录。")
    return Verification(chain, checked, erased, tuple(problems))


def _entries(chain: str) -> Iterable[Entry]:
    return Entry.objects.filter(chain_id=chain).order_by("seq").iterator(chunk_size=2000)
