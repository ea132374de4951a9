"""Is what was typed into a field something that can be kept?"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from gongkai_web.ui.refusals import BadForm

# Marks that turn the direction of writing: a name with them shows as another name.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What takes room or joins letters and is never seen: fillers of scripts and the braille blank count as letters and signs.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def straight(text: str) -> str:
    """The text without marks that turn the direction of writing, so that it shows in the order in which it is kept."""
    return _TURNING.sub("", text)


def tidy(text: str) -> str:
    """A text of one line: no control marks, no turning marks, single spaces; empty where nothing of it can be seen."""
    found = " ".join(straight(_CONTROL.sub("", unicodedata.normalize("NFC", text))).split())
    return found if any(map(_is_seen, found)) else ""


def _is_seen(mark: str) -> bool:
    """Formatting (a zero-width space), separators, and marks that sit on a letter show nothing by themselves."""
    return mark not in _BLANK and unicodedata.category(mark) not in _UNSEEN


def tidy_lines(text: str) -> str:
    """The same over several lines."""
    return "\n".join(tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def checked_name(text: str, what: str, longest: int) -> tuple[str, str]:
    """The tidy text and what is wrong with it: empty or too long."""
    found = tidy(text)
    if not found:
        return "", f"请填写{what}。"
    if len(found) > longest:
        return found, too_long(what, found, longest)
    return found, ""


def too_long(what: str, text: str, longest: int) -> str:
    """What is said of a text that is longer than may be kept."""
    return f"{what}最多 {longest} 个字，现在有 {len(text)} 个，请缩短。"


def within(text: str, what: str, longest: int, *, field: str) -> str:
    """The text itself. BadForm when it is longer than may be kept: nothing that was typed is cut off unseen."""
    if len(text) > longest:
        raise BadForm({field: too_long(what, text, longest)})
    return text


def required(
    values: dict[str, str], limits: dict[str, tuple[str, int]], optional: frozenset[str] = frozenset()
) -> dict[str, str]:
    """The tidy values of fields, ``limits`` giving each one's name and length. BadForm names every field that is wrong."""
    taken, errors = {}, {}
    for field, (what, longest) in limits.items():
        found, wrong = checked_name(values.get(field, ""), what, longest)
        if wrong and (found or field not in optional):
            errors[field] = wrong
        taken[field] = found
    if errors:
        raise BadForm(errors)
    return taken


def day(text: str, what: str, *, field: str) -> dt.date:
    """A day written as 2026-01-31. BadForm when it is not one."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise BadForm({field: f"请填写{what}，写成 2026-01-31 这样。"}) from None


def day_or_none(text: str, what: str, *, field: str) -> dt.date | None:
    """The same where nothing may be given."""
    return day(text, what, field=field) if text.strip() else None
