"""What does the portal want done in the background: static editions kept up?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongkai_web.agencies.models import Body
from gongkai_web.flow import tasks
from gongkai_web.flow.duties import Handler, Job, Letter, TaskKind, Tick
from gongkai_web.flow.faults import told
from gongkai_web.portal.baking.baker import bake, facts_of
from gongkai_web.publishing import access, baked
from gongkai_web.publishing.baked import Edition
from gongkai_web.trail.actors import INSTALLATION

TASK = "portal.bake"
AT_ONCE = 20_000
"""An edition of more files than this is brought up to the present by a task of its own, so that nobody else waits for it."""


def follow(letters: tuple[Letter, ...]) -> None:
    """The outbox's handler: bring the followed editions of these items' bodies up to the present."""
    followed = [e for e in baked.editions() if e.wanted.follow]
    if not followed:
        return
    items = access.linked_elsewhere(int(x.key) for x in letters)
    for body_id in {x.body_id for x in letters if x.body_id is not None}:
        items[body_id] = items.get(body_id, frozenset()) | {int(x.key) for x in letters if x.body_id == body_id}
    slugs = dict(Body.objects.filter(pk__in=items).values_list("slug", "id"))
    for edition in followed:
        slug = edition.wanted.slug
        if slug in slugs:
            _bring_up(edition, slug, items[slugs[slug]])


def look_after(now: dt.datetime) -> None:
    """Bake whole again what failed, or whose site, categories or rules have changed: no item's letter tells of these."""
    for edition in baked.editions():
        wanted, about = edition.wanted, edition.about()
        if wanted.follow and (about.get("failure") or about.get("facts") != facts_of(wanted)):
            tasks.enqueue(TASK, INSTALLATION, {"slug": wanted.slug}, key=wanted.slug)


def rearrange(job: Job, mark: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The queued task: an edition as somebody wants it from now on, baked whole whether it is followed or not."""
    edition = baked.edition_marked(mark)
    if edition is None:
        return {"written": 0}
    edition.want(replace(edition.wanted, **values))
    return {"written": _noted(edition, None, lambda done, total: job.progress(done, total, "静态页面"))}


def bake_all(job: Job, slug: str) -> Mapping[str, Any]:
    """The queued task: every followed edition of a body, whole."""
    written = 0
    for edition in baked.editions(slug):
        if edition.wanted.follow:
            written += _noted(edition, None, lambda done, total: job.progress(done, total, "静态页面"))
    return {"written": written}


def _bring_up(edition: Edition, slug: str, items: frozenset[int]) -> None:
    if len(edition.files()) > AT_ONCE:
        tasks.enqueue(TASK, INSTALLATION, {"slug": slug}, key=slug)
    else:
        _noted(edition, items, lambda _done, _total: None)


def _noted(edition: Edition, items: frozenset[int] | None, progress: Any) -> int:
    """Bake, and note for the first page when that fails."""
    try:
        return bake(edition, items, progress).written
    except baked.Busy:
        raise
    except Exception as error:
        baked.failed(edition, f"静态页面没有更新成功：{told(error)}")
        raise


OUTBOX = (Handler("portal.baked", ("item",), follow),)
TASKS = (TaskKind(TASK, "更新静态页面", bake_all), TaskKind(baked.REARRANGE, "按新的安排更新静态页面", rearrange))
TICKS = (Tick("portal.baked.look", "检查静态页面", look_after, every=dt.timedelta(minutes=1)),)
