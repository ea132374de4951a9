"""Which documents still want an interpretation, and by whom – among those that a person reaches?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.clock import Deadline
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.publishing import register
from gongkai_web.publishing.access.keyset import LOST
from gongkai_web.publishing.access.scope import Scope, scope
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.models import Item, Stage
from gongkai_web.publishing.register import Uninterpreted
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotAllowed, NotHere, NotPossible

LATELY = dt.timedelta(weeks=26)
SHOWN = 8
STATES = (
    ("late", "已超过期限"),
    ("due", "期限以内"),
    ("begun", "解读已经起草"),
    ("missing", "解读还没有起草"),
    ("excused", "认定不需要解读"),
)


@dataclass(frozen=True, slots=True)
class Wanting:
    """A document without a public interpretation. ``begun`` is the key and the stage of an interpretation that is on its way."""

    item_id: int
    index_number: str
    title: str
    document_number: str
    kind: str
    department: str
    published_on: dt.date
    deadline: Deadline | None
    due: dt.date | None
    is_late: bool
    begun: tuple[int, str] | None
    excused: str
    may_write: bool
    may_excuse: bool


def wanting(person_id: int, body: Body, *, state: str = "", department: int | None = None, text: str = "") -> tuple[Wanting, ...]:
    """The documents within reach, the longest overdue first. NotHere for a state that is none, NotAllowed for who sees no drafts."""
    if state and state not in dict(STATES):
        raise NotHere(LOST)
    reach = scope(person_id, body)
    rows = _told(reach, register.uninterpreted(body, excused=state == "excused", departments=reach.departments))
    return tuple(
        r
        for r, owner in rows
        if _is(r, state)
        and (department is None or owner == department)
        and all(w in f"{r.title} {r.document_number} {r.index_number}" for w in text.split())
    )


def due_lately(person_id: int, body: Body) -> tuple[Wanting, ...]:
    """Those of the last months that the person could write and nobody has begun: for the first page, which asks no more than it shows."""
    reach = scope(person_id, body)
    since = clock.now() - LATELY
    every = register.uninterpreted(body, departments=reach.departments, since=since, limit=SHOWN)
    return tuple(r for r, _ in _told(reach, every) if r.may_write and r.begun is None)


def to_interpret(person_id: int, body: Body, item_id: int) -> Wanting:
    """One document that an interpretation is to be written for. NotHere outside the person's reach, NotPossible when it has one already."""
    reach = scope(person_id, body)
    item = reach.item(item_id)
    if not reach.roles_for(item.department_id) & set(DRAFTERS):
        raise NotAllowed("解读由起草文件的科室的经办人或者公开工作机构负责人编写。")
    every = register.uninterpreted(body, departments=reach.departments)
    found = next((r for r, _ in _told(reach, every) if r.item_id == item_id), None)
    if found is None:
        raise NotPossible(
            "这份文件已经有公开的解读、还没有公开、不属于要解读的文件，或者认定不需要解读。请回到“政策解读”列表核对。"
        )
    return found


def _told(reach: Scope, every: tuple[Uninterpreted, ...]) -> list[tuple[Wanting, int | None]]:
    today = clock.today()
    keys = [u.begun_id for u in every if u.begun_id is not None]
    stages = dict(Item.objects.filter(pk__in=keys).values_list("id", "stage"))
    drafting = {owner: bool(reach.roles_for(owner) & set(DRAFTERS)) for owner in {u.department_id for u in every}}
    heading = {owner: Role.UNIT_HEAD in reach.roles_for(owner) for owner in drafting}
    found = []
    for u in every:
        due = u.deadline.due if u.deadline else None
        row = Wanting(
            u.item_id,
            u.index_number,
            u.title,
            u.document_number,
            u.kind,
            u.department,
            u.published_on,
            u.deadline,
            due,
            due is not None and due < today and not u.excused,
            (u.begun_id, Stage(stages[u.begun_id]).label) if u.begun_id is not None else None,
            u.excused,
            drafting[u.department_id],
            heading[u.department_id],
        )
        found.append((row, u.department_id))
    return sorted(found, key=lambda pair: (pair[0].due or dt.date.max, pair[0].published_on, pair[0].item_id))


def _is(row: Wanting, state: str) -> bool:
    match state:
        case "late":
            return row.is_late
        case "due":
            return not row.is_late
        case "begun":
            return row.begun is not None
        case "missing":
            return row.begun is None
    return True


def suggested_title(title: str) -> str:
    """What the interpretation of a document is called, unless somebody calls it otherwise."""
    inner = title.translate(str.maketrans("《》", "〈〉"))
    return f"《{inner}》政策解读"[:200]
