"""What can somebody who drafts choose from – which categories, with which articles, periods and demands – and how is that arranged?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai_web.agencies.models import Body
from gongkai_web.publishing import bases, clocks
from gongkai_web.publishing.models import Category, Channel, Item, Practice
from gongkai_web.publishing.versions import TITLES
from gongkai_web.ui.refusals import NotHere


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


@dataclass(frozen=True, slots=True)
class CategorySettings:
    """A category as its settings show it: columns of the category, ``steps`` as pairs of title and role."""

    id: int
    key: str
    name: str
    parent_id: int | None
    position: int
    summary: str
    bases: tuple[str, ...]
    channel: str
    period: str
    required: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    items: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a body publishes beyond its categories; ``steps`` as pairs of title and role, ``words`` as pairs of word and remark."""

    index_pattern: str
    area_code: str
    steps: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    reassess_months: int


def category_settings(body: Body, key: str) -> CategorySettings:
    """One category in use. NotHere for any other."""
    row = Category.objects.filter(body=body, key=key, closed_on=None).first()
    if row is None:
        raise NotHere("没有这个栏目，可能已经停用。")
    return CategorySettings(
        row.pk,
        row.key,
        row.name,
        row.parent_id,
        row.position,
        row.summary,
        tuple(row.bases),
        row.channel,
        row.period,
        tuple(row.required),
        _steps(row.steps),
        Item.objects.filter(category=row).count(),
    )


def arrangement_of(body: Body) -> Arrangement | None:
    """The body's arrangement; None while it has none."""
    row = Practice.objects.filter(body=body).first()
    if row is None:
        return None
    words = tuple((w["text"], w.get("note", "")) if isinstance(w, dict) else (str(w), "") for w in row.words)
    return Arrangement(row.index_pattern, row.area_code, _steps(row.steps), words, tuple(row.names), row.reassess_months)


def periods(day: dt.date) -> tuple[tuple[str, str], ...]:
    """The periods that can limit publication: key, and the rule in words."""
    found = ((key, clocks.provision(key, day)) for key in clocks.PERIODS)
    return tuple((key, f"{rule.instrument.name}{rule.article}：{rule.statement}") for key, rule in found if rule is not None)


def _steps(steps: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((s["title"], s["role"]) for s in steps)
