"""Where does a printed code lead: under which address does the public reach a body's pages?"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.db.models import Q

from gongkai_web.agencies.models import Body
from gongkai_web.publishing.access import PublicItem


def front(body: Body, scheme: str, host: str) -> str:
    """What stands before a path of the body's portal: its own host name where it has one, else the server that is being asked (``host``,
    perhaps with a port), with the body's name where that server shows another body first.
    """
    asked = host.partition(":")[0].lower()
    if body.host:
        return f"{scheme}://{host if asked == body.host.lower() else body.host}"
    rows = list(Body.objects.filter(Q(host=asked) | Q(parent=None)).order_by("pk"))
    first = next((b for b in rows if b.host == asked), None) or next(iter(rows), None)
    return f"{scheme}://{host}" + ("" if first == body else f"/b/{body.slug}")


def of_item(item: PublicItem, before: str) -> str:
    """Where an item is read: on the site it was handed to, else here."""
    return item.elsewhere or f"{before}{item.url}"


def reaches_nobody(address: str) -> bool:
    """Whether the address names only this very machine, so that no telephone gets there."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
