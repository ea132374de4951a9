"""Which acts keep an upload, refuse a marked one, and let a false alarm pass?"""

from __future__ import annotations

from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT, Role
from gongkai_web.agencies.texts import within
from gongkai_web.files import clamd, storage, texts
from gongkai_web.files.examination import Examination
from gongkai_web.files.models import FileState, Marked, StoredFile
from gongkai_web.trail import acts, faults
from gongkai_web.trail.actors import INSTALLATION, Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible

LONGEST = 300
NAMELESS = "未保存的文件"
"""How the trail names an upload of which nothing is kept."""


@act("files.file.keep", "{actor}上传了“{subject}”{removed}", title="上传文件")
def keep(actor: Actor, body_id: int, examined: Examination, *, received: str) -> Done[StoredFile]:
    """Keep what an examination cleaned. ``received`` is the digest of what was uploaded. The same file again is the same row."""
    body = _body(body_id)
    standing.require(actor, body, *CONTENT)
    if examined.data is None or examined.marking:
        raise ValueError("only what an examination let in is kept")
    digest = storage.keep(examined.data)
    texts.keep(digest, examined.text)
    faults.point("between-file-and-commit", acts.running())
    row, _ = StoredFile.objects.get_or_create(
        body=body,
        digest=digest,
        defaults={
            "received": received,
            "name": examined.name,
            "type": examined.type,
            "size": len(examined.data),
            "state": FileState.QUARANTINE if clamd.is_configured() else FileState.CLEAN,
            "removed": list(examined.removed),
            "note": "".join(examined.problems)[:300],
            "uploaded_by_id": int(actor.id),
            "uploaded_at": clock.now(),
        },
    )
    words = {"removed": f"，已清除{'、'.join(examined.removed)}" if examined.removed else ""}
    subject = Subject("file", str(row.pk), examined.name)
    return Done(row, body.slug, subject, words=words, fixed={"digest": digest, "received": received})


@act("files.marked.refuse", "{actor}上传的文件带有密级标志（{rule}），没有保存", title="拒收带密级标志的文件")
def refuse_marked(actor: Actor, body_id: int, *, received: str, rule: str) -> Done[Marked]:
    """Keep of a marked upload who, when, its hash and the rule, and nothing else."""
    body = _body(body_id)
    standing.require(actor, body, *CONTENT)
    row = Marked.objects.create(
        body=body, received=received, rule=rule[:60], uploaded_by_id=int(actor.id), uploaded_at=clock.now()
    )
    return Done(row, body.slug, Subject("marked", str(row.pk), NAMELESS), words={"rule": rule[:60]}, fixed={"received": received})


@act("files.marked.allow", "{actor}认定一个文件的密级标志属于误报，准予上传，理由：{reason}", title="认定密级误报")
def allow_marked(actor: Actor, marked_id: int, *, reason: str) -> Done[Marked]:
    """Let the bytes of one hash pass as a false alarm. Only the secrecy officer, and never for an upload of their own."""
    row = Marked.objects.select_for_update(of=("self",)).select_related("body").filter(pk=marked_id).first()
    if row is None:
        raise NotHere("没有这条拒收记录。")
    standing.require(actor, row.body, Role.SECRECY_OFFICER)
    if row.uploaded_by_id == int(actor.id):
        raise NotAllowed("这个文件是您自己上传的，是否误报应当由另一位保密审查员认定。")
    if row.allowed_at is not None:
        raise NotPossible("这个文件已经认定为误报，可以重新上传。")
    if not reason.strip():
        raise BadForm({"reason": "请写明为什么是误报，例如“标志是法规原文引用的样式”。"})
    said = within(reason.strip(), "理由", LONGEST, field="reason")
    row.allowed_by_id, row.allowed_at, row.allowed_why = int(actor.id), clock.now(), said
    row.save(update_fields=["allowed_by", "allowed_at", "allowed_why"])
    subject = Subject("marked", str(row.pk), NAMELESS)
    return Done(row, row.body.slug, subject, words={"reason": said}, fixed={"received": row.received})


@act("files.file.scanned", "病毒扫描检查了“{subject}”：{result}", title="病毒扫描")
def scanned(actor: Actor, file_id: int, *, found: str) -> Done[StoredFile]:
    """End a file's quarantine with what the scanner said. Only the program itself does this."""
    if actor != INSTALLATION:
        raise NotAllowed("病毒扫描的结果由程序登记。")
    row = StoredFile.objects.select_for_update(of=("self",)).select_related("body").filter(pk=file_id).first()
    if row is None:
        raise NotHere("没有这个文件。")
    if row.state != FileState.QUARANTINE:
        raise NotPossible("这个文件已经检查过。")
    row.state = FileState.REFUSED if found else FileState.CLEAN
    row.note = f"查出病毒：{found}。请在本机杀毒后重新上传。"[:300] if found else row.note
    row.save(update_fields=["state", "note"])
    words = {"result": f"查出{found}，不能使用" if found else "没有发现问题"}
    return Done(row, row.body.slug, Subject("file", str(row.pk), row.name), words=words)


def _body(body_id: int) -> Body:
    found = Body.objects.filter(pk=body_id).first()
    if found is None:
        raise NotHere("没有这个机关。")
    return found
