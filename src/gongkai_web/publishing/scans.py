"""What in an item must a person look at before it is sent to review, and again before it is public?"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.conf import settings as django_settings
from django.utils.crypto import salted_hmac

from gongkai.kernel import Place
from gongkai.reading.html import read_html_text
from gongkai.screening import CERTAINTY_WORDS, Passage, Screened, Settings, Unchecked, Word, card, screen
from gongkai.screening.kinds import classification
from gongkai_web.agencies.models import Body
from gongkai_web.files import texts
from gongkai_web.files.passages import BODY, NAME
from gongkai_web.publishing.models import Item, Practice, Resolution, ResolutionKind
from gongkai_web.publishing.models.items import Content
from gongkai_web.ui import clock

UNCHECKED = "unchecked"
"""The rule of what could not be checked."""
REMEMBERED = 512
_kept: OrderedDict[str, tuple[ScanHit, ...]] = OrderedDict()
_lock = threading.Lock()
_PRINTED = ("title", "document_number", "issuer", "summary", "keywords", "source", "basis")


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

    @property
    def is_marking(self) -> bool:
        """Whether it is a classification marking, of which only the secrecy officer says that it is none."""
        return self.rule == classification.CARD.key


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
    wanted = _settings(item.body, content)
    found = _remembered(content, attachments, wanted)
    known: dict[str, Resolution] = {}
    if found:
        known = {r.fingerprint: r for r in Resolution.objects.filter(item=item).select_related("resolved_by")}
    return Scan(tuple(_resolved(h, known.get(h.fingerprint)) for h in found))


def _remembered(content: Content, attachments: Sequence[dict[str, Any]], wanted: Settings) -> tuple[ScanHit, ...]:
    """What was found in exactly these words and files with exactly these settings, else what is found now.

    Kept in memory alone: hits hold what must not lie about – numbers of people – so they are written nowhere.
    """
    printed = [str(getattr(content, name)) for name in (*_PRINTED, "html")]
    files = [(a["name"], a["digest"], texts.is_read(a["digest"])) for a in attachments]
    key = hashlib.sha256(repr((printed, files, wanted)).encode()).hexdigest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _content_hits(content, wanted)
    for file in attachments:
        found += _hits(screen([file["name"]], wanted), f"附件名称“{file['name']}”")
        found += _file(file, wanted)
    made = tuple(_each_once(found))
    if any(hit.is_unchecked for hit in made):
        return made  # what could not be looked at now may be readable the next time
    with _lock:
        _kept[key] = made
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Remember nothing; for tests, in which the same bytes are read under other limits."""
    with _lock:
        _kept.clear()


def first_look(body: Body, content: Content) -> tuple[ScanHit, ...]:
    """The hits in a text and its printed metadata before there is an item: for a dry run of what is to come in."""
    wanted = _settings(body, content)
    return tuple(_each_once(_content_hits(content, wanted)))


def _content_hits(content: Content, wanted: Settings) -> list[ScanHit]:
    found: list[ScanHit] = []
    for name in _PRINTED:
        title = str(content._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # only columns are printed
        found += _hits(screen([str(getattr(content, name))], wanted), title)
    if content.html:
        found += _hits(_text(content.html, wanted), "正文")
    return found


def _text(html: str, wanted: Settings) -> Screened:
    """The text's own hits; pictures in it are attachments and are reported there."""
    return Screened(screen(read_html_text(html, "正文"), wanted).hits)


def _file(file: dict[str, Any], wanted: Settings) -> list[ScanHit]:
    """The hits in a file's words as they were read when it came in; hidden and commented ones count as well."""
    title = f"附件“{file['name']}”"
    kept = texts.of(file["digest"])
    if kept is None:
        return _hits(Screened((), (Unchecked(Place(), "这个文件没有读出文字，未能检查。请打开原文，由人看过。"),)), title)
    found: list[ScanHit] = []
    for (member, part), passages in groupby(kept.passages, key=lambda p: (p.member, p.part)):
        if part == NAME and not member:
            continue  # the name under which it is handed out is looked at by itself
        inside = "，".join(word for word in (f"“{member}”" if member else "", part if part != BODY else "") if word)
        pieces = [
            Passage(
                p.text, p.place, is_cell=p.place.cell is not None or p.place.table is not None, part="" if part == BODY else part
            )
            for p in passages
        ]
        found += _hits(screen(pieces, wanted), f"{title}{f'（{inside}）' if inside else ''}")
    for missed in kept.unchecked:
        said = f"{missed.member}：{missed.sentence}" if missed.member else missed.sentence
        found += _hits(Screened((), (Unchecked(replace(missed.place, quote=""), said),)), title)
    return found


def _settings(body: Body, content: Content) -> Settings:
    practice: Practice | None = getattr(body, "practice", None)
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
