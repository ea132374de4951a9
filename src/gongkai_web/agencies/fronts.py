"""Under which address does the public reach a body's pages, and whose pages does a server show first?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.db.models import Q
from django.db.models.expressions import Combinable

from gongkai_web.agencies.models import Body

Row = TypeVar("Row", bound=Body)


class Hosted(Protocol):
    """Whatever says of a body what its addresses are made of."""

    @property
    def slug(self) -> str: ...
    @property
    def host(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Server:
    """The server that is being asked: ``host`` as asked for, perhaps with a port; ``first`` the name of the body it shows first."""

    scheme: str
    host: str
    first: str

    def front(self, body: Hosted) -> str:
        """What stands before a path of the body's portal: its own host name where it has one, else this server, with the body's name
        where this server shows another body first.
        """
        if body.host:
            return f"{self.scheme}://{self.host if name_of(self.host) == body.host.lower() else body.host}"
        return f"{self.scheme}://{self.host}" + ("" if self.first == body.slug else f"/b/{body.slug}")


def server(scheme: str, host: str) -> Server:
    """The server that is asked under ``host``."""
    first = first_at(name_of(host))
    return Server(scheme, host, first.slug if first else "")


def name_of(host: str) -> str:
    """The host's name without its port, in small letters."""
    return host.partition(":")[0].lower()


def first_at(host: str) -> Body | None:
    """The body whose pages a host's name leads to: the one that has this name, else the first that stands under no other."""
    return first_of(Body.objects.filter(may_be_first(host)).order_by("pk"), host)


def may_be_first(host: str | Combinable) -> Q:
    """Which bodies :func:`first_of` has to choose from."""
    return Q(host=host) | Q(parent=None)


def first_of(rows: Iterable[Row], host: str) -> Row | None:
    """The same among rows read already, in the order of their keys."""
    found = list(rows)
    return next((b for b in found if host and b.host == host), None) or next((b for b in found if b.parent_id is None), None)
