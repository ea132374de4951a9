"""What does a superior, or whoever looks over several bodies, take away: who is there, what is new, who changed?"""

from __future__ import annotations

import json

from django.http import HttpRequest

from gongkai_web.agencies import fronts
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
    server, family = _server(request), below.family(site.body)
    bodies = [(b, f"{server.front(b)}/") for b in family if b.depth]
    fresh = [(b, row, f"{server.front(b)}{row.url}") for b, row in below.newest(family, NEWS) if b.depth]
    return Made("portal/below.html", {"family": bodies, "newest": fresh[:20]}, keep=False)


@public
def taken(request: HttpRequest, site: Site, form: str) -> Made:
    """The same for programs: feeds of the family's newest, or the table of its bodies with what names each one's public state."""
    title = f"{site.body_name}及下级机关政府信息公开"
    server, family = _server(request), below.family(site.body)
    if form == "json":
        bodies = [
            {
                "slug": b.slug,
                "name": b.name,
                "depth": b.depth,
                "count": b.count,
                "latest_on": b.latest_at.astimezone(clock.BEIJING).date().isoformat() if b.latest_at else None,
                "state": b.state,
                "home": f"{server.front(b)}/",
                "catalogue": f"{server.front(b)}/catalogue.json",
                "feed": f"{server.front(b)}/feed.atom",
            }
            for b in family
        ]
        content = json.dumps({"title": title, "bodies": bodies}, ensure_ascii=False, indent=1).encode()
        return Made(content=content, type="application/json", keep=False)
    news = [news_of(row, f"{server.front(b)}{row.url}", who=b.name) for b, row in below.newest(family, NEWS)]
    if form == "rss":
        return Made(content=feeds.rss(title, site.whole_address("below/"), title, news), type=RSS_TYPE, keep=False)
    if form == "atom":
        own = site.whole_address("below.atom")
        return Made(
            content=feeds.atom(title, site.whole_address("below/"), own, site.body_name, news), type=ATOM_TYPE, keep=False
        )
    raise NotHere("下级机关的公开情况只提供 rss、atom、json 三种格式。")


def _server(request: HttpRequest) -> fronts.Server:
    return fronts.server(request.scheme or "http", request.get_host())
