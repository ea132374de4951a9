"""Where does a printed code lead, and does anybody get there?"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from gongkai_web.publishing.access import PublicItem


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
