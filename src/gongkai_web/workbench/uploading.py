"""How does a file that somebody picked in a form come in, and what is said when it does not?"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.errors import GongkaiError
from gongkai_web.agencies.standing import Standing
from gongkai_web.files.cleaning.result import Choices, NeedsChoice
from gongkai_web.files.models import StoredFile
from gongkai_web.files.receiving import Classified, receive
from gongkai_web.oversight.uploads import Upload, received
from gongkai_web.ui.refusals import BadForm

CHOICES = (
    ("accept_changes", "文件里有修订，按全部接受处理，只留接受后的文字"),
    ("drop_signatures", "文件里有电子签名，清理后签名会失效，仍然上传"),
)
"""What a person may have to decide: the names of the fields of ``Choices``, and the words beside the box."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that did not come in, with the reason as a sentence. ``choice`` names what has to be decided first, ``details`` shows where."""

    name: str
    sentence: str
    choice: str = ""
    details: tuple[str, ...] = ()
    is_marked: bool = False


def choices_of(request: HttpRequest) -> Choices:
    """What the person decided beside the file."""
    return Choices(**{name: name in request.POST for name, _ in CHOICES})


def take_in(found: Standing, upload: Upload, choices: Choices) -> StoredFile | Refused:
    """One file taken in, or why not."""
    if upload.refusal:
        return Refused(upload.name, upload.refusal)
    if not upload.data:
        return Refused(upload.name, "文件是空的，没有保存。请检查后重新上传。")
    try:
        return receive(found.actor, found.body, upload.data, upload.name, choices)
    except NeedsChoice as asked:
        return Refused(upload.name, str(asked), asked.choice, asked.details)
    except Classified as marked:
        return Refused(upload.name, str(marked), is_marked=True)
    except GongkaiError as refusal:
        return Refused(upload.name, str(refusal))


def one_file(request: HttpRequest, found: Standing, field: str) -> str:
    """The digest of the one file of a form, or of the one that came in with the same form before; empty when there is none.

    BadForm names the field when the file does not come in.
    """
    files = received(request, field)
    if not files:
        before = request.POST.get(f"{field}_kept", "")
        return before if StoredFile.objects.filter(body=found.body, digest=before, uploaded_by=found.person).exists() else ""
    taken = take_in(found, files[0], choices_of(request))
    if isinstance(taken, Refused):
        raise BadForm({field: taken.sentence})
    # Should something else in the form be wrong, the file need not be picked again.
    post = request.POST.copy()
    post[f"{field}_kept"] = taken.digest
    request.POST = post  # type: ignore[assignment]  # a form like the one that came, with one value more
    return taken.digest
