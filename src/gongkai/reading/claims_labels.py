"""What does a number count, in the words of the sentence itself?"""

from __future__ import annotations

import re

from gongkai.reading.claims_quantities import PARTS, PERCENT, POINTS, Quantity

_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十0-9]{1,2}[)）、.]|[一二三四五六七八九十]是|[、和及与等]|\s|其中|分别为|包括|包含|另有|另外|此外|同时|还|并|已|共计|共有|共|全年|截[至止]|目前|(?:20\d\d)?年度?|今年(?:以来)?|本年度?|"
    r"我[局镇乡县区市办委院]|本[局机关单位镇乡]+|累计|含)+"
)
_TAIL = re.compile(r"(?:\s|共计|共有|总计|合计|分别为|大?约|近|超过?|达到|达|共|为|有|计|了|各|至少|总数|数量|等|:)+$")
_ONLY_VERB = re.compile(
    r"(?:收到|受理|接到|接收|发布|公开|公布|制作|编制|印发|出台|制定|制发|组织|召开|举办|开展|办理|办结|答复|回复|更新|推送|刊发|刊登|发送|发放|解答|接待|接受"
    r"|设立|设置|开设|新开设|优化|完成|整改|清理|废止|转发|报送|上报|采纳|征集|建立|安排|配备|处理|作出|收取|受|及时|积极|认真|网上|主动|梳理|切实|全面|提升|印制|组建|打造|推出|新增|有|和|、)*"
)
_NOUN_END = re.compile(r"[，；。：！？（）]")
_SPACE = re.compile(r"\s+")
_QUOTES = re.compile("[“”‘’\"']")
_DEEDS = re.compile(r"深入|发放|用于|送到|进行")
_JOINED = re.compile(r"[、和及与]\s*$")
_LONGEST = 40
_BARE_TOTAL = re.compile(r"(?:以上|总共|共|共计|合计|总计|累计|=)+")
TOGETHER = "合计"
"""The label of a number of which the sentence says only that it is the sum of those before it."""


def label_of(before: str, after: str, last: str, number: Quantity) -> str:
    """The words for what is counted: those before the number, or those after it where only a verb stands before.

    ``last`` is what the number before it counted: a percentage after a count is that count's share or growth.
    """
    if number.unit == PARTS:
        return "报告组成部分"
    if not _NOUN_END.split(after)[0].strip() and _BARE_TOTAL.fullmatch(_SPACE.sub("", before)):
        return TOGETHER
    lead = "" if _JOINED.search(before) else _clean(before)
    if number.unit in {PERCENT, POINTS}:
        if last and (not lead or re.match(r"占|同比|环比|较|比|增|下降|回落|减", lead)):
            return last
        return lead[-_LONGEST:] or last
    if not lead or _ONLY_VERB.fullmatch(lead):
        noun = _clean(_DEEDS.split(_NOUN_END.split(after)[0])[0])
        if noun:
            return noun[:_LONGEST]
    return lead[-_LONGEST:] or last


def _clean(words: str) -> str:
    words = _QUOTES.sub("", _SPACE.sub("", words))
    words = _LEAD.sub("", words)
    words = _TAIL.sub("", words)
    return words.strip("、（）()")
