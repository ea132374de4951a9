"""What can this person do with an item now?"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.models import Review
from gongkai_web.publishing.actions.hits import RESOLVERS
from gongkai_web.publishing.actions.publication import WITHDRAWERS
from gongkai_web.publishing.drafting import DRAFTERS, OPEN
from gongkai_web.publishing.kinds import DECISIONS, REGISTERED
from gongkai_web.publishing.models import Channel, Item, Publication, Stage
from gongkai_web.ui import clock


def possible(
    person_id: int, item: Item, roles: frozenset[Role], open_review: Review | None, publications: Sequence[Publication]
) -> frozenset[str]:
    """The keys of the acts that the person's roles and the item's stage allow; each act asks again when it is carried out.

    ``publications`` are all of the item's.
    """
    stage, found = Stage(item.stage), set()
    drafts = bool(roles & set(DRAFTERS))
    public = any(p.withdrawn_at is None for p in publications)
    if drafts:
        found |= _of_drafters(item, stage, publications)
        if open_review is not None and (person_id in {open_review.drafter_id, item.drafter_id} or Role.UNIT_HEAD in roles):
            found.add("flow.review.withdraw")
        if stage in {Stage.DRAFT, Stage.RETURNED, Stage.APPROVED} and not publications:
            found.add("publishing.item.discard")
    if roles & set(RESOLVERS) and stage in {*OPEN, Stage.REVIEW}:
        found |= {"publishing.hit.resolve", "publishing.hit.reopen"}
    if roles & set(WITHDRAWERS) and public:
        found.add("publishing.item.withdraw")
    if roles & {Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER} and stage is not Stage.DISCARDED:
        found.add("publishing.item.keep")
    return frozenset(found)


def _of_drafters(item: Item, stage: Stage, publications: Sequence[Publication]) -> set[str]:
    found = {"publishing.link.add", "publishing.link.remove"} if stage is not Stage.DISCARDED else set()
    if stage is not Stage.DISCARDED:
        found.add("publishing.item.classify")
    now = clock.now()
    waiting = any(p.withdrawn_at is None and p.superseded_at is None and p.published_at > now for p in publications)
    if stage is Stage.PUBLISHED and waiting:
        found |= {"publishing.schedule.move", "publishing.schedule.cancel"}
    if item.first_published_at is not None and item.first_published_at <= now:
        found |= {"publishing.outing.record", "publishing.outing.strike"}
    if stage in OPEN:
        found |= {"publishing.item.edit", *(f"publishing.attachment.{word}" for word in ("add", "remove", "arrange"))}
    if stage in {Stage.DRAFT, Stage.RETURNED}:
        found.add("publishing.item.submit")
    if stage is Stage.APPROVED:
        elsewhere = item.category.channel == Channel.ELSEWHERE
        found.add("publishing.item.handed_over" if elsewhere else "publishing.item.publish")
    if stage is Stage.PUBLISHED:
        found.add("publishing.item.correct")
    if stage in {Stage.WITHDRAWN, Stage.WITHHELD}:
        found.add("publishing.item.reopen")
    if stage is Stage.WITHHELD:
        found.add("publishing.item.reassess")
    if item.kind in DECISIONS and any(p.withdrawn_at is None and p.superseded_at is None for p in publications):
        found.add("publishing.decision.revoked")
    if item.kind in REGISTERED and stage is not Stage.DISCARDED:
        found.add("publishing.legality.record")
        if item.first_published_at is not None:
            found.add("publishing.validity.propose")
    return found
