"""Do the words with which an act is called carry a classification marking, so that nothing of them may be kept?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.reading.secrecy import marking_in_words
from gongkai_web.ui.refusals import BadForm
from gongkai_web.ui.words import plain

SENTENCE = (
    "填写的内容带有国家秘密的密级标志，没有保存。本系统严禁存储、处理涉密信息。请立即停止填写，按保密规定处置；"
    "只是举例说到标志样式的，把标志放在引号里再提交。"
)


def refuse_marked(values: Any) -> None:
    """BadForm, which names no field and repeats no word, when any text among the values, however deep, carries a marking."""
    if any(marking_in_words(words) for words in _texts(values) if "密" in words):
        raise BadForm({"": SENTENCE})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield plain(value) if "<" in value else value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
