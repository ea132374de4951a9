"""Whose portal is asked for, and what must every page of it say about itself?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from gongkai_web.agencies import fronts
from gongkai_web.agencies.models import Body
from gongkai_web.flow.installation import is_demo
from gongkai_web.publishing.prepared import Prepared, gap
from gongkai_web.trail.models import Chain
from gongkai_web.ui.refusals import NotHere


def _bodies() -> QuerySet[Body]:
    """Bodies with the length of their trail and their public generation; without what only the staff's pages need."""
    acts = Subquery(Chain.objects.filter(slug=OuterRef("slug")).values("seq"))
    rows = Body.objects.defer("networks", "second_factor", "tiny_reason")
    return rows.annotate(acts=acts, bumps=F("generation__number"), next_at=F("generation__next_at")).order_by("pk")


_NAMED = Prepared(lambda: _bodies().filter(slug=gap("slug", CharField())))
_AT_HOST = Prepared(lambda: _bodies().filter(fronts.may_be_first(gap("host", CharField()))))


@dataclass(frozen=True, slots=True)
class Site:
    """One body's portal, as its templates know it. ``prefix`` is empty, or ``/b/slug`` where one address serves several bodies.

    ``baked`` pages lie in a folder: no server answers a question there. ``apply_url`` is where their forms lead, ``portal_url`` the
    address of this portal, where what the folder does not hold leads; either may be empty. ``only`` are the categories' keys of an
    edition that does not hold everything, ``absent`` the fixed pages that it does not have.
    """

    body: Body
    slug: str
    prefix: str
    origin: str
    name: str
    body_name: str
    domain: str
    site_id_code: str
    icp_number: str
    police_number: str
    office_address: str
    phone: str
    demo: bool
    baked: bool = False
    apply_url: str = ""
    portal_url: str = ""
    only: tuple[int, ...] | None = None
    absent: tuple[str, ...] = ()

    def leads(self, path: str) -> bool:
        """Whether a fixed page is there: in the folder, or at the portal's address."""
        return path not in self.absent or bool(self.portal_url)

    def address(self, path: str) -> str:
        """The address of a page of this portal on this server."""
        return f"{self.prefix}/{path}"

    def category(self, key: str) -> str:
        """The address of a category's list."""
        return self.address(f"open/{key}/")

    def at(self, url: str) -> str:
        """The address of what access names by its path below a body's pages; another body's path is whole already."""
        return url if url.startswith("/b/") else f"{self.prefix}{url}"

    def whole_address(self, path: str) -> str:
        """The same with the server's name, for feeds, site maps and QR codes."""
        return f"{self.origin}{self.address(path)}"


@dataclass(frozen=True, slots=True)
class Stand:
    """How a body's pages stand: what names the state of everything they show, and when something changes by itself."""

    state: str
    next_at: dt.datetime | None


def site_of(request: HttpRequest, slug: str = "") -> Site:
    """The portal of the body named in the address, else of the host's own body, else of the only body. NotHere when there is none."""
    return stand_of(request, slug)[0]


def stand_of(request: HttpRequest, slug: str = "") -> tuple[Site, Stand]:
    """The portal that is asked for, and how it stands, read in one question."""
    host = fronts.name_of(request.get_host())
    if slug:
        body, prefix = next(iter(_NAMED(slug=slug)), None), f"/b/{slug}"
    else:
        body, prefix = fronts.first_of(_AT_HOST(host=host), host), ""
    if body is None:
        raise NotHere("这里还没有机关的公开平台。地址可能写错了，请核对后再试。")
    site = made(body, prefix, f"{request.scheme}://{request.get_host()}", body.host or host)
    return site, Stand(state(body.acts, body.bumps), body.next_at)  # type: ignore[attr-defined]  # as _bodies asked


def state(acts: int | None, bumps: int | None) -> str:
    """What names the state of everything a body's pages show: how many acts its trail holds, and its public generation.

    The trail grows with every act on the body, its people's and its rules' among them; the generation also with acts of other bodies on
    what is linked from here.
    """
    return f"{acts or 0}.{bumps or 0}"


def baked(body: Body, origin: str, domain: str, **more: Any) -> Site:
    """A body's portal as pages in a folder, which may have no address yet. ``more`` are fields of Site."""
    return replace(made(body, "", origin, domain), baked=True, **more)


def made(body: Body, prefix: str, origin: str, domain: str) -> Site:
    """A body's portal at an address."""
    return Site(
        body=body,
        slug=body.slug,
        prefix=prefix,
        origin=origin,
        name=body.site_name or f"{body.name}政府信息公开",
        body_name=body.name,
        domain=domain,
        site_id_code=body.site_code,
        icp_number=body.icp_record,
        police_number=body.police_record,
        office_address=body.unit_address,
        phone=body.unit_phone,
        demo=is_demo(),
    )
