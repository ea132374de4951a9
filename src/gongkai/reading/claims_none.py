"""Where does prose say that there was none of something: 未收到, 尚无, 没有发生, or just 无 under a heading?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.claims_lexicon import Concept, concepts
from gongkai.reading.claims_sentences import Sentence

_DENIAL = re.compile(
    r"(?:尚未|均未|并未|从未|暂未|没有|未|没)(?:曾|有)?(?=收到|接到|接收|发生|出现|受理|产生|收取|收费|因|被|制发|制定|出台|引发|涉及|对|公民|依申请|关于|任何|行政|信息公开|政府信息|开展|发现|召开|举办|作出|实施|废止|结转)"
    r"|没有(?=[^，。；]{0,40}(?:申请|复议|诉讼|收费|费用|申诉|不予公开|部分公开|无法提供|不予处理|结转|延期|废止|行政处罚|行政许可|行政强制|新闻发布会|在线访谈))"
    r"|不存在(?=有关|因|被)"
    r"|(?:尚无|暂无|均无|并无|(?<![有毫从])无)(?!法|关|需|论|偿|障碍|正当|效|理由|纸|故|限|误|缝|疑|漏|遗|须|其[他它]需要|不|线|人)"
)
_NOUGHT = re.compile(r"(?:[均都]|数量|件数)?为(?:零|0|0件|零件)(?=[，。；]|$)")
_BOUNDARY = re.compile(r"[。；：！？]|[，](?![^，。；]{0,40}(?:均|都)为)")
_VERB = re.compile(r"(?:过)?(?:收到|接到|接收|发生|出现|受理|产生|收取|有)?(?:过|任何|一件|1件)?")
_CLAUSE_END = re.compile(r"[，。；：！？]|$")
_ONLY = re.compile(
    r"(?:本年度?|20\d\d年度?)?(?:我[局镇乡县区市办委]|本[局机关单位]+)?(?:无|没有|未发生|暂无|无此情况|无此类情况|没有发生)(?:情况|相关情况)?[。]?"
)
_PLAIN = re.compile(
    r"(?:针对|对|就|向)[\u4e00-\u9fff]{2,16}?(?:局|委|办|镇|乡|街道|办事处|政府|中心|单位|部门|机关)|（[^）]*）|20\d\d年度?"
    r"|公民|法人|以及|其[他它]|社会|组织|单位|个人|群众|公众|企事业|企业|申请人|自然人|市民|村民|居民|当事人|相对人|有关|关于|针对|涉及|相关|任何"
    r"|各类|方面|书面|正式|提出|提交|提起|递交|申请|要求|政务|政府|信息|公开|工作|事务|行为|情况|情形|案件|案例|事项|事件|现象|诉求|发生|出现|引起|引发|导致"
    r"|产生|造成|收到|接到|受理|接收|收取|收费|收入|减免|费用|行政|复议|诉讼|申诉|举报|投诉|信访|或者|本年度|年度|全年|今年|街道|办事处|部门|机关|中心|新收|数量|总数"
    r"|[的因由而被对就向我本局镇乡县区市省办委院案件起宗例等和及或与、一过了有依均都也新人次项数费为]"
)
"""Words that leave a denial general; any other word (转办, 纠错, 涉及商业秘密) limits what was denied."""
_NUMBERS = re.compile(r"[0-9０-９\s，,；;、。：:（）()]|没有|办结|答复|处理|全部|已|共|计|依法|其中|余")
_OF_SOME = re.compile(r"自然人|公民|法人|企业|组织|个人|群众|村民|市民|居民|当事人|街道|部门|中心")
_OF_REMEDIES = re.compile(r"答复|处理|办理|不服|政府机关|具体")
_REMEDIES = frozenset({"reviews", "litigation"})
_SPACE = re.compile(r"\s+")
_MOST_TRIES = 3  # words of denial in one clause; more is no sentence


@dataclass(frozen=True, slots=True)
class Denial:
    """The words by which a concept is said not to have happened, within the sentence."""

    concept: Concept
    start: int
    end: int
    text: str


def denials(sentence: Sentence) -> Iterator[Denial]:
    """Each concept the sentence denies, once."""
    plain = sentence.plain
    if _ONLY.fullmatch(_SPACE.sub("", plain)):
        body = sentence.text.strip()
        lead = len(sentence.text) - len(sentence.text.lstrip())
        for concept in _denied("无" + _SPACE.sub("", sentence.heading), sentence, headed=True):
            yield Denial(concept, lead, lead + len(body.rstrip("。")), body.rstrip("。"))
        return
    told: set[str] = set()
    yield from _noughts(sentence, told)
    reached = tries = 0
    for match in _DENIAL.finditer(plain):
        tries = tries + 1 if match.start() < reached else 0
        if tries > _MOST_TRIES:
            continue
        end = _CLAUSE_END.search(plain, match.end())
        stop = end.start() if end else len(plain)
        if "（" in plain[match.end() : stop] and "）" not in plain[match.end() : stop]:
            stop = plain.find("）", stop) + 1 or stop
        reached = stop
        clause = _SPACE.sub("", plain[match.start() : stop])
        verb = _VERB.match(plain, match.end())
        words = sentence.text[match.start() : verb.end() if verb else match.end()]
        for concept in _denied(clause, sentence, headed=False):
            if concept.label not in told:
                told.add(concept.label)
                yield Denial(concept, match.start(), stop, words.strip())


def _noughts(sentence: Sentence, told: set[str]) -> Iterator[Denial]:
    """What a clause counts and then says to be nought: …的情况均为零."""
    plain = sentence.plain
    for match in _NOUGHT.finditer(plain):
        start = max((m.end() for m in _BOUNDARY.finditer(plain, 0, match.start())), default=0)
        clause = _SPACE.sub("", plain[start : match.start()])
        for concept in _denied(f"无{clause}", sentence, headed=False):
            if concept.label not in told:
                told.add(concept.label)
                yield Denial(concept, start, match.end(), sentence.text[match.start() : match.end()])


def _denied(clause: str, sentence: Sentence, *, headed: bool) -> Iterator[Concept]:
    context = f"{sentence.heading}{sentence.plain}"
    for concept in concepts():
        if not (concept.none or concept.none_whole) or (
            concept.never is not None and concept.never.search(_without_denial(clause))
        ):
            continue
        if concept.context is not None and not headed and not concept.context.search(context):
            continue
        bare = _without_denial(clause)
        if any(pattern.fullmatch(bare) for pattern in concept.none_whole) or (
            any(pattern.match(bare) for pattern in concept.none) and (headed or _is_general(bare, concept))
        ):
            yield concept


def _is_general(clause: str, concept: Concept) -> bool:
    """Whether a clause denies all that an exact concept counts, and not only some kind of it."""
    if concept.strength != "exact":
        return True
    words = _OF_REMEDIES.sub("", clause) if concept.key in _REMEDIES else clause
    return not _PLAIN.sub("", words)


def is_plain(words: str) -> bool:
    """Whether words before a denial name nothing that would make it one of a kind only: 2023年，我局收到政府信息公开申请75件，."""
    return _OF_SOME.search(words) is None and not _NUMBERS.sub("", _PLAIN.sub("", words))


def _without_denial(clause: str) -> str:
    return re.sub(r"^(?:不存在|尚未|均未|并未|从未|暂未|没有|尚无|暂无|均无|并无|未|没|无)(?:曾|有)?", "", clause)
