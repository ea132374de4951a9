"""How does a file that somebody picked in a form come in, and what is said when it does not?"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.errors import GongkaiError
from gongkai_web.agencies.standing import Standing
from gongkai_web.files import held
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
DEEDS = {"accept_changes": "接受全部修订并上传", "drop_signatures": "不留电子签名并上传"}
"""The same decisions as buttons beside a file that waits."""
WAITED_TOO_LONG = f"这个文件等您决定超过 {held.MINUTES} 分钟，或者已经办过，没有留下。请重新选择文件上传。"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that did not come in, with the reason as a sentence. ``choice`` names what has to be decided first, ``details`` shows where.

    Then ``held`` is the token by which it is taken up once that is decided, and ``decided`` what was decided before.
    """

    name: str
    sentence: str
    choice: str = ""
    details: tuple[str, ...] = ()
    is_marked: bool = False
    held: str = ""
    decided: tuple[str, ...] = ()

    @property
    def deed(self) -> str:
        """The words on the button that decides it."""
        return DEEDS.get(self.choice, "")


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
        token = held.hold(found.body.pk, found.person.pk, upload.name, upload.data)
        decided = tuple(name for name, _ in CHOICES if getattr(choices, name))
        return Refused(upload.name, str(asked), asked.choice, asked.details, held=token, decided=decided)
    except Classified as marked:
        return Refused(upload.name, str(marked), is_marked=True)
    except GongkaiError as refusal:
        return Refused(upload.name, str(refusal))


def picked(request: HttpRequest, found: Standing, field: str) -> tuple[Upload, ...]:
    """The files of a form field; when none was picked, the one that has waited for a decision since the same form came before."""
    files = received(request, field)
    token = request.POST.get(f"{field}_held", "")[:80]
    if files or not token:
        return files
    waited = held.taken_back(found.body.pk, found.person.pk, token)
    if waited is None:
        return (Upload("", refusal=WAITED_TOO_LONG),)
    return (Upload(waited.name, waited.data),)


def one_file(request: HttpRequest, found: Standing, field: str) -> str:
    """The digest of the one file of a form, or of the one that came in with the same form before; empty when there is none.

    BadForm names the field when the file does not come in.
    """
    files = picked(request, found, field)
    if not files:
        before = request.POST.get(f"{field}_kept", "")
        return before if StoredFile.objects.filter(body=found.body, digest=before, uploaded_by=found.person).exists() else ""
    taken = take_in(found, files[0], choices_of(request))
    if isinstance(taken, Refused):
        _remember(request, f"{field}_held", taken.held)
        _remember(request, f"{field}_asks", taken.choice)
        raise BadForm({field: taken.sentence})
    # Should something else in the form be wrong, the file need not be picked again.
    _remember(request, f"{field}_held", "")
    _remember(request, f"{field}_kept", taken.digest)
    return taken.digest


def _remember(request: HttpRequest, name: str, value: str) -> None:
    post = request.POST.copy()
    post[name] = value
    request.POST = post  # type: ignore[assignment]  # a form like the one that came, with one value more
