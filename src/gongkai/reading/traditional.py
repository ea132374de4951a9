"""Which simplified character does the forms' own vocabulary have for a traditional one, and what did a mirror site add to it?"""

from __future__ import annotations

import re

_PAIRS = (
    "專专業业個个為为爲为舉举於于從从會会傳传體体眾众衆众決决況况減减務务動动參参單单發发號号後后諮咨員员圍围國国場场處处複复復复覆复審审"
    "屬属對对應应廢废開开強强當当錄录録录徑径護护報报據据執执採采數数時时無无條条構构標标欄栏權权機机沒没濟济滿满點点熱热現现稱称穩稳類类"
    "係系繫系糾纠納纳線线組组織织經经結结絡络統统繼继續续維维編编繳缴網网罰罚職职輿舆範范獲获補补規规計计認认訓训議议許许訟讼設设訪访訴诉"
    "話话詢询請请讀读談谈負负責责購购費费轉转輯辑過过這这違违郵邮錯错門门問问聞闻閱阅閲阅隱隐頁页項项題题額额駁驳製制佈布萬万內内別别區区"
    "隻只總总態态聽听眞真査查冊册戶户種种擊击億亿徵征誌志稅税"
)
SIMPLIFIED = {ord(old): new for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
"""Traditional characters of the forms' vocabulary with the simplified ones, for ``str.translate``."""
_PLACES = SIMPLIFIED | {ord(old): new for old, new in zip("鄉鎮縣廳黨辦臺將館聯", "乡镇县厅党办台将馆联", strict=True)}

_WORDS = (("规范性檔案", "规范性文件"),)  # a word that conversion exchanged: Taiwan's 檔案 is the mainland's 文件

_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")


def as_on_the_mainland(text: str) -> str:
    """A text in simplified characters with the words that a conversion exchanged set back."""
    for word, own in _WORDS:
        text = text.replace(word, own)
    return text


def in_simplified(text: str) -> str:
    """A text, letter by letter, in the simplified characters of the forms and of bodies' names; other characters stay."""
    return text.translate(_PLACES)


def is_folded(text: str) -> bool:
    """Whether a label is compared otherwise than it is written: in simplified characters, without readings in brackets."""
    return any(ord(ch) in SIMPLIFIED for ch in text) or without_pinyin(text) != text


def without_pinyin(text: str) -> str:
    """The text without the reading of a character in brackets after it: "規(guī)章" is "規章"."""
    return _PINYIN.sub("", text) if "(" in text or "（" in text else text
