"""Does this file carry a classification marking, so that it must be refused before anything of it is stored?

The marking is 绝密, 机密 or 秘密, as a rule with ★ and a term: with a star wherever it stands, without one where it stands by itself, at the
head of the page, in a header, or after 密级. The same words inside a label (属于国家秘密) or a sentence are no marking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from gongkai.errors import Unreadable
from gongkai.kernel import Place
from gongkai.reading.blocks import FURNITURE, Grid, Source
from gongkai.reading.direction import as_shown

_LEVEL = r"(?P<level>绝\s*密|机\s*密|秘\s*密)"
_STAR = r"\s*[★☆✩✭⭐*＊]\s*"
_TERM = r"(?P<term>(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,4})\s*(?:年|个?月|天|日)|长期|启封前|公布前|[0-9]{4}年\S{0,8}前)"
_AROUND = r"[\s\d〔〕\[\]（）()#№第份号：:·.\-]{0,20}"
_URGENT = r"(?:\s*(?:特急|加急|平急|急件|特提))?"
_STARRED = re.compile(rf"^{_AROUND}(?:密\s*级\s*[:：]?\s*)?{_LEVEL}{_STAR}(?:{_TERM})?{_AROUND}{_URGENT}{_AROUND}$")
# A grade with a real star is a marking wherever it stands and whatever follows it (附件：机密★10年, a title on the same line); an asterisk,
# which also leads to footnotes, is one with a term behind it.
_ANYWHERE = re.compile(rf"{_LEVEL}(?:级)?\s*(?:[★☆✩✭⭐]\s*(?:{_TERM})?|[*＊]\s*{_TERM.replace('<term>', '<after>')})")
_NAMED = re.compile(rf"^{_AROUND}密\s*级\s*[:：]?\s*{_LEVEL}(?:级)?(?:{_STAR})?\s*(?:{_TERM})?\s*{_URGENT}\s*$")
_NAMED_FIRST = re.compile(rf"^{_AROUND}密\s*级\s*[:：]\s*{_LEVEL}(?=[\s,，;；、)）]|$)")
_WITH_TERM = re.compile(rf"^{_AROUND}{_LEVEL}\s*{_TERM}\s*{_URGENT}\s*$")
_ALONE = re.compile(rf"^\s*+[【\[（(]?\s*+{_LEVEL}\s*[】\]）)]?\s*{_URGENT}\s*$")
_IN_NAME = re.compile(rf"{_LEVEL}{_STAR}|^[【\[（(]\s*(?:绝密|机密|秘密)\s*[】\]）)]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_OPENS, _CLOSES = frozenset("“‘「『\"'"), frozenset("”’」』\"'")
_PIECES = re.compile(r"[\t|]| {4,}|\u3000{3,}")
_PIECES_AT_HEAD = re.compile(r"[\t|]| {2,}|\u3000{2,}")
"""Between the pieces of a line; in a letterhead the grade stands two spaces behind the name."""
_HEAD = 12
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Marking:
    """A classification marking: 绝密, 机密 or 秘密, the term as written (None without one), and where it stands."""

    level: str
    term: str | None
    place: Place


def classification_marking(source: Source | str) -> Marking | None:
    """The first marking of a source (its body, page headers and name) or of plain text; None when it carries none."""
    if isinstance(source, str):
        lines = ((line, Place(quote=line.strip(), line=number)) for number, line in enumerate(source.splitlines(), start=1))
        return marking_among(lines)
    name = _IN_NAME.search(re.split(r"[\\/]", source.name)[-1])
    if name:
        return Marking(_plain(name.group("level") or name.group().strip("【】[]（）() ")), None, Place(quote=source.name))
    for key, line in source.metadata:
        if key == FURNITURE and (marking := _marking(line, Place(quote=line), at_head=True)):
            return marking
    return marking_among(_lines(source))


def marking_in_words(words: str) -> Marking | None:
    """The first marking in what somebody typed into a field, where no line is the head of a document."""
    for number, line in enumerate(words.splitlines(), start=1):
        if marking := _marking(line, Place(quote=line.strip(), line=number), at_head=False):
            return marking
    return None


def refuse_classified(source: Source | str) -> None:
    """Raise Unreadable when the source carries a marking; to be called before anything of it is stored."""
    marking = classification_marking(source)
    if marking is None:
        return
    where = marking.place.in_words() or "文件的页眉、页脚或名称中"
    term = f"★{marking.term}" if marking.term else ""
    raise Unreadable(
        f"文件标有密级“{marking.level}{term}”（{where}），不得在本系统中处理，已停止读取，内容没有保存；"
        "请立即按保密规定处置，如属误标，由确定密级的机关更正后再交来。"
    )


def _lines(source: Source) -> Iterator[tuple[str, Place]]:
    for block in source.blocks:
        if not isinstance(block, Grid):
            for line in block.text.split("\n"):
                yield line, block.place
            continue
        named = False
        for cell in block.cells:
            text = cell.text.strip()
            yield (f"密级：{text}" if named else text), cell.place
            named = "".join(text.split()).rstrip(":：") == "密级"


def marking_among(lines: Iterable[tuple[str, Place]]) -> Marking | None:
    """The first marking among lines in the order of the document; the first dozen that are not empty are its head."""
    filled = ((line, place) for line, place in lines if line.strip())
    for line, place in islice(filled, _HEAD):
        if marking := _marking(line, place, at_head=True):
            return marking
    for line, place in filled:
        if marking := _marking(line, place, at_head=False):
            return marking
    return None


def _marking(line: str, place: Place, *, at_head: bool) -> Marking | None:
    """The marking in this line. Only at the head of a document does a bare word or a word with a term count."""
    if "密" not in line:
        return None
    line = _UNSEEN.sub("", as_shown(line))
    for match in _ANYWHERE.finditer(line):
        if line[: match.start()].rstrip()[-1:] in _OPENS and line[match.end() :].lstrip()[:1] in _CLOSES:
            continue  # a sentence that quotes how a marking looks
        return Marking(_plain(match["level"]), match["term"] or match["after"], place)
    if named := _NAMED_FIRST.match(line):
        return Marking(_plain(named["level"]), None, place)
    if len(line) > 4 * _LONGEST:
        return None
    for piece in (_PIECES_AT_HEAD if at_head else _PIECES).split(line):
        piece = piece.strip()
        if len(piece) > _LONGEST:
            continue
        for pattern in (_STARRED, _NAMED, *((_WITH_TERM, _ALONE) if at_head else ())):
            match = pattern.match(piece)
            if match:
                return Marking(_plain(match.group("level")), match.groupdict().get("term"), place)
    return None


def _plain(level: str) -> str:
    return "".join(level.split())
