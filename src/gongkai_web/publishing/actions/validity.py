"""Which acts keep the register of documents: a change of validity, the legality review?"""

from __future__ import annotations

import datetime as dt

from gongkai_web.files.models import StoredFile
from gongkai_web.publishing import drafting
from gongkai_web.publishing.generations import changed
from gongkai_web.publishing.kinds import REGISTERED
from gongkai_web.publishing.models import Legality, Validity, ValidityChange
from gongkai_web.publishing.proposals import proposed
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible


@act("publishing.validity.propose", "{actor}提出自{day}起把《{subject}》标注为“{validity}”", title="变更有效性")
def propose(
    actor: Actor, item_id: int, *, validity: str, on_day: dt.date, by_document: str = "", note: str = ""
) -> Done[ValidityChange]:
    """Propose how a document holds from a day on; it does so once the last review step passes. 有效 says that a clean-up kept it."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    if item.kind not in REGISTERED:
        raise NotPossible("只有规章和行政规范性文件登记有效性。文件类型选错了的，请先修改文件类型。")
    if item.first_published_at is None:
        raise NotPossible("这份文件还没有公开，不能变更有效性。")
    errors = {}
    if validity not in set(Validity.values) - {""}:
        errors["validity"] = "请选择有效、修改、废止或者失效。"
    if validity in {Validity.AMENDED, Validity.REPEALED} and not by_document.strip():
        errors["by_document"] = "修改、废止要写明依据的文件名称和文号。"
    if errors:
        raise BadForm(errors)
    change = proposed(item, int(actor.id), validity=validity, on_day=on_day, by_document=by_document, note=note)
    words = {"day": f"{on_day.year}年{on_day.month}月{on_day.day}日", "validity": Validity(validity).label}
    return Done(change, item.body.slug, drafting.subject(item), words=words, fixed={"digest": change.digest})


@act("publishing.validity.arrive", "《{subject}》到了{proposer}提出的日期，标注为“{validity}”", title="有效性到期")
def arrive(actor: Actor, change_id: int) -> Done[ValidityChange]:
    """The day of an approved change has come: tell the index and whoever keeps pages. Run by the timer for whoever proposed it."""
    change = ValidityChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NotHere("没有这次有效性变更。")
    if change.arrived or change.approval_id is None or change.on_day > clock.today():
        raise NotPossible("这次变更还没有到日期，或者已经办过。")
    change.arrived = True
    change.save(update_fields=["arrived"])
    changed(change.item.body, change.item)
    words = {"proposer": change.proposed_by.name, "validity": Validity(change.validity).label}
    return Done(change, change.item.body.slug, drafting.subject(change.item), words=words)


@act("publishing.legality.record", "{actor}登记了《{subject}》的合法性审核：{result}", title="登记合法性审核")
def record_legality(
    actor: Actor,
    item_id: int,
    *,
    received_on: dt.date,
    reviewed_on: dt.date,
    reviewed_by: str,
    lawful: bool,
    opinion: str,
    file: str = "",
) -> Done[Legality]:
    """Record who reviewed a document's legality, when it came and was answered, and what was found."""
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    errors = {}
    if not received_on <= reviewed_on <= clock.today():
        errors["reviewed_on"] = "审核完成的日期应当在收到日期以后、今天以前。"
    if not reviewed_by.strip():
        errors["reviewed_by"] = "请写明由哪个机构审核。"
    if not opinion.strip():
        errors["opinion"] = "请写明审核意见。"
    if file and not StoredFile.objects.filter(body=item.body, digest=file).exists():
        errors["file"] = "没有这个文件，请重新上传。"
    if errors:
        raise BadForm(errors)
    row = Legality.objects.create(
        item=item,
        received_on=received_on,
        reviewed_on=reviewed_on,
        reviewed_by=reviewed_by.strip(),
        opinion=opinion.strip(),
        lawful=lawful,
        file=file,
        recorded_by_id=int(actor.id),
        recorded_at=clock.now(),
    )
    words = {"result": "合法" if lawful else "不合法，应当修改"}
    return Done(row, item.body.slug, drafting.subject(item), words=words, happened_on=reviewed_on)
