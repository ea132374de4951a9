"""In which shapes does the public see what is public?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body as the public sees it."""

    id: int
    slug: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category: ``path`` are the names from the root, ``count`` how many items are public in it and below."""

    id: int
    key: str
    name: str
    path: tuple[str, ...]
    depth: int
    parent_key: str | None
    summary: str
    bases: tuple[str, ...]
    citations: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file beside a text: ``position`` from 1 names it in its address. ``embedded`` ones are pictures inside the text."""

    position: int
    name: str
    type: str
    size: int
    address: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A public item that this one refers to or is referred to by; ``kind`` in Chinese."""

    kind: str
    title: str
    index_number: str
    url: str
    published_on: dt.date


@dataclass(frozen=True, slots=True)
class Notice:
    """A line above a text: a correction, a repeal, where else it stands."""

    kind: str
    words: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class PublicItem:
    """An item as the public reads it. ``validity`` is empty where a document has none. ``elsewhere`` is its address on another site."""

    index_number: str
    title: str
    document_number: str
    body: BodyView
    category: CategoryView
    issuer: str
    joint_bodies: tuple[str, ...]
    theme: str
    genre: str
    five_kinds: tuple[str, ...]
    made_on: dt.date | None
    published_at: dt.datetime
    first_published_at: dt.datetime
    effective_on: dt.date | None
    validity: str
    validity_on: dt.date | None
    summary: str
    keywords: tuple[str, ...]
    source: str
    attribute: str
    basis: str
    html: str
    attachments: tuple[AttachmentView, ...]
    interpretations: tuple[Link, ...]
    originals: tuple[Link, ...]
    related: tuple[Link, ...]
    notices: tuple[Notice, ...]
    url: str
    elsewhere: str
    version: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a list."""

    index_number: str
    title: str
    document_number: str
    published_on: dt.date
    made_on: dt.date | None
    validity: str
    category_key: str
    category_name: str
    summary: str
    issuer: str
    url: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class PublicListing:
    """A page of a list. ``next_key`` and ``previous_key`` go back into ``after`` and ``before``; None at an end. ``count`` is of the whole."""

    items: tuple[ListRow, ...]
    next_key: str | None
    previous_key: str | None
    count: int


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A line of the catalogue (art 12: index, title, summary, day of making)."""

    index_number: str
    title: str
    summary: str
    made_on: dt.date
    published_on: dt.date
    document_number: str
    issuer: str
    category: str
    theme: str
    genre: str
    validity: str
    attribute: str
    url: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where an item was taken down."""

    index_number: str
    words: str
    withdrawn_on: dt.date


@dataclass(frozen=True, slots=True)
class FileView:
    """A public file: where its bytes lie, and how it is handed out."""

    path: Path
    name: str
    type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that the body made for its disclosure work."""

    id: int
    title: str
    number: str
    html: str
    adopted_on: dt.date
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class GuideView:
    """What the guide must say (art 12); ``missing`` names the parts that the body has not filled in."""

    body: BodyView
    unit_name: str
    unit_address: str
    unit_postcode: str
    unit_hours: str
    unit_phone: str
    unit_fax: str
    unit_contact: str
    intake_channels: tuple[tuple[str, str], ...]
    categories: tuple[CategoryView, ...]
    index_pattern: str
    missing: tuple[str, ...]


def item_url(index_number: str) -> str:
    """The address of an item below the root of its body's pages."""
    return f"/info/{quote(index_number, safe='/')}/"


def file_url(index_number: str, position: int, name: str) -> str:
    """The address of a file of an item."""
    return f"{item_url(index_number)}files/{position}/{quote(name, safe='')}"
