"""How does an item come to be, whichever act begins it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from gongkai_web.publishing import drafting
from gongkai_web.publishing.index_numbers import next_index
from gongkai_web.publishing.models import Attribute, Category, Draft, Item
from gongkai_web.ui import clock


def begun(category: Category, person_id: int, *, title: str, facts: Mapping[str, Any], content: Mapping[str, Any]) -> Item:
    """A new item with its draft, inside an act that has asked whether the person may. BadForm for what does not fit."""
    index = next_index(category.body, category, clock.today())
    item = _item(category, person_id, index, clock.today())
    drafting.take_facts(item, facts)
    return _with_draft(item, {**content, "title": title})


def taken_in(
    category: Category, person_id: int, index_number: str, made_on: dt.date, *, content: Mapping[str, Any], **columns: Any
) -> Item:
    """An item that was made elsewhere, with a draft to be public; ``columns`` are more of the item's own. Else as :func:`begun`."""
    item = _item(category, person_id, index_number, made_on, **columns)
    return _with_draft(item, content, attribute=Attribute.PROACTIVE)


def _item(category: Category, person_id: int, index_number: str, made_on: dt.date, **columns: Any) -> Item:
    now = clock.now()
    return Item(
        body=category.body,
        index_number=index_number,
        category=category,
        made_or_changed_on=made_on,
        responsible_body=category.body.name,
        drafter_id=person_id,
        keeper_id=person_id,
        created_at=now,
        changed_at=now,
        **columns,
    )


def _with_draft(item: Item, content: Mapping[str, Any], **columns: Any) -> Item:
    person_id = item.drafter_id
    draft = Draft(
        title="", issuer=item.body.name, changed_at=item.created_at, changed_by_id=person_id, authors=[person_id], **columns
    )
    drafting.take_content(draft, content, person_id)
    draft.revision = 1
    item.draft = draft
    drafting.reckon_due(item)
    item.save(force_insert=True)
    draft.item = item
    draft.save(force_insert=True)
    return item
