"""Which acts take in what an older site published?

What was public before comes in by a review of its own, with one step: the head of the disclosure unit has signed, on paper, the list in which the row
stands, and says that it was published on that day. The database asks for that approval as for any other. The person who imports never decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_web.accounts.models import Person
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.flow import reviews
from gongkai_web.flow.models import Approval, Decision, ReviewState, Verdict
from gongkai_web.flow.numbers import pass_over
from gongkai_web.flow.reviews import StepPlan
from gongkai_web.publishing import drafting, scans, versions
from gongkai_web.publishing.beginning import taken_in
from gongkai_web.publishing.going_public import HandOver, make_public
from gongkai_web.publishing.importing.rows import Row
from gongkai_web.publishing.index_numbers import next_index
from gongkai_web.publishing.models import Attachment, Channel, Imported, Item, Kind, Stage, Validity
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible

STEP = StepPlan("以往公开信息登记", Role.UNIT_HEAD)
DRAFT, PUBLIC = "draft", "public"
_SERIAL = re.compile(r"((?:19|20)\d{2})(?:\d{2})?-0*(\d{1,9})\Z")


@dataclass(frozen=True, slots=True)
class Signed:
    """The list that the head of the disclosure unit signed: its code, by whom, on which day, the digest of its scan in files."""

    code: str
    signer_id: int
    on: dt.date
    scan: str


@act("publishing.import.enter", "{actor}从表格第{row}行导入了《{subject}》，索引号{index}，{outcome}", title="导入")
def enter(actor: Actor, body_id: int, row: Row, files: Sequence[str], signed: Signed | None = None) -> Done[Imported]:
    """Take a row in, with the digests of its stored ``files``: as a draft, or, on a signed list, as published before.

    A row on a signed list with an open hit of the scan, or a file not looked through yet, comes in as a draft all the same.
    """
    body = Body.objects.filter(pk=body_id).first()
    if body is None:
        raise NotHere("没有这个机关。")
    standing.require(actor, body, *drafting.DRAFTERS, department_id=drafting.WHOLE_BODY)
    if row.problems or row.category is None or row.category.body_id != body.pk:
        raise NotPossible("这一行还有问题没有改正，不能导入。")
    if Imported.objects.filter(body=body, key=row.key[:500]).exists():
        raise NotPossible("这一行已经导入过。")
    signer = _signer(actor, body, signed) if signed else None
    item = _made(actor, body, row)
    _attach(item, files)
    outcome, words = DRAFT, "列为草稿"
    if signed is not None and signer is not None:
        why = _not_public(item, row, files)
        if why:
            words = f"{why}，列为草稿"
        else:
            _publish(actor, item, row, signed, signer)
            outcome = PUBLIC
            words = f"已于{row.published_on}公开，凭{signer.name}于{signed.on.isoformat()}签署的登记表{signed.code}"
    made = Imported.objects.create(
        body=body,
        item=item,
        key=row.key[:500],
        digest=row.digest,
        path=row.path,
        outcome=outcome,
        code=signed.code if signed else "",
        imported_at=clock.now(),
    )
    told = {"row": str(row.number), "index": item.index_number, "outcome": words}
    fixed = {"key": row.key[:500], "digest": row.digest, **({"scan": signed.scan, "code": signed.code} if signed else {})}
    return Done(made, body.slug, drafting.subject(item), words=told, fixed=fixed, happened_on=row.published_on)


def _signer(actor: Actor, body: Body, signed: Signed) -> Person:
    """Who signed the list: the head of the unit on that day, who is not the one who imports."""
    found = Person.objects.filter(pk=signed.signer_id).first()
    if found is None or Role.UNIT_HEAD not in standing.roles_of(found.pk, body, signed.on):
        raise NotAllowed(f"登记表由{body.name}的公开工作机构负责人签署。请核对是谁在哪一天签的。")
    if found.pk == int(actor.id):
        raise NotAllowed("导入的人不能同时是签署登记表的人。请由另一位经办人导入。")
    errors = {}
    if signed.on > clock.today():
        errors["on"] = "签署日期不能晚于今天。"
    if not StoredFile.objects.filter(body=body, digest=signed.scan).exclude(state=FileState.REFUSED).exists():
        errors["scan"] = "请附上签署后的登记表扫描件。"
    if errors:
        raise BadForm(errors)
    return found


def _made(actor: Actor, body: Body, row: Row) -> Item:
    assert row.category is not None
    made_on = row.content.get("made_on") or row.published_on or clock.today()
    index, kept = _index(body, row), (row.address or row.key)[:300]
    return taken_in(row.category, int(actor.id), index, made_on, content=row.content, kind=_kind(row), imported_from=kept)


def _index(body: Body, row: Row) -> str:
    """The old index number, which never changes, where there is one; else the next of the year in which it was published."""
    assert row.category is not None
    if not row.index_number:
        return next_index(body, row.category, row.published_on or clock.today())
    if Item.objects.filter(body=body, index_number=row.index_number).exists():
        raise NotPossible(f"索引号{row.index_number}已经有一条信息在用。请核对表格。")
    found = _SERIAL.search(row.index_number)
    if found:
        pass_over(body, "index", int(found[1]), int(found[2]))
    return row.index_number


def _kind(row: Row) -> Kind:
    named = {"rules": Kind.RULE, "normative": Kind.NORMATIVE, "policies": Kind.POLICY, "interpretations": Kind.INTERPRETATION}
    return named.get(row.category.key if row.category else "", Kind.GENERAL)


def _attach(item: Item, files: Sequence[str]) -> None:
    stored = {f.digest: f for f in StoredFile.objects.filter(body=item.body, digest__in=files)}
    for position, digest in enumerate(dict.fromkeys(files), start=1):
        kept = stored[digest]
        Attachment.objects.create(item=item, position=position, digest=digest, name=kept.name, type=kept.type, size=kept.size)


def _not_public(item: Item, row: Row, files: Sequence[str]) -> str:
    """Why the row must be looked at by a person before it is public here; empty when nothing was found."""
    if StoredFile.objects.filter(body=item.body, digest__in=files).exclude(state=FileState.CLEAN).exists():
        return "附件还没有通过病毒扫描"
    found = scans.scan(item, item.draft, versions.attachments_of(item)).open
    if found:
        return f"扫描有 {len(found)} 处需要核对"
    if row.published_on is None:
        return "没有发布日期"
    return "没有原网址" if item.category.channel == Channel.ELSEWHERE and not row.address else ""


def _publish(actor: Actor, item: Item, row: Row, signed: Signed, signer: Person) -> None:
    """A review of this one item, its step decided on the signed list, and what follows from that."""
    assert row.published_on is not None
    attachments, person = versions.attachments_of(item), int(actor.id)
    digest = versions.content_digest(item, item.draft, attachments)
    subject = Subject("item", str(item.pk), item.draft.title)
    review = reviews.open_review(item.body, subject, digest, (STEP,), person, item.department_id)
    version = versions.cut(item, item.draft, review, attachments, person)
    step = review.step_rows.get()
    reviews.require_decider(signer.pk, review, step, signed.on)
    Decision.objects.create(
        step=step,
        verdict=Verdict.PASSED,
        decided_by=signer,
        decided_on=signed.on,
        recorded_by_id=person,
        recorded_at=clock.now(),
        opinion=f"登记表{signed.code}：此前已于{row.published_on.isoformat()}公开",
        on_paper=True,
        paper=signed.scan,
        digest=digest,
    )
    reviews.close(review, ReviewState.APPROVED)
    approval = Approval.objects.create(review=review, digest=digest, approved_at=clock.now())
    item.stage = Stage.APPROVED
    if row.validity:
        item.validity = Validity(row.validity)
    at = dt.datetime.combine(row.published_on, dt.time(), clock.BEIJING)
    handed = HandOver("原网站", row.address, row.published_on) if item.category.channel == Channel.ELSEWHERE else None
    make_public(item, version, approval, person, at, handed)
