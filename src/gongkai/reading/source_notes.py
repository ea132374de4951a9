"""What may a file itself give cause to say, before anything in it is understood?

Each note has a rule card, so that its page stands under 帮助 beside the rules of the check.
"""

from __future__ import annotations

from gongkai.kernel import Finding, Place, RuleCard, Status

CARDS: tuple[RuleCard, ...] = (
    RuleCard(
        "S101",
        Status.REMARK,
        "乱码已还原",
        "文件的文字曾按错误的编码转存，但原来的字节仍在，可以逐字还原；还原后的文字按正常文字读取。",
        "文字编码标准 GB 18030 与 UTF-8 的对应关系。",
        "“鏀垮簻淇℃伅鍏紑”",
        "还原为“政府信息公开”，并说明作过还原。",
    ),
    RuleCard(
        "S102",
        Status.UNCERTAIN,
        "文字已丢失",
        "文件中有问号、“锟斤拷”或替换符号，原来的字在转存时已经丢失，无法还原；含有这些符号的数据不作推测。",
        "丢失的字节不能从剩下的内容推出。",
        "“????????3?”",
        "请向原单位取得未损坏的文件后重新读取。",
    ),
    RuleCard(
        "S103",
        Status.UNCERTAIN,
        "表在附件里",
        "网页正文没有统计表，只给出附件的链接；附件没有随网页交来，因此表中数据没有读取。",
        "只读取交来的文件本身，不上网下载。",
        "网页只有“附件：统计表.xls”一行链接。",
        "把附件下载后与网页一起交来。",
    ),
    RuleCard(
        "S104",
        Status.REMARK,
        "隐藏内容未读取",
        "文件中有隐藏的文字、行、列、工作表或网页元素，打开文件时看不到，因此没有读取。",
        "报告以公众看得到的内容为准。",
        "隐藏的工作表中留有上年数据。",
        "删去隐藏内容，或取消隐藏后再读取。",
    ),
    RuleCard(
        "S105",
        Status.UNCERTAIN,
        "公式没有结果",
        "单元格中是公式，但文件没有保存计算结果；不代为计算，按没有读到数据处理。",
        "公式的结果以保存文件的软件算出的为准。",
        "合计一格只有“=SUM(B2:H2)”而没有结果。",
        "用 WPS 或 Excel 打开文件，等计算完成后保存，再读取。",
    ),
    RuleCard(
        "S106",
        Status.UNCERTAIN,
        "单元格为错误值",
        "单元格的公式出错，显示为 #REF!、#DIV/0! 等错误值，没有数据可读。",
        "错误值不是数据。",
        "“#REF!”",
        "改正公式或直接填写数字后保存，再读取。",
    ),
    RuleCard(
        "S107",
        Status.REMARK,
        "显示与数值不同",
        "单元格按格式显示的内容与保存的数值不同（例如四舍五入），按保存的数值读取；把 0 显示为空白或横线的，或者显示成另一个数而没有写明单位的（例如按千或万缩小显示），不能确定是哪一种，不作数字读取。",
        "表内计算使用的是保存的数值。",
        "数值为 8.5，按整数格式显示为 9。",
        "改用能完整显示数值的格式，或把数值改为应报的数。",
    ),
    RuleCard(
        "S108",
        Status.REMARK,
        "经转换读取",
        "文件是旧格式，已由本机的 LibreOffice 转换后读取，位置以转换后的文件为准。",
        "旧格式没有公开的稳定结构，转换后才能逐格读取。",
        "报告.doc",
        "另存为 .docx 或 .xlsx 后再读取，位置会更准确。",
    ),
    RuleCard(
        "S109",
        Status.UNCERTAIN,
        "有内容未读取",
        "文件中有外部框架、嵌入对象或替代内容块，不是文件正文的一部分，没有读取。",
        "只读取交来的文件正文，不打开其中嵌入的或外部的对象。",
        "报告正文中嵌入了一个 Excel 对象作为统计表。",
        "把嵌入的表格改为文件自身的表格后再读取。",
    ),
    RuleCard(
        "S110",
        Status.REMARK,
        "有修订痕迹",
        "文件留有没有接受的修订；插入的内容按已接受读取，删除的内容没有读取。",
        "报告以定稿为准。",
        "合计由“3”修订为“4”，两个数字都留在文件里。",
        "在 WPS 或 Word 中接受或拒绝全部修订后保存。",
    ),
    RuleCard(
        "S111",
        Status.REMARK,
        "从脚本中取出的表",
        "网页的表格写在脚本或文本框里，由浏览器运行后才显示；已从其中取出并读取。",
        "公众在浏览器中看到的内容即为报告内容。",
        'document.write("<table>…")',
        "把表格直接写在网页正文里。",
    ),
    RuleCard(
        "S112",
        Status.UNCERTAIN,
        "部分页面没有文字",
        "PDF 的部分页面只有图像而没有文字层，这些页面的内容没有读取；不作文字识别，以免认错数字。",
        "图像中的数字不能保证认得准确。",
        "正文可以选取文字，而附表一页是扫描图像。",
        "用原来的 Word 或 Excel 文件导出 PDF，或直接交来原文件。",
    ),
    RuleCard(
        "S113",
        Status.UNCERTAIN,
        "表格结构不能确定",
        "表格的行列不能从文件中确定，没有作为表格读取；文字仍保留，供人工核对。",
        "不能确定位置的数字不作推测。",
        "没有框线的表，数字与标题对不上列。",
        "交来 Word 或 Excel 原文件，或为表格加上框线后重新导出。",
    ),
    RuleCard(
        "S114",
        Status.UNCERTAIN,
        "划去的文字未读取",
        "文件中有加了删除线的文字，按已删除处理，没有读取；一格里的文字全部划去的，这一格既不当作空白，也不当作数字。",
        "报告以定稿为准，划去的数字不是报告的数据。",
        "同一格里有加了删除线的“12”和改后的“15”。",
        "删去划去的文字，只保留改后的内容。",
    ),
    RuleCard(
        "S115",
        Status.UNCERTAIN,
        "网页中途断了",
        "网页没有结束的标记：到表格中间就断了的，最后一格可能只剩一部分，按文字保留，不当作数字；在表格之前就断了的，表格没有读到。其后的内容没有随文件交来。",
        "不完整的数字不能从剩下的部分推出。",
        "下载中断的网页，最后一格“123”只剩“12”。",
        "重新下载或另存完整的网页后再读取。",
    ),
    RuleCard(
        "S116",
        Status.REMARK,
        "两份报告左右并排",
        "文件把两份报告（两个年度或两个机关）左右并排，两边的行标题相同；已分成两份，分别读取。",
        "每一份报告的数据只属于它自己的机关和年度。",
        "左边是2023年的统计表，右边是2024年的统计表。",
        "把两份报告分开，各存为一个文件。",
    ),
)

_STATUS = {card.code: card.status for card in CARDS}


def note(code: str, message: str, *places: Place, subject: tuple[str, ...] = ()) -> Finding:
    """A finding of one of the cards above; ``message`` is a whole Chinese sentence with the next step."""
    return Finding(rule=code, status=_STATUS[code], message=message, places=places, subject=subject)
