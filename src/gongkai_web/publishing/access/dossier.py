"""What does a member of staff see of one item?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import ROLE_WORDS
from gongkai_web.agencies.standing import Held
from gongkai_web.files import storage
from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.flow.models import Decision, Review, ReviewState
from gongkai_web.publishing import bases, clocks, scans, versions
from gongkai_web.publishing.access.beside import links, recorded
from gongkai_web.publishing.access.review_views import review_view, review_views
from gongkai_web.publishing.access.rows import is_public, row_of, waiting
from gongkai_web.publishing.access.scope import scope
from gongkai_web.publishing.access.shapes import FileView
from gongkai_web.publishing.access.staff_shapes import ContentView, ItemPage, PublicationView, ReviewView, StaffFile, VersionView
from gongkai_web.publishing.access.static_editions import item_in_editions
from gongkai_web.publishing.drafting import FACTS
from gongkai_web.publishing.models import Attribute, Channel, Item, Publication, Stage, Version
from gongkai_web.publishing.models.items import Content
from gongkai_web.publishing.possible import possible
from gongkai_web.publishing.requirements import problems
from gongkai_web.publishing.steps import steps_for
from gongkai_web.trail.reading import EntryView, history
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere, NotPossible

_EMBEDDED = re.compile(r'src="attachment:([a-z0-9]+:[0-9a-f]+)"')


def item_page(person_id: int, body: Body, item_id: int, held: Held | None = None) -> ItemPage:
    """Everything about an item; ``held`` as for ``scope``. NotHere for one outside the person's reach."""
    reach, now = scope(person_id, body, held), clock.now()
    item = reach.item(item_id)
    today = now.astimezone(clock.BEIJING).date()
    attachments = versions.attachments_of(item)
    cut = list(Version.objects.filter(item=item).select_related("review__drafter", "cut_by").order_by("-number"))
    open_review = next((v.review for v in cut if v.review.state == ReviewState.OPEN), None)
    shown = review_views([v.review for v in cut])
    published = list(Publication.objects.filter(item=item).select_related("version", "published_by").order_by("-id"))
    stored = stored_files(item, [attachments, *(v.attachments for v in cut)])
    beside = recorded(item)
    return ItemPage(
        row=row_of(item, published, _waits_for(open_review, shown), now),
        body_id=body.pk,
        body_name=body.name,
        category_id=item.category_id,
        department_id=item.department_id,
        facts={name: getattr(item, f"{name}_id" if name in {"category", "department"} else name) for name in FACTS},
        revision=item.draft.revision,
        saved_at=item.draft.changed_at,
        saved_by=item.draft.changed_by.name,
        content=content_view(item.draft, item.pk),
        files=staff_files(attachments, stored),
        hits=scans.scan(item, item.draft, attachments).hits,
        problems=problems(item, item.draft, item.category, attachments, today),
        deadline=deadline_of(item, today),
        versions=tuple(_version_view(v, shown[v.review_id], stored) for v in cut),
        publications=tuple(_publication(p, now) for p in published),
        links=links(item),
        outings=beside.outings,
        validity_changes=beside.validity_changes,
        legality=beside.legality,
        revocations=beside.revocations,
        reassessments=beside.reassessments,
        steps_ahead=() if cut else tuple((s.title, ROLE_WORDS[s.role]) for s in steps_for(item, item.draft)),
        open_review_id=open_review.pk if open_review else None,
        static_pages=item_in_editions(item, published, now),
        is_baked=item.category.channel == Channel.BAKED,
        possible=possible(person_id, item, reach.roles_for(item.department_id), open_review, published),
    )


def staff_file(person_id: int, body: Body, item_id: int, digest: str) -> FileView:
    """A file of an item, of one of its versions, or the scan of a signed sheet. NotHere for any other, NotPossible while it is not clean."""
    item = scope(person_id, body).item(item_id)
    named = {a["digest"]: a for a in versions.attachments_of(item)}
    for listed in Version.objects.filter(item=item).values_list("attachments", flat=True):
        named.update({a["digest"]: a for a in listed})
    signed = Decision.objects.filter(step__review__subject_kind="item", step__review__subject_id=str(item.pk), paper=digest)
    stored = StoredFile.objects.filter(body=body, digest=digest).first()
    if stored is None or (digest not in named and not signed.exists()):
        raise NotHere("没有这个文件。")
    if stored.state != FileState.CLEAN:
        raise NotPossible(f"这个文件{FileState(stored.state).label}，现在不能打开。")
    name = named[digest]["name"] if digest in named else stored.name
    return FileView(storage.path_of(digest), name, stored.type, stored.size, digest)


