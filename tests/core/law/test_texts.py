"""Does every rule marked as read in full stand in the official text, in the article it names?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai import law
from gongkai.kernel import Mark
from gongkai.law import Provision

READ = [p for p in law.national().provisions if p.mark is Mark.READ]
# Read in full, but the text itself is not among those kept beside the repository.
WITHOUT_TEXT = {"civil_code"}


def _article(text: str, article: str) -> str:
    """The paragraphs of the article, or of the numbered section of a notice."""
    clean = re.sub(r"[ \t　]+", "", text).replace("(", "（").replace(")", "）")
    name = re.match(r"第[零一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）", article)
    assert name, article
    following = r"^第[零一二三四五六七八九十百]+条|^#" if name[0].startswith("第") else r"^（[一二三四五六七八九十]+）"
    start = re.search(rf"^{re.escape(name[0])}", clean, re.MULTILINE)
    assert start, f"{article} is not in the text"
    end = re.compile(following, re.MULTILINE).search(clean, start.end())
    return clean[start.start() : end.start() if end else None]


def _part(article: str, where: str) -> str:
    """The 款 or 项 of the article that ``where`` names; the whole article when it names none."""
    lines = [line for line in article.splitlines() if line]
    item = re.search(r"第（([一二三四五六七八九十]+)）项", where)
    if item:
        return next(line for line in lines if line.startswith(f"（{item[1]}）"))
    paragraph = re.search(r"第([一二三四五六七])款", where)
    if not paragraph:
        return article
    paragraphs: list[str] = []
    for line in lines:
        if line.startswith("（"):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    return paragraphs["一二三四五六七".index(paragraph[1])]


@pytest.mark.parametrize("provision", READ, ids=[f"{p.instrument.id}:{p.key}" for p in READ])
def test_provision__read_in_full__its_words_stand_in_its_article(provision: Provision, shared: Path) -> None:
    if provision.instrument.id in WITHOUT_TEXT:
        assert not provision.instrument.text
        return
    text = (shared / "law" / "texts" / provision.instrument.text).read_text(encoding="utf-8")
    assert provision.words in _part(_article(text, provision.article), provision.article)


def test_provisions__not_read_in_full__never_claim_to_be() -> None:
    for provision in law.national().provisions:
        if provision.mark is Mark.READ:
            assert provision.instrument.text or provision.instrument.id in WITHOUT_TEXT
        if provision.mark is Mark.RELAYED:
            assert provision.source


def test_subjects__every_title__names_one_subject_only() -> None:
    titles = [s.title for s in law.national().subjects]
    assert len(titles) == len(set(titles))
