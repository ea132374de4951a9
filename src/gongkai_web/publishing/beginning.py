"""How does an item come to be, whichever act begins it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai_web.publishing import drafting
from gongkai_web.publishing.index_numbers import next_index
from gongkai_web.publishing.models import Category, Draft, Item
from gongkai_web.ui import clock


def begun(category: Category, person_id: int, *, title: str, facts: Mapping[str, Any], content: Mapping[str, Any]) -> Item:
    """A new item with its draft, inside an act that has asked whether the person may. BadForm for what does not fit."""
    now, today, body = clock.now(), clock.today(), category.body
    item = Item(
        body=body,
        index_number=next_index(body, category, today),
        category=category,
        made_or_changed_on=today,
        responsible_body=body.name,
        drafter_id=person_id,
        keeper_id=person_id,
        created_at=now,
        changed_at=now,
    )
    draft = Draft(title="", issuer=body.name, changed_at=now, changed_by_id=person_id, authors=[person_id])
    drafting.take_facts(item, facts)
    drafting.take_content(draft, {**content, "title": title}, person_id)
    draft.revision = 1
    item.draft = draft
    drafting.reckon_due(item)
    item.save(force_insert=True)
    draft.item = item
    draft.save(force_insert=True)
    return item
