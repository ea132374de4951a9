"""What in an item must a person look at before it is sent to review, and again before it is public?"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings as django_settings
from django.utils.crypto import salted_hmac

from gongkai.errors import GongkaiError
from gongkai.kernel import Place
from gongkai.reading.blocks import Source
from gongkai.reading.formats import open_source
from gongkai.reading.html import read_html_text
from gongkai.screening import CERTAINTY_WORDS, Screened, Settings, Unchecked, Word, card, screen
from gongkai_web.agencies.models import Body
from gongkai_web.files import storage
from gongkai_web.publishing.models import Item, Practice, Resolution, ResolutionKind
from gongkai_web.publishing.models.items import Content
from gongkai_web.ui import clock

UNCHECKED = "unchecked"
"""The rule of what could not be checked."""
_PRINTED = ("title", "document_number", "issuer", "summary", "keywords", "source", "basis")
_READ_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class ScanHit:
    """A spot to look at. ``part`` is 正文, a metadata title or a file's name; ``start`` and ``end`` are offsets in the paragraph of ``place``.

    ``resolution`` is what a person made of it, None while it is open.
    """

    fingerprint: str
    rule: str
    title: str
    part: str
    text: str
    place: Place
    why: str
    certainty: str
    resolution: str | None = None
    reason: str = ""
    resolved_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it yet."""
        return self.resolution is None

    @property
    def is_unchecked(self) -> bool:
        """Whether it says that something could not be checked."""
        return self.rule == UNCHECKED


@dataclass(frozen=True, slots=True)
class Scan:
    """All hits of an item as it stands, in the order of the item."""

    hits: tuple[ScanHit, ...]

    @property
    def open(self) -> tuple[ScanHit, ...]:
        """Those nobody has resolved."""
        return tuple(h for h in self.hits if h.is_open)


def scan(item: Item, content: Content, attachments: Sequence[dict[str, Any]]) -> Scan:
    """Scan the text, the printed metadata and every attachment, and put beside each hit what a person made of it."""
    known = {r.fingerprint: r for r in Resolution.objects.filter(item=item).select_related("resolved_by")}
    wanted = _settings(item.body, content)
    found: list[ScanHit] = []
    for name in _PRINTED:
        title = str(content._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # only columns are printed
        found += _hits(screen([str(getattr(content, name))], wanted), title)
    if content.html:
        found += _hits(_text(content.html, wanted), "正文")
    for file in attachments:
        found += _hits(screen([file["name"]], wanted), f"附件名称“{file['name']}”")
        found += _hits(_file(file, wanted), f"附件“{file['name']}”")
    return Scan(tuple(_resolved(h, known.get(h.fingerprint)) for h in _each_once(found)))


def _text(html: str, wanted: Settings) -> Screened:
    """The text's own hits; pictures in it are attachments and are reported there."""
    return Screened(screen(read_html_text(html, "正文"), wanted).hits)


def _file(file: dict[str, Any], wanted: Settings) -> Screened:
    source, why = _opened(file["digest"], file["name"])
    if source is None:
        return Screened((), (Unchecked(Place(), why),))
    return screen(source, wanted)


@lru_cache(maxsize=_READ_AT_ONCE)
def _opened(digest: str, name: str) -> tuple[Source | None, str]:
    """The blocks of a stored file, or why none could be had. What lies under a digest never changes."""
    try:
        return open_source(storage.read(digest), name), ""
    except GongkaiError as refusal:
        return None, f"这个文件未能检查：{refusal}"
    except OSError:
        return None, "这个文件未能检查：存放的文件读不出来，请联系系统管理员。"


def _settings(body: Body, content: Content) -> Settings:
    practice = Practice.objects.filter(body=body).first()
    today: dt.date = clock.today()
    return Settings(
        day=today,
        year=content.made_on.year if content.made_on else None,
        numbers=tuple(filter(None, (body.unit_phone, body.unit_fax))),
        addresses=tuple(filter(None, (body.unit_address,))),
        mails=tuple(filter(None, (body.unit_contact,))),
        words=tuple(_word(w) for w in practice.words) if practice else (),
        names=tuple(practice.names) if practice else (),
        key=salted_hmac("gongkai.screening", "fingerprint", secret=django_settings.SECRET_KEY).hexdigest(),
    )


def _word(entry: Any) -> Word:
    return Word(entry["text"], entry.get("note", "")) if isinstance(entry, dict) else Word(str(entry))


def _hits(screened: Screened, part: str) -> list[ScanHit]:
    found = [
        ScanHit(h.fingerprint, h.kind, card(h.kind).name, part, h.text, h.place, h.why, CERTAINTY_WORDS[h.certainty])
        for h in screened.hits
    ]
    for missed in screened.unchecked:
        words = missed.place.in_words()
        mark = hashlib.sha256(f"{UNCHECKED}\x1f{part}\x1f{words}\x1f{missed.why}".encode()).hexdigest()[:16]
        found.append(ScanHit(mark, UNCHECKED, "未能检查", part, "", missed.place, missed.why, ""))
    return found


def _each_once(found: list[ScanHit]) -> list[ScanHit]:
    """One hit per fingerprint and part: what is said twice in the same words is resolved once."""
    kept: dict[tuple[str, str], ScanHit] = {}
    for hit in found:
        kept.setdefault((hit.fingerprint, hit.part), hit)
    return list(kept.values())


def _resolved(hit: ScanHit, row: Resolution | None) -> ScanHit:
    if row is None or row.rule != hit.rule:
        return hit
    return ScanHit(
        hit.fingerprint, hit.rule, hit.title, hit.part, hit.text, hit.place, hit.why, hit.certainty,
        ResolutionKind(row.kind).label, row.reason, row.resolved_by.name,
    )  # fmt: skip
