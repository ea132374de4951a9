"""From which network address does a request come, and is that inside the office?

A proxy's word for the address is believed only when the proxy stands in ``GONGKAI_PROXIES``. A request that carries such a
word from somebody else has no address that could be inside.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.http import HttpRequest

HEADER = "HTTP_X_FORWARDED_FOR"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_of(request: HttpRequest) -> str:
    """The address as counted and logged: the nearest one that is no proxy of ours."""
    nearest = request.META.get("REMOTE_ADDR", "")
    if not _ours(nearest):
        return nearest
    for hop in reversed([h.strip() for h in request.META.get(HEADER, "").split(",") if h.strip()]):
        if not _ours(hop):
            return hop if parsed(hop) is not None else nearest
    return nearest


def is_inside(request: HttpRequest, networks: Iterable[str]) -> bool:
    """Whether the request comes from one of the networks, as far as that can be known."""
    if request.META.get(HEADER) and not _ours(request.META.get("REMOTE_ADDR", "")):
        return False
    address = parsed(address_of(request))
    return address is not None and any(address in n for n in (network(text) for text in networks) if n is not None)


def parsed(text: str) -> Address | None:
    """An address, None when it is not one; IPv4 in the clothes of IPv6 is IPv4."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, ipaddress.IPv6Address) else found


def network(text: str) -> Network | None:
    """A network in CIDR notation or a single address, None when it is neither."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _ours(text: str) -> bool:
    address = parsed(text)
    return address is not None and any(address in n for n in _proxies(tuple(settings.PROXIES)))


@cache
def _proxies(written: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(n for n in map(network, written) if n is not None)
