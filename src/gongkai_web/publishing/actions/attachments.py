"""Which acts put files beside a text, and take them away?"""

from __future__ import annotations

from django.db.models import Max

from gongkai_web.agencies.texts import within
from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.publishing import drafting
from gongkai_web.publishing.models import Attachment, Item, Stage
from gongkai_web.trail.actors import Actor
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotHere, NotPossible

MOST = 60
LONGEST_NAME = 200
PICTURES = frozenset({"jpg", "png", "gif", "webp"})


@act("publishing.attachment.add", "{actor}给《{subject}》加了附件“{name}”", title="添加附件")
def add(actor: Actor, item_id: int, *, digest: str, name: str = "", embedded: bool = False) -> Done[Attachment]:
    """Put a stored file of the same body beside the text. ``embedded`` ones are pictures shown in the text."""
    item = _open(actor, item_id)
    file = StoredFile.objects.filter(body=item.body, digest=digest).exclude(state=FileState.REFUSED).first()
    if file is None:
        raise NotHere("没有这个文件，或者它没有通过检查。请重新上传。")
    if embedded and file.type not in PICTURES:
        raise BadForm({"file": "插入正文的只能是 JPEG、PNG、GIF 或者 WebP 图片，其他文件请作为附件添加。"})
    rows = Attachment.objects.filter(item=item)
    if rows.count() >= MOST:
        raise NotPossible(f"一条信息最多 {MOST} 个附件。请把零散的文件合并后再上传。")
    if rows.filter(digest=digest).exists():
        raise NotPossible("这个文件已经在附件里。")
    last = rows.aggregate(last=Max("position"))["last"] or 0
    row = Attachment.objects.create(
        item=item,
        position=last + 1,
        digest=digest,
        name=(name.strip() or file.name)[:LONGEST_NAME],
        type=file.type,
        size=file.size,
        embedded=embedded,
    )
    _touch(item, int(actor.id))
    return Done(row, item.body.slug, drafting.subject(item), words={"name": row.name}, fixed={"digest": digest})


@act("publishing.attachment.remove", "{actor}删去了《{subject}》的附件“{name}”", title="删去附件")
def remove(actor: Actor, item_id: int, *, digest: str) -> Done[Item]:
    """Take a file away from the draft; versions that were cut keep it."""
    item = _open(actor, item_id)
    row = Attachment.objects.filter(item=item, digest=digest).first()
    if row is None:
        raise NotHere("附件里没有这个文件，可能已经删去。")
    name = row.name
    row.delete()
    _touch(item, int(actor.id))
    return Done(item, item.body.slug, drafting.subject(item), words={"name": name}, fixed={"digest": digest})


@act("publishing.attachment.arrange", "{actor}调整了《{subject}》附件的顺序或者名称", title="调整附件")
def arrange(actor: Actor, item_id: int, *, names: dict[str, str]) -> Done[Item]:
    """Name the files anew and put them in this order: name by digest, every file once."""
    item = _open(actor, item_id)
    rows = {a.digest: a for a in Attachment.objects.filter(item=item)}
    if set(names) != set(rows):
        raise NotPossible("附件在别处增减过。请刷新页面后再调整。")
    if not all(n.strip() for n in names.values()):
        raise BadForm({"names": "附件的名称不能空着。"})
    for name in names.values():
        within(name.strip(), "附件的名称", LONGEST_NAME, field="names")
    for position, (digest, name) in enumerate(names.items(), start=1):
        row = rows[digest]
        row.position, row.name = position, name.strip()
        row.save(update_fields=["position", "name"])
    _touch(item, int(actor.id))
    return Done(item, item.body.slug, drafting.subject(item))


def _open(actor: Actor, item_id: int) -> Item:
    item = drafting.locked(item_id)
    drafting.require_drafter(actor, item)
    drafting.require_open(item)
    return item


def _touch(item: Item, person_id: int) -> None:
    """The draft is another than before: a version cut earlier no longer is the draft."""
    draft = item.draft
    draft.revision += 1
    draft.changed_at = item.changed_at = clock.now()
    draft.changed_by_id = person_id
    if person_id not in draft.authors:
        draft.authors = [*draft.authors, person_id]
    draft.save(update_fields=["revision", "changed_at", "changed_by", "authors"])
    if item.stage == Stage.APPROVED:
        item.stage = Stage.DRAFT
    item.save(update_fields=["changed_at", "stage"])
