"""Where does an address of an older site lead?"""

from __future__ import annotations

from gongkai_web.agencies.fronts import first_at
from gongkai_web.publishing import visible
from gongkai_web.publishing.access.public import tombstone
from gongkai_web.publishing.access.shapes import item_url
from gongkai_web.publishing.importing.rows import path_of
from gongkai_web.publishing.models import Imported
from gongkai_web.ui import clock


def moved_to(path: str, host: str) -> str:
    """The address here of the imported item that stood at a path (with its question), when the public sees it or its tombstone; else "".

    A body whose own host is asked for comes first; items of a body that this host does not show by itself have its slug in their address.
    """
    rows = Imported.objects.filter(path=path_of(path)).exclude(path="").select_related("body", "item").order_by("id")
    for row in sorted(rows, key=lambda r: r.body.host != host):
        shown = visible.public(clock.now()).filter(item=row.item).exists()
        if shown or tombstone(row.body, row.item.index_number) is not None:
            url = item_url(row.item.index_number)
            return url if row.body == first_at(host) else f"/b/{row.body.slug}{url}"
    return ""
