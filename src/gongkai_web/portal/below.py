"""What does a superior, or whoever looks over several bodies, take away: who is there, what is new, who changed?"""

from __future__ import annotations

import json

from django.http import HttpRequest

from gongkai_web.portal import feeds
from gongkai_web.portal.exports import ATOM_TYPE, NEWS, RSS_TYPE, news_of
from gongkai_web.portal.pages import Made, public
from gongkai_web.portal.sites import Site
from gongkai_web.publishing.access import below
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotHere


@public
def listing(request: HttpRequest, site: Site) -> Made:
    """The bodies below and what they made public last. Not kept: it changes with acts of other bodies."""
    family = [(b, _front(request, site, b)) for b in below.family(site.body) if b.depth]
    fresh = [(b, row, f"{_front(request, site, b)}{row.url.lstrip('/')}") for b, row in below.newest(site.body, NEWS) if b.depth]
    return Made("portal/below.html", {"family": family, "newest": fresh[:20]}, keep=False)


@public
def taken(request: HttpRequest, site: Site, form: str) -> Made:
    """The same for programs: feeds of the family's newest, or the table of its bodies with what names each one's public state."""
    title = f"{site.body_name}及下级机关政府信息公开"
    if form == "json":
        bodies = [
            {
                "slug": b.slug,
                "name": b.name,
                "depth": b.depth,
                "count": b.count,
                "latest_on": b.latest_at.astimezone(clock.BEIJING).date().isoformat() if b.latest_at else None,
                "state": b.state,
                "home": _front(request, site, b),
                "catalogue": f"{_front(request, site, b)}catalogue.json",
                "feed": f"{_front(request, site, b)}feed.atom",
            }
            for b in below.family(site.body)
        ]
        content = json.dumps({"title": title, "bodies": bodies}, ensure_ascii=False, indent=1).encode()
        return Made(content=content, type="application/json", keep=False)
    news = [
        news_of(row, f"{_front(request, site, b)}{row.url.lstrip('/')}", who=b.name) for b, row in below.newest(site.body, NEWS)
    ]
    if form == "rss":
        return Made(content=feeds.rss(title, site.whole_address("below/"), title, news), type=RSS_TYPE, keep=False)
    if form == "atom":
        own = site.whole_address("below.atom")
        return Made(
            content=feeds.atom(title, site.whole_address("below/"), own, site.body_name, news), type=ATOM_TYPE, keep=False
        )
    raise NotHere("下级机关的公开情况只提供 rss、atom、json 三种格式。")


def _front(request: HttpRequest, site: Site, body: below.BodyBelow) -> str:
    """Where a body's own portal begins, with the server's name."""
    if body.slug == site.slug:
        return site.whole_address("")
    if body.host:
        return f"{request.scheme}://{body.host}/"
    return f"{site.origin}/b/{body.slug}/"
