"""Who sees what an inspection of the website found?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT, ROLE_WORDS, Role
from gongkai_web.publishing import inspections
from gongkai_web.publishing.access.scope import scope
from gongkai_web.publishing.self_inspection import INDICATORS, Point, Weight, points
from gongkai_web.ui.refusals import NotAllowed, NotHere

SEEN_BY = (Role.UNIT_HEAD, Role.CLERK, Role.SUPERIOR)


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """What the last inspection found and a person may see: the points that the filters leave, and how many there are of each indicator.

    ``looked_at`` is None before the first inspection.
    """

    looked_at: dt.datetime | None
    points: tuple[Point, ...]
    by_indicator: tuple[tuple[str, str, int], ...]
    by_weight: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """All points, whatever the filters."""
        return sum(n for _, n in self.by_weight)


def self_inspection(person_id: int, body: Body) -> tuple[Point, ...]:
    """Everything to mend at a body now, the heaviest first. NotAllowed for who does not keep its site."""
    _require(person_id, body)
    return _seen(person_id, body, points(body))


def inspection_page(person_id: int, body: Body, *, indicator: str = "", weight: str = "", text: str = "") -> InspectionPage:
    """What the last inspection found. NotAllowed as above, NotHere for a filter that is none."""
    _require(person_id, body)
    if (indicator and indicator not in INDICATORS) or (weight and weight not in set(Weight)):
        raise NotHere("没有这个筛选条件。请从列表的第一页重新选择。")
    last = inspections.last(body)
    every = _seen(person_id, body, last.points) if last else ()
    kinds, weights = Counter(p.code for p in every), Counter(p.weight for p in every)
    return InspectionPage(
        last.looked_at if last else None,
        tuple(
            p
            for p in every
            if (not indicator or p.code == indicator)
            and (not weight or p.weight == weight)
            and all(word in f"{p.subject}{p.words}" for word in text.split())
        ),
        tuple((code, title, kinds[code]) for code, title in INDICATORS.items() if kinds[code]),
        tuple((w.value, weights[w]) for w in Weight),
    )


def _require(person_id: int, body: Body) -> None:
    if not standing.roles_of(person_id, body) & set(SEEN_BY):
        raise NotAllowed(f"网站自查由{'、'.join(ROLE_WORDS[r] for r in SEEN_BY)}查看，您在{body.name}没有这项职责。")


def _seen(person_id: int, body: Body, every: tuple[Point, ...]) -> tuple[Point, ...]:
    """Without the items that are not public and belong to departments of others; a superior reaches none of them."""
    hidden = {p.item_id for p in every if p.item_id is not None}
    reached: set[int] = set()
    if hidden and standing.roles_of(person_id, body) & CONTENT:
        reached = set(scope(person_id, body).items().filter(pk__in=hidden).values_list("id", flat=True))
    return tuple(p for p in every if p.item_id is None or p.item_id in reached)
