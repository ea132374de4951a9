"""What of a comment may the public read: its words as they are, with what concerns persons hidden under marks?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings as django_settings
from django.utils.crypto import salted_hmac

from gongkai.screening import Settings, Word, card, screen
from gongkai_web.agencies.models import Body
from gongkai_web.publishing.models import Practice
from gongkai_web.ui import clock

MARK = "【已隐去】"
CLASSIFIED = "classification"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """What the scan found in a text: offsets, what it is and why; ``personal`` concerns a person and is hidden unless somebody says why not."""

    start: int
    end: int
    title: str
    words: str
    why: str
    personal: bool


def spots(body: Body, text: str) -> tuple[Spot, ...]:
    """What a person must look at before a comment is shown, in the order of the text."""
    found = screen([text], _settings(body)).hits
    return tuple(Spot(h.start, h.end, card(h.kind).name, h.text, h.why, card(h.kind).is_personal) for h in found)


def is_classified(body: Body, text: str) -> bool:
    """Whether a text carries a classification marking: it must not be stored at all."""
    return bool(screen([text], _settings(body)).of(CLASSIFIED))


def occurrences(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Every place at which one of the words stands."""
    found = []
    for word in words:
        at = text.find(word) if word else -1
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return tuple(found)


def merged(spans: Iterable[Sequence[int]], length: int) -> tuple[Span, ...]:
    """The spans in order, inside the text, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted((max(0, int(a)), min(length, int(b))) for a, b in spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def shown(text: str, hidden: Iterable[Sequence[int]]) -> str:
    """The text with a mark in the place of each hidden span."""
    made, at = [], 0
    for start, end in merged(hidden, len(text)):
        made += [text[at:start], MARK]
        at = end
    return "".join([*made, text[at:]])


def _settings(body: Body) -> Settings:
    practice = Practice.objects.filter(body=body).first()
    words = practice.words if practice else []
    return Settings(
        day=clock.today(),
        numbers=tuple(filter(None, (body.unit_phone, body.unit_fax))),
        addresses=tuple(filter(None, (body.unit_address,))),
        mails=tuple(filter(None, (body.unit_contact,))),
        words=tuple(Word(w["text"], w.get("note", "")) if isinstance(w, dict) else Word(str(w)) for w in words),
        names=tuple(practice.names) if practice else (),
        key=salted_hmac("gongkai.screening", "fingerprint", secret=django_settings.SECRET_KEY).hexdigest(),
    )
