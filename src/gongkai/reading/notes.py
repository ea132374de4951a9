"""What may reading have to say about a report: what was left out, why, and what to do?

Each note has a rule card, so that its page stands under 帮助 beside the rules of the check.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.kernel import Finding, Place, RuleCard, Status

_BASIS = "年度报告格式规定的表样；不能确定的数据不作推测。"

NOTES: tuple[RuleCard, ...] = (
    RuleCard(
        "R901", Status.UNCERTAIN, "年度未找到",
        "报告的标题、表题和统计期限里都没有写明是哪一年的报告，因此年度留空。落款日期是发布日期，不作为年度。",
        "《政府信息公开条例》第五十条：年度报告应当反映上一年度的情况。",
        "标题只写“政府信息公开工作年度报告”，正文没有统计期限。", "标题写明“××局2023年政府信息公开工作年度报告”。",
    ),
    RuleCard(
        "R902", Status.UNCERTAIN, "机关名称未找到",
        "报告的标题、填报单位和落款里都没有找到行政机关的名称，因此名称留空。",
        "《政府信息公开条例》第四十九条：行政机关公布本机关的年度报告。",
        "标题只写“2023年政府信息公开工作年度报告”，没有落款。", "标题或落款写明机关全称。",
    ),
    RuleCard(
        "R903", Status.UNCERTAIN, "未找到统计表",
        "文件里没有找到任何一种已知格式的统计表，因此没有读出数据。",
        _BASIS,
        "只有文字总结，没有统计表；或者统计表是一张图片。", "交来含有统计表文字的文件。",
    ),
    RuleCard(
        "R904", Status.UNCERTAIN, "单元格个数不符",
        "一行里的数据个数与表样的列数不符，或者数据与标题对不上，不能确定哪个数字属于哪一格，这一行没有读取。",
        _BASIS,
        "“（一）予以公开”一行应有7个数，只有5个。", "补齐这一行的单元格，空着的格也要保留。",
    ),
    RuleCard(
        "R905", Status.UNCERTAIN, "空表",
        "表样齐全，但一格也没有填写，没有读出数据；空白不等于零。",
        _BASIS,
        "统计表只有标题，所有单元格都空着。", "没有发生的填0，不适用的写明“不适用”。",
    ),
    RuleCard(
        "R906", Status.UNCERTAIN, "乱码",
        "单元格里是问号或乱码，原来的内容已经丢失，没有读取。",
        "丢失的内容不能从剩下的内容推出。",
        "“??”", "取得未损坏的文件后重新读取。",
    ),
    RuleCard(
        "R907", Status.REMARK, "地方增设的行或列",
        "表里有全国表样没有的行或列，已按原有名称单独列出，不计入表样的单元格。",
        _BASIS,
        "在“规范性文件”下增设“其他主动公开文件”一行。", "地方要求增设的，保留即可；对外公布的报告以全国表样为准。",
    ),
    RuleCard(
        "R908", Status.UNCERTAIN, "表格或行缺失",
        "按这一格式应有的表或行没有在文件里找到，相应的数据没有读出。",
        _BASIS,
        "报告没有“政府信息公开行政复议、行政诉讼情况”的统计表。", "补上缺少的表或行；没有发生的也要填0。",
    ),
    RuleCard(
        "R909", Status.UNCERTAIN, "不是确定的数字",
        "单元格里写的不是一个确定的数字，按文字保留，不当作数值。",
        _BASIS,
        "“约20”“81.8.0”“1O”“无”", "写成阿拉伯数字；没有发生的写0。",
    ),
    RuleCard(
        "R910", Status.UNCERTAIN, "空白表样",
        "表里的数字只是行的序号或代码，没有填写数据，因此没有读出数据。",
        _BASIS,
        "“代码”一列为01至35，“本年累计”一列全空。", "交来填好的统计表。",
    ),
    RuleCard(
        "R911", Status.REMARK, "金额单位未注明",
        "金额没有写明单位，按表样的单位读取；请核对是元还是万元。",
        _BASIS,
        "采购总金额写“184719”。", "写明“184719元”或“18.4719万元”。",
    ),
    RuleCard(
        "R912", Status.UNCERTAIN, "年度或机关不一致",
        "标题、统计期限、表题、填报单位和落款所写的年度或机关名称不一致，按最有力的一处读取；分不出轻重的留空。",
        "《政府信息公开条例》第四十九条、第五十条。",
        "标题写2021年，统计期限写2020年1月1日至12月31日。", "各处写同一年度、同一机关。",
    ),
    RuleCard(
        "R913", Status.UNCERTAIN, "格式不能确定",
        "找到的表为几种格式所共有，又没有年度可以区分，暂按其中一种列出。",
        _BASIS,
        "只有行政复议、行政诉讼情况表，也没有写年度。", "补齐其余的表，并写明年度。",
    ),
    RuleCard(
        "R914", Status.REMARK, "同一份表出现两次",
        "文件里有两份内容完全相同的表，只列出一份。",
        "同一机关同一年度只有一份年度报告。",
        "网页正文和附件预览各有一份统计表。", "保留一份即可。",
    ),
    RuleCard(
        "R915", Status.REMARK, "数字带有注码",
        "数字后面有上标的小字，按注码处理，没有算进数值。",
        "上标的注码是表外说明的标记，不是数据。",
        "“15¹”读作15，不读作151。", "把注移到表外，单元格里只写数字。",
    ),
    RuleCard(
        "R916", Status.UNCERTAIN, "数值与原文不一致",
        "JSON 数据里一个单元格的数值或状态与它自己所带的原文不一致，不能确定以哪个为准，这一格没有读取。",
        _BASIS,
        '"value": 1，而 "text": "9"', "对照报告原文改正，或者用本程序重新读取原文件。",
    ),
    RuleCard(
        "R917", Status.REMARK, "标题断开或截断",
        "行标题或列标题在文件里分成了几行、几格，或者没有写完；拼合后与表样的一个标题完全相同，或者表样里只有一个标题这样开头，因此按那个标题读取。",
        _BASIS,
        "“社会公益”在一行，“组织”在另一行。", "标题写在一格里，写完整。",
    ),
    RuleCard(
        "R918", Status.REMARK, "标题有错字、多字或少字",
        "行标题混进了旁边竖排标题的字，或者与表样差一个字（很长的标题差两个字）而上一行和下一行正是表样里它的上下两行，因此按表样的那一行读取；分不出是哪一行的，不读取。",
        _BASIS,
        "“属于国冢秘密”、“重复申清”。", "标题按表样写。",
    ),
    RuleCard(
        "R919", Status.REMARK, "标题写作繁体字或带注音",
        "行标题或列标题写作繁体字，或者字后的括号里带有注音；换成简体字、去掉注音后与表样的标题相同，因此按那个标题读取。",
        _BASIS,
        "“行政許可”、“規(guī)章”。", "标题按表样写。",
    ),
    RuleCard(
        "R920", Status.REMARK, "年度或日期写法有误",
        "年度多写了数字，或者年、月、日连写，只有一种读法讲得通，按那一种读取。",
        "《政府信息公开条例》第五十条：年度报告应当反映上一年度的情况。",
        "“202020年12月31日”、“20231月1日”。", "写作“2020年12月31日”、“2023年1月1日”。",
    ),
)  # fmt: skip

_STATUS = {card.code: card.status for card in NOTES}


def note(code: str, message: str, places: Iterable[Place] = (), subject: Iterable[str] = ()) -> Finding:
    """A finding of one of the notes above; ``message`` is a whole Chinese sentence with the reason and the next step."""
    return Finding(code, _STATUS[code], message, places=tuple(places), subject=tuple(subject))
