"""What can somebody who drafts choose from: which categories, with which articles, periods and demands?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import bases, clocks
from gongkai_web.publishing.models import Category, Channel
from gongkai_web.publishing.versions import TITLES


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A category in use. ``grounds`` are article and title of each obligation; ``due`` is the last day for what is made on the day asked.

    ``rule`` is the sentence of the law that limits publication, empty where it is silent.
    """

    id: int
    key: str
    name: str
    depth: int
    path: tuple[str, ...]
    summary: str
    grounds: tuple[tuple[str, str], ...]
    citations: tuple[str, ...]
    rule: str
    article: str
    due: dt.date | None
    channel: str
    required: tuple[str, ...]


def category_choices(body: Body, day: dt.date) -> tuple[CategoryChoice, ...]:
    """The categories of a body in use, as a tree in reading order."""
    below: dict[int | None, list[Category]] = {}
    for row in Category.objects.filter(body=body, closed_on=None).order_by("position", "id"):
        below.setdefault(row.parent_id, []).append(row)
    found: list[CategoryChoice] = []

    def walk(parent: int | None, path: tuple[str, ...]) -> None:
        for row in below.get(parent, ()):
            found.append(_choice(row, (*path, row.name), day))
            walk(row.pk, (*path, row.name))

    walk(None, ())
    return tuple(found)


def _choice(row: Category, path: tuple[str, ...], day: dt.date) -> CategoryChoice:
    known = tuple(b for b in (bases.basis(code) for code in row.bases) if b is not None)
    rule = clocks.provision(row.period or clocks.LIMIT, day)
    return CategoryChoice(
        id=row.pk,
        key=row.key,
        name=row.name,
        depth=len(path) - 1,
        path=path,
        summary=row.summary,
        grounds=tuple((b.article, b.title) for b in known),
        citations=tuple(b.citation for b in known),
        rule=rule.statement if rule else "",
        article=f"{rule.instrument.name}{rule.article}" if rule else "",
        due=clocks.due_on(day, row.period or clocks.LIMIT, ""),
        channel=Channel(row.channel).label,
        required=tuple(TITLES.get(name, name) for name in row.required),
    )
