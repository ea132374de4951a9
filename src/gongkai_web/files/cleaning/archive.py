"""How is a ZIP cleaned: every member cleaned by itself and packed anew, without names of machines and times?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from gongkai_web.files.archives import has_rubbish, members
from gongkai_web.files.cleaning.result import Cleaned, NeedsChoice
from gongkai_web.files.types import Upload

_EPOCH = (1980, 1, 1, 0, 0, 0)


def clean_archive(data: bytes, name: str, clean: Callable[[Upload], Cleaned]) -> Cleaned:
    """The archive with every member cleaned; words and problems carry the member's name."""
    removed: list[str] = []
    problems: list[str] = []
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members(data, name):
            try:
                cleaned = clean(member.upload)
            except NeedsChoice as choice:
                raise NeedsChoice(choice.choice, f"压缩包里的“{member.path}”：{choice}", choice.details) from choice
            removed += [f"“{member.path}”：{word}" for word in cleaned.removed]
            problems += [f"“{member.path}”：{problem}" for problem in cleaned.problems]
            info = zipfile.ZipInfo(member.path, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, cleaned.data)
    if has_rubbish(data):
        removed.append("操作系统留下的文件")
    return Cleaned(made.getvalue(), tuple(removed), tuple(problems))
