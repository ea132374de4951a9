"""Does the text carry a mark that says it is not meant for the public?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.hits import Certainty
from gongkai.screening.kind import Card, Kind, Stretch, each_passage
from gongkai.screening.passages import Passage
from gongkai.screening.settings import Settings

CARD = Card(
    key="restricted_mark",
    code="T111",
    name="内部、工作秘密标志",
    finds="“内部资料 注意保存”“工作秘密”“内部文件”“不予公开”“依申请公开”“仅供内部参考”“请勿外传”等标志：单独成行的，写在括号里的，写在“公开属性”“公开方式”后面的，以及正文里说本件属于工作秘密、要求不得外传的话。",
    leaves="正文里一般地说到工作秘密、内部管理、不予公开的情形的（如“涉及工作秘密的不予公开”）。",
    todo="先停下来，问清文件的来源单位和本机关的保密审查人员能不能公开；确能公开的，去掉标志再送审。",
    wrong="（内部资料　注意保存）",
    right="（此件公开发布）",
)
_MARK = (
    r"内\s?部\s?资\s?料|内\s?部\s?文\s?件|内\s?部\s?刊\s?物|内\s?部\s?材\s?料|内\s?部\s?事\s?项|内\s?部\s?使\s?用|内\s?部\s?参\s?考|内\s?部\s?传\s?阅|内\s?部\s?掌\s?握|(?:警\s?务\s?|检\s?察\s?|审\s?判\s?)?工\s?作\s?秘\s?密|敏\s?感\s?信\s?息"
    r"|内\s?部(?=\s?[·・]\s?注)|注\s?意\s?保\s?存|注\s?意\s?保\s?管|注\s?意\s?保\s?密|妥\s?善\s?保\s?管|阅\s?后\s?收\s?回|会\s?后\s?收\s?回|严\s?禁\s?外\s?传|不\s?得\s?外\s?传|请\s?勿\s?外\s?传|切\s?勿\s?外\s?传|严\s?禁\s?复\s?[印制]"
    r"|(?:此件)?不\s?予\s?公\s?开|(?:此件)?依\s?申\s?请\s?公\s?开|(?:此件)?不\s?公\s?开|(?:此件)?不\s?宜\s?公\s?开|仅\s?供\s?(?:内\s?部|领\s?导|工\s?作)[\u4e00-\u9fff]{0,6}"
)
_WHOLE = re.compile(
    rf"^\s*[（(【\[<《“〔]?\s*(?:{_MARK})(?:[\s,，、;；!！·・★☆—-]{{0,4}}(?:{_MARK})){{0,3}}\s*[★☆]?[\s0-9年个月长期]{{0,8}}[）)】\]>》”〕]?[。!！]?\s*$"
)
_BRACKETED = re.compile(
    rf"[（(【\[〔]\s*(?:此件|本件|本文|属于?)?(?:{_MARK})(?:[\s,，、;；!！·-]{{0,4}}(?:{_MARK})){{0,3}}\s*[★☆]?[\s0-9年个月长期]{{0,8}}[）)】\]〕]"
)
_ATTRIBUTE = re.compile(
    r"(?:公开属性|公开方式|公开类别|公开形式|信息公开选项|公开选项|公开类型)[：: ]{1,3}(不予公开|依申请公开|不公开|内部)"
)
_TICKED = re.compile(r"[☑☒√✓■]\s*不予公开|不予公开\s*[☑☒√✓]")
_LABEL = re.compile(r"公开属性|公开方式|公开类别|公开形式|公开选项|公开类型")
_ASKED = re.compile(
    r"(?:仅[供限]内部(?:使用|参考|交流|掌握|学习|传阅)|(?:严禁|不得|请勿|切勿)(?:对外(?:公开|提供|传播|宣传|散发)|外传|上网|在互联网(?:上)?(?:传播|发布)))"
)
_SAID = re.compile(
    r"(?:本|此|该)(?:文件|件|文|材料|资料|通知|报告)[^。；;，,]{0,8}?(?:属于?|列为|定为|确定为|系|为)(?:本机关|本单位)?(?:工作秘密|内部(?:资料|文件|材料|事项))"
    r"|内部(?:资料|文件|材料)[\s，,、·]{0,4}(?:请)?(?:注意|妥善)(?:保存|保管|保密)"
)
_HEADINGS = frozenset("依申请公开 不予公开 不公开 不宜公开 敏感信息 工作秘密 内部事项 妥善保管".split())
_LONGEST = 40
_WHY = "这里有“{mark}”的标志。请先停下来，问清来源单位和保密审查人员能不能公开。"


def find(passage: Passage, settings: Settings) -> Iterator[Stretch]:
    """A mark that makes up the passage, stands in brackets or after the name of the attribute; words that ask for silence."""
    del settings
    plain = passage.plain
    if len(plain) <= _LONGEST and (found := _WHOLE.match(plain)):
        named = plain.strip()
        if _is_heading(named) and not _LABEL.search(passage.label):
            return
        start = len(plain) - len(plain.lstrip())
        yield Stretch(start, start + len(named), _WHY.format(mark="".join(named.split())), Certainty.HIGH)
        return
    for pattern, certainty in (
        (_BRACKETED, Certainty.HIGH),
        (_ATTRIBUTE, Certainty.HIGH),
        (_SAID, Certainty.HIGH),
        (_ASKED, Certainty.MEDIUM),
        (_TICKED, Certainty.MEDIUM),
    ):
        for found in pattern.finditer(plain):
            yield Stretch(
                found.start(), found.end(), _WHY.format(mark="".join(found[0].split()).strip("（）()【】[]")), certainty
            )


def _is_heading(words: str) -> bool:
    """Whether a line's words are also those of a table or a menu (a column 依申请公开, a row 不予公开), and no mark without brackets."""
    return "".join(words.split()) in _HEADINGS


KIND = Kind(
    CARD,
    each_passage(find, "部", "秘", "保", "公", "传", "回", "复", "敏"),
)
