"""How does an upload come in: looked at in memory first, kept only when it carries no marking and could be cleaned?"""

from __future__ import annotations

from django.conf import settings

from gongkai.errors import Unreadable
from gongkai_web.agencies import standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.files import bounded
from gongkai_web.files.actions import uploads
from gongkai_web.files.cleaning.result import Choices, NeedsChoice
from gongkai_web.files.models import Marked, StoredFile
from gongkai_web.files.types import NotAccepted
from gongkai_web.trail import digests
from gongkai_web.trail.actors import Actor

WARNING = "本系统严禁存储、处理涉密信息。"
"""What every page with an upload says."""


class Classified(Unreadable):
    """The upload carries a classification marking; nothing of it was kept."""


def receive(actor: Actor, body: Body, data: bytes, name: str, choices: Choices | None = None) -> StoredFile:
    """Take an upload in. Raises Classified, NotAccepted (why it does not come in), NeedsChoice (a person must decide first), NotAllowed.

    The examination may take minutes and holds no transaction; what came of it is then kept, or refused, by an act.
    """
    standing.require(actor, body, *CONTENT)
    received = digests.digest(data, settings.DIGEST)
    passed = Marked.objects.filter(body=body, received=received, allowed_at__isnull=False).exists()
    found = bounded.examined(data, name, choices, let_marking_pass=passed)
    if found.marking:
        uploads.refuse_marked(actor, body.pk, received=received, rule=found.marking)
        raise Classified(
            f"这个文件标有密级“{found.marking}”，没有保存。{WARNING}请立即停止传输，联系{settings.CLASSIFIED_CONTACT}处置；"
            "确属误报的，由保密审查员认定后再上传。"
        )
    if found.choice:
        raise NeedsChoice(found.choice, found.sentence, found.details)
    if found.refusal or found.data is None:
        raise NotAccepted(found.code, found.refusal)
    return uploads.keep(actor, body.pk, found, received=received)
