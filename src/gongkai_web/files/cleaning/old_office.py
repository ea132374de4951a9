"""What can be taken out of an old office file without rewriting it, and what has to be said of the rest?"""

from __future__ import annotations

from gongkai_web.files.cleaning.result import Cleaned, Removals
from gongkai_web.files.old_office import blank_summaries, examined, summaries


def clean_old_office(data: bytes, name: str = "") -> Cleaned:
    """An old office file with empty summaries. Nothing else in it can be changed safely, so the problems say what may remain."""
    held, removals = examined(data, name), Removals()
    if summaries(data):
        data = blank_summaries(data)
        removals.add("文档属性（作者、单位、标题等）")
    removals.problem(
        "旧格式文件里的批注、修订痕迹、隐藏文字和修订者姓名无法逐一清除；请用 WPS 或 Office 打开核对，最好另存为 PDF 或 .docx、.xlsx 后再公开。"
    )
    if held.hidden_sheets:
        removals.problem(f"工作簿里有{held.hidden_sheets}个隐藏的工作表，没有清除；请取消隐藏并核对，或另存为 .xlsx 后重新上传。")
    if held.objects:
        removals.problem(f"文件里嵌入了{held.objects}个别的软件的对象，没有清除；请改为图片后重新上传。")
    return removals.cleaned(data)
