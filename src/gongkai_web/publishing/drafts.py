"""How is the working text kept while somebody types, without an entry in the trail for every pause?

A draft is no record: what is recorded is what was saved with a word, sent to review and decided. So this is the one writer of
publishing's tables that is no act; who saved stands in the draft and counts as an author.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai_web.publishing import drafting
from gongkai_web.publishing.models import Stage
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible


def autosave(actor: Actor, item_id: int, *, revision: int, content: Mapping[str, Any]) -> int:
    """Keep the text as typed; the draft's new revision. NotPossible when somebody else saved since, or the text is closed."""
    with transaction.atomic():
        item = drafting.locked(item_id)
        drafting.require_drafter(actor, item)
        if item.stage not in {Stage.DRAFT, Stage.RETURNED}:
            # What was approved is opened by an act, never by typing into it.
            raise NotPossible(f"这条信息{Stage(item.stage).label}，没有自动保存。请先点“修改”。")
        draft = item.draft
        if draft.revision != revision:
            raise NotPossible("这份草稿在别处另外保存过，没有自动保存。请先复制您改动的部分，再刷新页面。")
        if drafting.take_content(draft, content, int(actor.id)):
            draft.save()
            item.changed_at = clock.now()
            item.save(update_fields=["changed_at"])
        return draft.revision
