"""What of a clipboard's HTML stays in a text?"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from gongkai.reading.secrecy import classification_marking
from gongkai_web.agencies.doors import role
from gongkai_web.agencies.roles import CONTENT
from gongkai_web.publishing.markup import LONGEST, canonical
from gongkai_web.publishing.pasting import Removed
from gongkai_web.ui.words import plain

MARKED = "剪贴板里的文字带有国家秘密的密级标志，没有粘贴。本系统严禁存储、处理涉密信息。"


@require_POST
@role(*CONTENT)
def paste(request: HttpRequest) -> JsonResponse:
    """The clean form of what was pasted, and in words what was left out; nothing of it is kept here."""
    html = request.POST.get("html", "")
    if len(html) > LONGEST:
        return JsonResponse({"html": "", "said": "一次粘贴的内容太多，没有粘贴。请分几次粘贴，或者作为附件上传。"})
    removed = Removed()
    cleaned = canonical(html, removed)
    if classification_marking(plain(cleaned)) is not None:
        return JsonResponse({"html": "", "said": MARKED})
    return JsonResponse({"html": cleaned, "said": f"没有保留：{'、'.join(removed.words)}。" if removed.words else ""})
