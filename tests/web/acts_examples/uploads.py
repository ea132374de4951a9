"""How are the acts of uploads and attachments called?"""

from __future__ import annotations

import struct
import zlib

from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving
from gongkai_web.files.actions import uploads
from gongkai_web.files.examination import examine
from gongkai_web.files.models import FileState, StoredFile
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import attachments, hits
from gongkai_web.publishing.models import Item
from gongkai_web.trail.actors import INSTALLATION
from tests.web.acts_examples.call import Call, Example, call
from tests.web.publishing.conftest import Bureau

CLERK = Role.CLERK


def png() -> bytes:
    """A picture of four grey points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x80\x80" * 2)) + chunk(b"IEND", b"")


def stored(b: Bureau, text: str = "活动安排：周六上午。", name: str = "安排.txt") -> StoredFile:
    """A file that was uploaded."""
    return receiving.receive(b.actor(CLERK), b.body, text.encode(), name)


def keep(b: Bureau) -> Call:
    return call(b.actor(CLERK), b.body.pk, examine("活动安排：周六上午。".encode(), "安排.txt"), received="sha256:0")


def quarantined(b: Bureau) -> Call:
    file = stored(b)
    StoredFile.objects.filter(pk=file.pk).update(state=FileState.QUARANTINE)
    return call(INSTALLATION, file.pk, found="")


def marked(b: Bureau) -> Call:
    made = uploads.refuse_marked(b.actor(CLERK), b.body.pk, received="sha256:0", rule="秘密★")
    return call(b.actor(Role.SECRECY_OFFICER), made.pk, reason="法规原文引用的样式")


def attached(b: Bureau) -> tuple[Item, str]:
    item, file = b.draft(), stored(b)
    attachments.add(b.actor(CLERK), item.pk, digest=file.digest)
    return item, file.digest


def arranged(b: Bureau) -> Call:
    item, digest = attached(b)
    return call(b.actor(CLERK), item.pk, names={digest: "活动安排表"})


def removed(b: Bureau) -> Call:
    item, digest = attached(b)
    return call(b.actor(CLERK), item.pk, digest=digest)


def resolve(b: Bureau) -> Call:
    item = b.draft(html="<p>联系人电话 13900000000。</p>")
    hit = access.item_page(b.person(CLERK).pk, b.body, item.pk).hits[0]
    return call(b.actor(CLERK), item.pk, fingerprint=hit.fingerprint, kind="lawful", reason="单位公开的办公电话")


def reopen(b: Bureau) -> Call:
    made = resolve(b)
    hits.resolve(made.actor, *made.args, **made.kwargs)
    return call(made.actor, *made.args, fingerprint=made.kwargs["fingerprint"])


EXAMPLES: dict[str, Example] = {
    "files.file.keep": keep,
    "files.file.scanned": quarantined,
    "files.marked.refuse": lambda b: call(b.actor(CLERK), b.body.pk, received="sha256:0", rule="秘密★"),
    "files.marked.allow": marked,
    "publishing.attachment.add": lambda b: call(b.actor(CLERK), b.draft().pk, digest=stored(b).digest),
    "publishing.attachment.arrange": arranged,
    "publishing.attachment.remove": removed,
    "publishing.hit.resolve": resolve,
    "publishing.hit.reopen": reopen,
}