def item_history(person_id: int, body: Body, item_id: int) -> tuple[EntryView, ...]:
    """Every act on an item and on its validity, the newest first."""
    item = scope(person_id, body).item(item_id)
    entries = (*history("item", str(item.pk)), *history("validity", str(item.pk)))
    return tuple(sorted(entries, key=lambda e: e.recorded_at, reverse=True))


def content_view(content: Content, item_id: int) -> ContentView:
    """What is printed, with pictures at the staff's addresses."""
    values: dict[str, Any] = {name: getattr(content, name) for name in versions.CONTENT_FIELDS}
    found = bases.ground(content.ground)
    return ContentView(
        values=values,
        html=_EMBEDDED.sub(rf'src="/work/items/{item_id}/files/\1/"', content.html),
        attribute_word=Attribute(content.attribute).label,
        ground_word=f"{found.title}（条例{found.article}）" if found else "",
        cuts=tuple((str(c.get("place", "")), _ground(str(c.get("ground", "")))) for c in content.cuts),
    )


def version_view(version: Version) -> VersionView:
    """A version with its review."""
    return _version_view(version, review_view(version.review), stored_files(version.item, [version.attachments]))


def _version_view(version: Version, review: ReviewView, stored: Mapping[str, StoredFile]) -> VersionView:
    return VersionView(
        id=version.pk,
        number=version.number,
        cut_at=version.cut_at,
        cut_by=version.cut_by.name,
        code=version.short_code,
        digest=version.digest,
        content=content_view(version, version.item_id),
        files=staff_files(version.attachments, stored),
        difference=version.difference,
        review=review,
    )


def stored_files(item: Item, lists: Iterable[Iterable[dict[str, Any]]]) -> dict[str, StoredFile]:
    """What is known of the bytes of all files of some lists, by digest: one question, none when there are no files."""
    named = {a["digest"] for listed in lists for a in listed}
    return {f.digest: f for f in StoredFile.objects.filter(body=item.body_id, digest__in=named)} if named else {}


def staff_files(attachments: Iterable[dict[str, Any]], stored: Mapping[str, StoredFile]) -> tuple[StaffFile, ...]:
    """The files as the staff sees them, with what is known of their bytes."""
    found = []
    for n, a in enumerate(attachments, start=1):
        kept = stored.get(a["digest"])
        state = FileState(kept.state) if kept else FileState.REFUSED
        found.append(
            StaffFile(
                n,
                a["digest"],
                a["name"],
                a["type"],
                a["size"],
                bool(a["embedded"]),
                state.value,
                state.label,
                tuple(kept.removed) if kept else (),
                kept.note if kept else "这个文件的登记不见了，请重新上传。",
            )
        )
    return tuple(found)


def _waits_for(review: Review | None, shown: Mapping[int, ReviewView]) -> str:
    """The step of an open review whose turn it is, in words; empty when none is open."""
    turn = next((s for s in shown[review.pk].steps if s.is_turn), None) if review else None
    return waiting(turn.title, turn.person) if turn else ""


def deadline_of(item: Item, today: dt.date) -> Any:
    """The clock of an item's publication with its working; None for what is not published on the body's own motion."""
    if item.draft.attribute in {Attribute.ON_REQUEST, Attribute.WITHHELD} or item.stage == Stage.DISCARDED:
        return None
    first = item.first_published_at
    done = first.astimezone(clock.BEIJING).date() if first is not None and first <= clock.now() else None
    return clocks.deadline(item.made_or_changed_on, clocks.period_of(item.category, item.kind), today, done=done)


def _publication(row: Publication, now: dt.datetime) -> PublicationView:
    return PublicationView(
        version=row.version.number,
        published_at=row.published_at,
        published_by=row.published_by.name,
        channel=Channel(row.channel).label,
        handed_to=row.handed_to,
        handed_address=row.handed_address,
        superseded_at=row.superseded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawal_reason=row.withdrawal_reason,
        correction_note=row.correction_note,
        is_public=is_public(row, now),
        is_scheduled=row.withdrawn_at is None and row.published_at > now and row.superseded_at is None,
    )


def _ground(code: str) -> str:
    found = bases.ground(code)
    return f"{found.title}（条例{found.article}）" if found else ""
