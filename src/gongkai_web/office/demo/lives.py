"""Through which acts, by whom and when, does one item of the demo year go?

A life is a generator: it yields the instant at which it wants to go on, and is resumed when the clock stands there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from gongkai.calendar.spans import add_days, add_months
from gongkai_web.agencies import standing
from gongkai_web.agencies.roles import Role
from gongkai_web.files.actions import uploads
from gongkai_web.files.examination import examine
from gongkai_web.files.models import StoredFile
from gongkai_web.flow import reviews
from gongkai_web.flow.actions import review as review_acts
from gongkai_web.flow.models import Step
from gongkai_web.office.demo import papers
from gongkai_web.office.demo.days import AFTERNOON, FORENOON, LATE, MORNING, Days, moment
from gongkai_web.office.demo.entries import Entry
from gongkai_web.office.demo.staffing import Office
from gongkai_web.publishing import drafting, scans, versions
from gongkai_web.publishing.actions import attachments, hits, items
from gongkai_web.publishing.models import Attribute, Category, Item, ResolutionKind, Version
from gongkai_web.trail import digests
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock

STEPS = 3
"""Steps of an ordinary review."""
PICTURES = "附件里的统计图已逐张看过，只有汇总数字。"
"""Why what the scan could not read in an annual report may stand."""


class Life:
    """An item on its way: its words, its people, and the row it has become."""

    def __init__(self, office: Office, entry: Entry, days: Days, known: dict[str, int]) -> None:
        self.office = office
        self.entry = entry
        self.days = days
        self.known = known
        self.clerk = office.actor(office.clerks[entry.department])
        self.item_id = 0

    @property
    def item(self) -> Item:
        """The row as it stands now."""
        return drafting.locked(self.item_id)

    def drafted(self) -> Iterator[dt.datetime]:
        """From the first draft to the last step of the review, as far as it came."""
        entry = self.entry
        yield moment(entry.made, MORNING, entry.title)
        self.item_id = self._created()
        if entry.key:
            self.known[entry.key] = self.item_id
        if entry.until == "draft" or entry.discarded:
            return
        yield from self._reviewed()

    def submitted(self, publish_at: dt.datetime | None = None) -> Version:
        """Sent to review; hits of the scan that the data explain are resolved first, others are a fault of the data."""
        item = self.item
        found = scans.scan(item, item.draft, versions.attachments_of(item)).open
        for hit in found:
            kind, why = (ResolutionKind.CHECKED, PICTURES) if hit.is_unchecked else (ResolutionKind.LAWFUL, self.entry.lawful)
            if not why or (hit.is_unchecked and not any("report" in file for file in self.entry.file)):
                raise ValueError(f"{self.entry.title}: {hit.title} {hit.text} {hit.part} {hit.why}")
            hits.resolve(self.clerk, item.pk, fingerprint=hit.fingerprint, kind=kind, reason=why)
        return items.submit(self.clerk, item.pk, revision=self.item.draft.revision, publish_at=publish_at)

    def decided(self, version: Version, last: dt.date, count: int, *, at_once: bool = False) -> Iterator[dt.datetime]:
        """The first ``count`` steps passed, the last of them on ``last``; one a day, or all on that day."""
        steps = list(version.review.step_rows.order_by("position"))[:count]
        for step in steps:
            behind = len(steps) - step.position
            day = last if at_once else self.days.back(last, behind)
            time = LATE if self.entry.late else (FORENOON, AFTERNOON)[step.position % 2]
            if at_once:
                time = (12 + step.position, 40)
            yield moment(day, time, f"{self.entry.title}{version.number}{step.position}")
            self._pass(version, step)

    def _created(self) -> int:
        entry, office = self.entry, self.office
        content: dict[str, Any] = {
            "html": entry.html,
            "summary": entry.summary,
            "keywords": entry.keywords,
            "theme": entry.theme,
            "genre": entry.genre,
            "document_number": entry.document_number,
            "source": entry.source or office.body.name,
            "basis": entry.basis,
            "attribute": entry.attribute,
            "ground": entry.ground,
            "reason": entry.reason,
            "cuts": [dict(cut) for cut in entry.cuts],
        }
        if entry.obtained_from:
            content["issuer"] = entry.obtained_from
        if entry.document_number or entry.issued:
            content["made_on"] = entry.made
        if entry.effective is not None:
            content["effective_on"] = add_days(entry.made, entry.effective)
        facts = {
            "kind": entry.kind,
            "five_kinds": list(entry.five_kinds),
            "joint_bodies": list(entry.joint_bodies),
            **({"origin": "obtained", "obtained_from": entry.obtained_from} if entry.obtained_from else {}),
            **({"reassess_on": add_months(entry.made, entry.reassess)} if entry.reassess else {}),
        }
        made = items.create(
            self.clerk,
            office.body.pk,
            Category.objects.get(body=office.body, key=entry.category).pk,
            title=entry.title,
            department_id=office.departments[entry.department].pk,
            made_or_changed_on=entry.made,
            content=content,
            facts=facts,
        )
        for file in entry.file:
            data = papers.made(file, office.body.name, entry.made)
            attachments.add(self.clerk, made.pk, digest=self._kept(data, str(file["name"])).digest)
        return made.pk

    def _kept(self, data: bytes, name: str) -> StoredFile:
        """A file of our own making goes through the same examination as an upload, in this process: nobody else had it in hand."""
        found = examine(data, name)
        if found.data is None:
            raise ValueError(f"{name}: {found.refusal or found.sentence or found.marking}")
        return uploads.keep(self.clerk, self.office.body.pk, found, received=digests.digest(data, settings.DIGEST))

    def _reviewed(self) -> Iterator[dt.datetime]:
        entry, days = self.entry, self.days
        passed = {"review": entry.waits - 1, "returned": entry.waits - 1}.get(entry.until, self._step_count())
        extra = 1 if entry.until == "returned" else 0
        first = days.back(entry.last, passed + extra)
        if entry.returned and entry.until != "returned":
            yield from self._returned_once(days.back(first, 1))
        yield max(moment(max(first, entry.made), FORENOON, entry.title), clock.now() + dt.timedelta(minutes=5))
        version = self.submitted(self._publish_at())
        yield from self.decided(version, days.back(entry.last, extra), passed)
        if extra:
            yield moment(entry.last, AFTERNOON, entry.title)
            self._return(version)

    def _step_count(self) -> int:
        policy = self.entry.kind in {"policy", "normative", "rule"}
        return STEPS + (self.entry.attribute == Attribute.WITHHELD and policy)

    def _publish_at(self) -> dt.datetime | None:
        if not self.entry.scheduled:
            return None
        since = self.days.today if self.entry.until == "scheduled" else self.entry.last
        return dt.datetime.combine(self.days.forward(since, self.entry.scheduled), dt.time(9), clock.BEIJING)

    def _returned_once(self, day: dt.date) -> Iterator[dt.datetime]:
        before = self.days.back(day, 1)
        yield moment(max(before, self.entry.made), FORENOON, self.entry.title)
        version = self.submitted()
        yield moment(day, MORNING, self.entry.title)
        self._return(version)
        yield moment(day, AFTERNOON, self.entry.title)
        draft = self.item.draft
        changed = {"summary": f"{draft.summary.rstrip('。')}，附办理依据。"}
        items.edit(self.clerk, self.item_id, revision=draft.revision, content=changed)

    def _return(self, version: Version) -> None:
        review = reviews.locked(version.review_id)
        step = reviews.turn(review)
        assert step is not None
        review_acts.return_step(self._decider(step), review.pk, step.pk, digest=version.digest, opinion=self.entry.returned)

    def _pass(self, version: Version, step: Step) -> None:
        if self.entry.paper and step.role == Role.SIGNING_LEADER:
            self._on_paper(version, step)
            return
        opinion = self.entry.opinion if step.role == Role.SECRECY_OFFICER else ""
        review_acts.pass_step(self._decider(step), version.review_id, step.pk, digest=version.digest, opinion=opinion)

    def _on_paper(self, version: Version, step: Step) -> None:
        leader, day = self.office.people[self.office.leader], clock.today()
        scan = self._kept(papers.sheet(version.title, version.short_code, leader.name, day), "审批单扫描件.pdf")
        review_acts.record_paper(
            self.clerk,
            version.review_id,
            step.pk,
            code=version.short_code,
            verdict="passed",
            signer_id=leader.pk,
            signed_on=day,
            scan=scan.digest,
            opinion="同意公开。",
        )

    def _decider(self, step: Step) -> Actor:
        return decider(self.office, self.entry.department, step)


def decider(office: Office, department: str, step: Step) -> Actor:
    """Who decides a step of what a department drafted."""
    match Role(step.role):
        case Role.DEPARTMENT_REVIEWER:
            return office.actor(office.reviewers[department])
        case Role.SECRECY_OFFICER:
            absent = standing.deputies(clock.today()).filter(person=office.people[office.secrecy]).exists()
            return office.actor(office.deputy if absent else office.secrecy)
        case Role.UNIT_HEAD:
            return office.actor(office.head)
    return office.actor(office.leader)
