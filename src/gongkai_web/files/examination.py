"""What is done with one upload from its bytes to the file that may be kept, in one go and without touching a table?"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from gongkai.errors import GongkaiError
from gongkai.kernel import Place, place_json
from gongkai_web.files.cleaning.cleaner import clean
from gongkai_web.files.cleaning.result import Choices, NeedsChoice
from gongkai_web.files.hazards import accepted
from gongkai_web.files.passages import FileText, Passage, Unchecked
from gongkai_web.files.text import marking_of, text_of
from gongkai_web.files.types import NotAccepted
from gongkai_web.files.verification import verify

UNREADABLE = "unreadable"
FAILED = "failed"
NO_TEXT = FileText(())


@dataclass(frozen=True, slots=True)
class Examination:
    """What became of an upload. Exactly one of these holds: ``marking`` is set, ``refusal`` is set, ``choice`` is set, or ``data`` is.

    ``marking`` – the level of a classification marking: nothing of the upload may be stored, indexed or logged but who, when, hash and this.
    ``code`` and ``refusal`` – why it does not come in. ``choice``, ``sentence`` and ``details`` – what a person must decide first.
    ``data`` – the cleaned and verified bytes under ``name`` and ``type``, with what was ``removed``, the ``problems`` a person must see,
    the ``text`` to be scanned (of the cleaned bytes) and what of it is unchecked.
    """

    name: str = ""
    type: str = ""
    data: bytes | None = None
    removed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    text: FileText = NO_TEXT
    marking: str = ""
    code: str = ""
    refusal: str = ""
    choice: str = ""
    sentence: str = ""
    details: tuple[str, ...] = ()


def examine(data: bytes, name: str, choices: Choices | None = None, *, let_marking_pass: bool = False) -> Examination:
    """Type, search for markings, clean, verify and read an upload, in this order: a marked one is not worked on any further.

    ``let_marking_pass`` is for bytes whose hash the secrecy officer has let pass as a false alarm. Every fault of the file ends in a
    sentence; only running out of memory or time, which the process around bounds, does not.
    """
    try:
        upload = accepted(data, name)
        if not let_marking_pass and (marking := marking_of(text_of(upload))) is not None:
            return Examination(marking=marking.level + (f"★{marking.term}" if marking.term else ""))
        cleaned = clean(upload, choices)
        wrong = verify(data, cleaned.data, upload.type)
        if wrong:
            return Examination(upload.name, upload.type.value, code=FAILED, refusal=wrong[0])
        after = accepted(cleaned.data, upload.name)
        return Examination(upload.name, upload.type.value, cleaned.data, cleaned.removed, cleaned.problems, text_of(after))
    except NotAccepted as refused:
        return Examination(code=refused.code, refusal=str(refused))
    except NeedsChoice as choice:
        return Examination(choice=choice.choice, sentence=str(choice), details=choice.details)
    except GongkaiError as refused:
        return Examination(code=UNREADABLE, refusal=str(refused))
    except RecursionError:
        return Examination(code=UNREADABLE, refusal="这个文件的结构嵌套太深，无法检查；请用 WPS 或 Word 打开后另存一份再上传。")


def as_json(made: Examination) -> dict[str, Any]:
    """An examination as JSON, its bytes left out: they travel beside it."""
    out: dict[str, Any] = {f.name: getattr(made, f.name) for f in fields(made) if f.name not in ("data", "text")}
    out["size"] = None if made.data is None else len(made.data)
    out["passages"] = [
        {"text": p.text, "place": place_json(p.place), "part": p.part, "member": p.member} for p in made.text.passages
    ]
    out["unchecked"] = [{"sentence": u.sentence, "place": place_json(u.place), "member": u.member} for u in made.text.unchecked]
    return out


def from_json(raw: dict[str, Any], data: bytes | None) -> Examination:
    """An examination from its JSON and its bytes."""
    passages = tuple(Passage(p["text"], _place(p["place"]), p["part"], p["member"]) for p in raw["passages"])
    unchecked = tuple(Unchecked(u["sentence"], _place(u["place"]), u["member"]) for u in raw["unchecked"])
    return Examination(
        raw["name"],
        raw["type"],
        data,
        tuple(raw["removed"]),
        tuple(raw["problems"]),
        FileText(passages, unchecked),
        raw["marking"],
        raw["code"],
        raw["refusal"],
        raw["choice"],
        raw["sentence"],
        tuple(raw["details"]),
    )


def _place(raw: dict[str, Any]) -> Place:
    return Place(**{**raw, "box": tuple(raw["box"])} if raw.get("box") else raw)


def choices_json(choices: Choices) -> dict[str, bool]:
    """What was decided, as JSON."""
    return asdict(choices)
