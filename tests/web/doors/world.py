"""Which items lie in the house that are not public, and whose are they?

Every item carries words of its own in its title, its text and its attachment, so that a leak names what leaked.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import Client

from gongkai_web.agencies import actors
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.files import examination
from gongkai_web.files.actions import uploads
from gongkai_web.flow import installation
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.flow.models import Review
from gongkai_web.outlets.actions import hangings, places
from gongkai_web.outlets.models import Place
from gongkai_web.publishing import visible
from gongkai_web.publishing.actions import arrangement, attachments, items, publication, rework
from gongkai_web.publishing.models import Item
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau, fresh
from tests.web.staffed import make_office, signed_in

BIRD = "鹭鸶"
"""Stands in every hidden word, for searches: a page may repeat what was asked for, never what was not."""


@dataclass(frozen=True)
class Hidden:
    """An item that is not public, or has a part that is not: ``title``, ``text`` and ``file`` are its own words."""

    item: Item
    state: str
    bureau: Bureau
    department_id: int
    title: str
    text: str
    file: str
    digest: str

    @property
    def words(self) -> tuple[str, ...]:
        """Everything of it that only its staff may read."""
        return (self.title, self.text, self.file)


@dataclass(frozen=True)
class Visitor:
    """Who comes to a door: nobody in particular, or a person in a role at a body."""

    name: str
    client: Client
    bureau: Bureau | None = None
    role: Role | None = None

    @property
    def actor(self) -> Actor:
        """The same for an act."""
        assert self.bureau is not None
        assert self.role is not None
        return actors.staff(self.bureau.person(self.role))

    def may_read(self, hidden: Hidden, words: str) -> bool:
        """Whether the words are for this visitor: staff with a role in the work read items within reach, auditors the titles in the trail."""
        if self.bureau is None or self.role is None or self.bureau.body != hidden.bureau.body:
            return False
        if self.role is Role.AUDITOR:
            return words == hidden.title
        limited = self.role in {Role.CLERK, Role.DEPARTMENT_REVIEWER}
        return self.role in CONTENT and (not limited or hidden.department_id == self.bureau.office.departments[0].pk)


@dataclass
class World:
    """Two bodies, their people, and items in every state that is not public."""

    here: Bureau
    there: Bureau
    hidden: list[Hidden] = field(default_factory=list)
    data: Path = field(default_factory=lambda: Path(settings.DATA))

    def add(self, bureau: Bureau, state: str, *, department: int = 0, key: str = "notices") -> Hidden:
        """A draft with words of its own."""
        number = len(self.hidden) + 1
        title, text, file = (f"{BIRD}{part}第{number}枚{state}" for part in ("题", "文", "件"))
        item = bureau.draft(title, key=key, html=f"<p>{text}</p>", summary=f"{text}的概述")
        examined = examination.examine(file.encode(), "附件.txt")
        kept = uploads.keep(bureau.actor(Role.CLERK), bureau.body.pk, examined, received=f"sha256:{number:064}")
        attachments.add(bureau.actor(Role.CLERK), item.pk, digest=kept.digest)
        department_id = bureau.office.departments[department].pk
        if department:
            Item.objects.filter(pk=item.pk).update(department_id=department_id)
        made = Hidden(fresh(item), state, bureau, department_id, title, text, file, kept.digest)
        self.hidden.append(made)
        return made

    @cached_property
    def visitors(self) -> tuple[Visitor, ...]:
        """Nobody in particular, every role at the one body, and at the other those that differ in what they reach."""
        people = [(self.here, role) for role in Role] + [
            (self.there, role) for role in (Role.CLERK, Role.UNIT_HEAD, Role.AUDITOR)
        ]
        roles = [Visitor(f"{role.value} at {b.body.slug}", signed_in(b.person(role)), b, role) for b, role in people]
        return (Visitor("anybody", Client()), *roles)

    @cached_property
    def few(self) -> tuple[Visitor, ...]:
        """One of each kind of stranger: nobody, a clerk of one department, an administrator of this body, the head of another's unit."""
        wanted = {(self.here, Role.CLERK), (self.here, Role.AUDITOR), (self.there, Role.UNIT_HEAD)}
        return tuple(v for v in self.visitors if v.role is None or (v.bureau, v.role) in wanted)

    def public(self) -> frozenset[tuple[int, str]]:
        """What the public can read now: item and digest of the version."""
        return frozenset(visible.public(clock.now()).values_list("item_id", "version__digest"))


