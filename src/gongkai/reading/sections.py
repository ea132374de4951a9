"""How is the text around the tables divided: preface, sections, sign-off?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.kernel import Place
from gongkai.reading.identity import TextLine, body_alone, close
from gongkai.reading.labels import core_of, wording
from gongkai.reading.values import visible
from gongkai.returns import Edition, Section

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[、.．,，\s]\s*\S")
_SUBDIVISION = re.compile(r"\s*(?:[(（]|[0-9０-９]|其中)")
_ENDING = ("。", "；", "，", "：", "、", ";", ",", ":", "！")
_CAPTIONS = re.compile(
    r"附件?[0-9一二三]?[:：]?|附[:：]|附表[0-9一二三]?[:：]?|\(?(?:19|20)[0-9]{2}年?度?\)?|\(?计量?单位:.{1,6}\)?|单位:.{1,6}"
)
_DATE = re.compile(
    r"\(?(?:(?:19|20)[0-9]{2}|[一二][〇零○O0一二三四五六七八九]{3})年(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日\)?"
)
_FOOT = ("单位负责人", "审核人", "填报人", "联系电话", "填报日期", "填表人", "负责人", "制表人")
_LONGEST_TITLE = 42


def foot_fields(text: str, names: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The foot fields in a line: 单位负责人：甲 审核人：乙 as [("单位负责人", "甲"), ("审核人", "乙")]."""
    known = sorted({*names, *_FOOT}, key=len, reverse=True)
    spaced = [r"\s*".join(name) for name in known]
    found = list(re.finditer(rf"({'|'.join(spaced)})\s*[:：]", text))
    if not found or visible(text[: found[0].start()]):
        return []
    out = []
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        out.append(("".join(match[1].split()), visible(text[match.end() : end])))
    return out


def is_caption(text: str, edition: Edition | None) -> bool:
    """Whether a line belongs to a table's head: its title, year, unit, block heading, 填报单位."""
    short = close(text)
    if len(short) > 60:
        return False
    if _CAPTIONS.fullmatch(short) or short.startswith(("填报单位", "填报机关")):
        return True
    if edition is None:
        return False
    core = core_of(text)
    names = [edition.form_title, *(t.title for t in edition.tables), *(t.heading for t in edition.tables)]
    if any(name and core == core_of(name) for name in names):
        return True
    return bool(edition.form_title) and core.endswith(core_of(edition.form_title or "")) and not text.rstrip().endswith("。")


def divided(
    lines: Sequence[TextLine], edition: Edition | None, agency: str | None
) -> tuple[tuple[Section, ...], tuple[tuple[str, str], ...], str]:
    """Sections, sign-off fields and the day under a closing name, of the lines that stand outside tables and titles."""
    signoff: list[tuple[str, str]] = []
    kept: list[TextLine] = []
    for line in lines:
        fields = foot_fields(line.text, edition.foot if edition is not None else ())
        if fields:
            signoff += fields
        elif not is_caption(line.text, edition):
            kept.append(line)
    kept, day = _without_signature(kept, agency)
    marked = _all_marked(kept, edition)
    sections: list[tuple[str, list[str], list[Place]]] = [("", [], [Place()])]
    for line in kept:
        if _is_section(line, edition, marked):
            sections.append((visible(line.text), [], [line.place]))
        else:
            sections[-1][1].append(visible(line.text))
            sections[-1][2].append(line.place)
    out = [Section(title, tuple(texts), tuple(places)) for title, texts, places in sections if title or texts]
    return tuple(out), tuple(signoff), day


def _all_marked(lines: Sequence[TextLine], edition: Edition | None) -> bool:
    """Whether the format itself marks the titles of all sections, so that looks need not be trusted."""
    if edition is None:
        return False
    marked = {wording(line.text).core for line in lines if line.heading}
    return all(wording(title).core in marked for title in edition.sections)


def _is_section(line: TextLine, edition: Edition | None, marked: bool) -> bool:
    text = visible(line.text)
    if marked:
        return line.heading and not _SUBDIVISION.match(text)
    if not 3 <= len(text) <= _LONGEST_TITLE or text.endswith(_ENDING):
        return False
    if _NUMBERED.match(text) or (line.heading and not _SUBDIVISION.match(text)):
        return True
    if edition is None or _SUBDIVISION.match(text):
        return False
    core = wording(text).core
    titles = [wording(title).core for title in edition.sections]
    return any(core == t or (len(t) > 6 and core.endswith(t) and len(core) <= len(t) + 10) for t in titles)


def _without_signature(lines: list[TextLine], agency: str | None) -> tuple[list[TextLine], str]:
    """The lines without a closing name and day, which are no part of the last section; and that day, empty without one."""
    out = list(lines)
    for at in range(len(out) - 2, max(-1, len(out) - 8), -1):
        name = body_alone(out[at].text)
        if name and agency is not None and agency.endswith(name) and _DATE.fullmatch(close(out[at + 1].text)):
            return out[:at] + out[at + 2 :], visible(out[at + 1].text)
    if out and agency is not None and close(out[-1].text) == agency:
        return out[:-1], ""
    return out, ""
