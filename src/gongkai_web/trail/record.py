"""How is one act written down?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from gongkai_web.trail.actors import Actor
from gongkai_web.trail.digests import canonical, digest
from gongkai_web.trail.done import Done
from gongkai_web.trail.models import Chain, Entry
from gongkai_web.ui import clock


def record(key: str, sentence: str, actor: Actor, done: Done[Any]) -> Entry:
    """The entry of an act, at the end of its transaction: the chain's row is locked last, for the shortest time.

    What people typed – names, titles, reasons – can be erased one day, whichever act it came with; what can never be erased is who, what,
    when, on which record, and the facts that hold no words of anybody's.
    """
    algorithm = settings.DIGEST
    fixed = {"facts": dict(done.fixed)} if done.fixed else {}
    personal = {"subject": done.subject.name, **done.words, **done.personal}
    salt = secrets.token_hex(16)
    Chain.objects.get_or_create(slug=done.chain)
    head = Chain.objects.select_for_update().get(slug=done.chain)
    entry = Entry(
        chain=head,
        seq=head.seq + 1,
        previous_hash=head.head or f"start of {done.chain}",
        act=key,
        sentence=sentence,
        happened_on=done.happened_on or clock.today(),
        recorded_at=clock.now(),
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        actor_name=actor.name,
        subject_kind=done.subject.kind,
        subject_id=done.subject.id,
        fixed=fixed,
        personal=personal,
        salt=salt,
        commitment=commitment(personal, salt, algorithm),
    )
    entry.hash = digest(canonical(fixed_part(entry)), algorithm)
    entry.save(force_insert=True)
    head.seq, head.head = entry.seq, entry.hash
    head.save(update_fields=["seq", "head"])
    return entry


def commitment(personal: Mapping[str, Any] | None, salt: str | None, algorithm: str) -> str:
    """What stands in the hash for the personal part, which can then be erased without breaking the chain."""
    return digest(canonical([salt, personal]), algorithm) if personal is not None else ""


def fixed_part(entry: Entry) -> dict[str, Any]:
    """What an entry's hash covers."""
    return {
        "chain": entry.chain_id,
        "seq": entry.seq,
        "previous": entry.previous_hash,
        "act": entry.act,
        "sentence": entry.sentence,
        "happened_on": entry.happened_on.isoformat(),
        "recorded_at": entry.recorded_at.astimezone(clock.BEIJING).isoformat(timespec="microseconds"),
        "actor": [entry.actor_kind, entry.actor_id, entry.actor_name],
        "subject": [entry.subject_kind, entry.subject_id],
        "fixed": entry.fixed,
        "commitment": entry.commitment,
    }
