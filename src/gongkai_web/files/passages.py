"""What is the text of an upload made of, and what is said of the parts nobody could read?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gongkai.kernel import Place
from gongkai.reading.blocks import Grid, Source

MAX_PASSAGES = 300_000
NOWHERE = Place()
BODY = "正文"
FURNITURE = "页眉页脚"
HIDDEN = "隐藏或修订的文字"
NAME = "文件名"
PROPERTIES = "文档属性"
COMMENTS = "批注"
NOTES = "脚注尾注"
DESCRIPTION = "图片说明"
OTHER = "其他部分"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, cell or line. ``part`` says in Chinese which part of the file it stands in; ``member`` is the path within a ZIP."""

    text: str
    place: Place = NOWHERE
    part: str = BODY
    member: str = ""

    def in_words(self) -> str:
        """Where it stands, as “附件/表.xlsx”，批注，工作表“一”，单元格B7."""
        inside = f"“{self.member}”" if self.member else ""
        return "，".join(word for word in (inside, self.part, self.place.in_words()) if word)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A part of a file whose words nobody could read: a whole sentence, and where it is. A person has to look at it and say so."""

    sentence: str
    place: Place = NOWHERE
    member: str = ""


@dataclass(frozen=True, slots=True)
class FileText:
    """All words of an upload with their places, and what could not be checked (未能检查: a result of its own, never "nothing found")."""

    passages: tuple[Passage, ...]
    unchecked: tuple[Unchecked, ...] = ()


@dataclass
class Gathering:
    """Passages as they are found. What stands in the same part word for word is not taken twice by :meth:`add_missing`."""

    passages: list[Passage] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    _known: set[tuple[str, str]] = field(default_factory=set)
    _body: str = ""

    def add(self, text: str, place: Place | None = None, part: str = BODY) -> None:
        """Take a passage, unless it is blank."""
        if not text.strip():
            return
        if len(self.passages) >= MAX_PASSAGES:
            self.leave(f"文件的段落和单元格超过 {MAX_PASSAGES} 个，后面的内容没有检查；请拆成几个文件后再上传。")
            return
        self.passages.append(Passage(text, place or Place(quote=text.strip()[:60]), part))
        self._known.update((part, bare(line)) for line in (text, *text.split("\n")))
        if part == BODY:
            self._body = ""

    def add_missing(self, text: str, place: Place | None, part: str) -> None:
        """Take a passage that does not stand in its part yet; a hidden one only when the body does not hold it either."""
        letters = bare(text)
        if not letters or (part, letters) in self._known:
            return
        if part == HIDDEN:
            if not self._body:
                self._body = "\n".join(bare(passage.text) for passage in self.passages if passage.part == BODY)
            if (BODY, letters) in self._known or (len(letters) > 6 and letters in self._body):
                return
        self.add(text, place, part)

    def leave(self, sentence: str, place: Place | None = None) -> None:
        """Remember, once, that something could not be checked."""
        found = Unchecked(sentence, place or NOWHERE)
        if found not in self.unchecked:
            self.unchecked.append(found)

    def add_source(self, source: Source) -> None:
        """Take what a reader read, cell by cell and paragraph by paragraph, and what it says it could not."""
        for block in source.blocks:
            if isinstance(block, Grid):
                for cell in block.cells:
                    self.add(cell.text, cell.place)
            else:
                self.add(block.text, block.place)
        for key, line in source.metadata:
            self.add(line, Place(quote=line[:60]), FURNITURE if key == "furniture" else PROPERTIES)
        if source.title:
            self.add_missing(source.title, None, PROPERTIES)

    def text(self) -> FileText:
        """What was gathered."""
        return FileText(tuple(self.passages), tuple(self.unchecked))


def within(member: str, text: FileText) -> FileText:
    """The same text as that of a member of an archive."""
    return FileText(_at(member, text.passages), tuple(replace(left, member=member) for left in text.unchecked))


def _at(member: str, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(replace(passage, member=member) for passage in passages)


def bare(text: str) -> str:
    """A text without its white space, for comparing."""
    return "".join(text.split())