def make_world() -> World:
    """The house with everything in it."""
    here, there = Bureau(make_office()), Bureau(make_office("linxi", "临汐县司法局"))
    Body.objects.filter(pk=here.body.pk).update(host="testserver")
    installation.forget()
    found_without_founding()
    world = World(here, there)
    hung(here)
    hung(there)
    world.add(here, "unreviewed")
    world.add(here, "other department", department=1)
    submitted(world.add(here, "in review"))
    returned(world.add(here, "returned"))
    scheduled(world.add(here, "scheduled"))
    withdrawn(world.add(here, "withdrawn"))
    withheld(world.add(here, "withheld"))
    approved(world.add(here, "approved", key="news"))
    correction(world, here)
    world.add(there, "another body's")
    assert world.visitors, "their sessions are part of the house"
    return world


def found_without_founding() -> None:
    """Say that an office is here: the bodies of tests are made by hand."""
    from gongkai_web.flow.models import Installation

    Installation.objects.get_or_create(pk=1, defaults={"kind": installation.REAL, "founded_at": clock.now()})


def hung(bureau: Bureau) -> None:
    """A screen on which something public is shown."""
    about = places.About("大厅电子屏", "办事大厅一楼", bureau.person(Role.UNIT_HEAD).pk)
    places.open_place(bureau.actor(Role.UNIT_HEAD), bureau.body.pk, kind="screen", about=about)
    hang(bureau, bureau.published(title="电子屏上的信息"))


def hang(bureau: Bureau, item: Item) -> None:
    place = Place.objects.get(body=bureau.body)
    hangings.hang(bureau.actor(Role.UNIT_HEAD), item.pk, place.pk, form="text", on_day=clock.today())


def submitted(hidden: Hidden, publish_at: dt.datetime | None = None) -> Review:
    return hidden.bureau.submitted(fresh(hidden.item), publish_at=publish_at).review


def returned(hidden: Hidden) -> None:
    review = submitted(hidden)
    step = review.step_rows.order_by("position")[0]
    reviewer = hidden.bureau.actor(Role.DEPARTMENT_REVIEWER)
    review_acts.return_step(reviewer, review.pk, step.pk, digest=review.digest, opinion="请再核对")


def scheduled(hidden: Hidden) -> None:
    hidden.bureau.passed(submitted(hidden, clock.now() + dt.timedelta(days=10)).version)


def withdrawn(hidden: Hidden) -> None:
    hidden.bureau.passed(submitted(hidden).version)
    hang(hidden.bureau, hidden.item)
    publication.withdraw(hidden.bureau.actor(Role.UNIT_HEAD), hidden.item.pk, reason="不应公开", tombstone="该信息已撤下。")


def withheld(hidden: Hidden) -> None:
    clerk = hidden.bureau.actor(Role.CLERK)
    items.edit(
        clerk,
        hidden.item.pk,
        revision=fresh(hidden.item).draft.revision,
        content={"attribute": "withheld", "ground": "refused.process", "reason": "是还在讨论的过程稿，公开会影响决策。"},
        facts={"reassess_on": clock.today() + dt.timedelta(days=200)},
    )
    hidden.bureau.passed(submitted(hidden).version)


def approved(hidden: Hidden) -> None:
    """Approved, and waiting to be published elsewhere."""
    head = hidden.bureau.actor(Role.UNIT_HEAD)
    arrangement.change_category(head, hidden.item.category_id, values={"channel": "elsewhere"})
    hidden.bureau.passed(submitted(hidden).version)


def correction(world: World, bureau: Bureau) -> None:
    """An item that is public, with a correction that is not."""
    item = bureau.published(title="已经公开的信息")
    hang(bureau, item)
    rework.correct(bureau.actor(Role.CLERK), item.pk, note="更正一处")
    hidden = world.add(bureau, "correction")
    items.edit(
        bureau.actor(Role.CLERK),
        item.pk,
        revision=fresh(item).draft.revision,
        content={"title": f"{hidden.title}更正稿", "html": f"<p>{hidden.text}更正稿</p>"},
    )


def words_of(response: HttpResponseBase) -> str:
    """Everything a response says: its headers and its content, packages and PDFs opened."""
    if isinstance(response, StreamingHttpResponse):
        data = b"".join(response.streaming_content)  # type: ignore[arg-type]  # ours stream bytes
    else:
        data = response.content  # type: ignore[attr-defined]  # every other response has it
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return headers + said_by(data)


def said_by(data: bytes) -> str:
    """The words of some bytes."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(f"{name} {said_by(archive.read(name))}" for name in archive.namelist())
    if data.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(data) as document:
            return " ".join(page.get_textpage().get_text_range() for page in document)
    return data.decode("utf-8", "replace")
