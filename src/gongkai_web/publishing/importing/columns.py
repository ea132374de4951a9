"""Which column of a spreadsheet means what: guessed by its heading, shown, kept in a file that a person corrects?"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.errors import BadInput
from gongkai.reasons import syntax_reason

# Field: its word, and the headings by which it is recognised.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "title": ("标题", ("标题", "名称", "信息名称", "文件名称", "文章标题", "题名")),
    "category": ("栏目", ("栏目", "分类", "类别", "所属栏目", "栏目名称", "信息分类")),
    "published_on": ("发布日期", ("发布日期", "公开日期", "发布时间", "公开时间", "上网日期")),
    "made_on": ("成文日期", ("成文日期", "生成日期", "产生日期", "制发日期", "印发日期")),
    "effective_on": ("施行日期", ("施行日期", "实施日期", "生效日期")),
    "document_number": ("发文字号", ("发文字号", "文号", "文件编号")),
    "issuer": ("发文机关", ("发文机关", "发布机构", "发文单位", "发布单位")),
    "summary": ("内容概述", ("内容概述", "概述", "摘要", "内容摘要")),
    "keywords": ("关键词", ("关键词", "主题词")),
    "theme": ("主题分类", ("主题分类",)),
    "genre": ("体裁分类", ("体裁分类", "体裁")),
    "source": ("信息来源", ("信息来源", "来源")),
    "validity": ("有效性", ("有效性", "时效", "时效性")),
    "index_number": ("原索引号", ("索引号", "原索引号")),
    "address": ("原网址", ("原网址", "网址", "链接", "地址", "在线链接地址")),
    "text": ("正文", ("正文", "内容", "正文内容")),
    "text_file": ("正文文件", ("正文文件", "正文文件名")),
    "attachments": ("附件", ("附件", "附件文件", "附件名称")),
}
NEEDED = ("title", "category")
NEEDED_PUBLISHED = ("published_on",)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which heading each field is taken from, and which of our categories an old one means."""

    columns: Mapping[str, str]
    categories: Mapping[str, str] = field(default_factory=dict)


def guessed(headings: Sequence[str]) -> Columns:
    """What the headings seem to mean; each is used once."""
    found: dict[str, str] = {}
    for name, (_, words) in FIELDS.items():
        for word in words:
            match = next((h for h in headings if _plain(h) == word and h not in found.values()), None)
            if match is not None:
                found[name] = match
                break
    return Columns(found)


def read(path: Path, headings: Sequence[str]) -> Columns:
    """A mapping from its file. BadInput for what is not one, or names a heading that the spreadsheet does not have."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"对应关系文件“{path}”读不了：{syntax_reason(error)}。请改正，或者删去后重新生成。") from None
    columns, categories = document.get("columns", {}), document.get("categories", {})
    if not isinstance(columns, dict) or not isinstance(categories, dict):
        raise BadInput(f"对应关系文件“{path}”应当有 [columns] 和 [categories] 两节。请改正，或者删去后重新生成。")
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise BadInput(f"对应关系文件里不认识“{unknown[0]}”，可以写的有：{'、'.join(FIELDS)}。")
    missing = [str(h) for h in columns.values() if h and h not in headings]
    if missing:
        raise BadInput(f"表格里没有“{missing[0]}”这一列。请在“{path}”里改正，表格现有：{'、'.join(headings)}。")
    used = {name: str(h) for name, h in columns.items() if h}
    return Columns(used, {str(old): str(new) for old, new in categories.items()})


def written(mapping: Columns, old_categories: Sequence[str]) -> str:
    """The mapping as a file for a person to correct."""
    lines = ["# 左边是系统的项目，右边是表格的列名；没有的留空引号。", "[columns]"]
    for name, (word, _) in FIELDS.items():
        lines.append(f"{name} = {json.dumps(mapping.columns.get(name, ''), ensure_ascii=False)}  # {word}")
    lines += ["", "# 左边是表格里的栏目，右边是本机关栏目的名称或者标识。", "[categories]"]
    for old in old_categories:
        lines.append(f"{json.dumps(old, ensure_ascii=False)} = {json.dumps(mapping.categories.get(old, ''), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _plain(heading: str) -> str:
    return "".join(heading.split()).strip("*：:（）()")
