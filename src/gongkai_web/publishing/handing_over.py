"""What leaves the program when an approved version is published on somebody else's website?

One ZIP with everything that the other site's editor needs and nothing else. The same version always makes the same bytes, so that whoever
holds two copies can tell that they are one. It is made only of the version that was approved last and only while nothing was changed since.
"""

from __future__ import annotations

import datetime as dt
import html as entities
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from gongkai.writing.package import stable
from gongkai_web.files import storage
from gongkai_web.flow.models import Approval
from gongkai_web.publishing.going_public import approved_version, require_scanned
from gongkai_web.publishing.models import Attribute, Channel, Item, Version
from gongkai_web.trail import digests
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import NotPossible

EPOCH = (1980, 1, 1, 0, 0, 0)
FOOT_MARKS = {Attribute.PROACTIVE: "此件公开发布", Attribute.REDACTED: "此件删减后公开"}
_PICTURE = re.compile(r'src="attachment:([a-z0-9]+:[0-9a-f]+)"')
_STANDS = re.compile(r'(<(?:p|h[2-4]|t[dh])\b[^>]*?) class="(center|right)(?: [a-z ]*)?"')
_CLASS = re.compile(r' class="[^"]*"')
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|tr|caption|blockquote)>|<br ?/?>|<hr ?/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh])", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Package:
    """A hand-over package: its file name, its bytes, and the code by which its version is known on paper."""

    name: str
    data: bytes
    code: str
    digest: str


def package(item: Item) -> Package:
    """The package of an item's approved version. NotPossible, in words, for any other, and while the scan has something open."""
    if item.category.channel != Channel.ELSEWHERE:
        raise NotPossible("这个栏目在本平台发布，不需要移交包。要移交其他网站发布的，请先在栏目设置中改变发布方式。")
    version, approval = approved_version(item)
    require_scanned(item, version, version.attachments)
    files = _files(version)
    about = _about(item, version, approval)
    members = {
        "说明.txt": _readme(item, version, files).encode("utf-8-sig"),
        "正文.html": fragment(version, files).encode(),
        "正文.txt": _text(version, files).encode("utf-8-sig"),
        "信息要素.xlsx": _sheet(about),
        "信息要素.json": json.dumps(about, ensure_ascii=False, indent=1).encode(),
    }
    for kept in version.attachments:
        members[files[kept["digest"]]] = _bytes(kept)
    front = item.index_number.replace("/", "-")
    name = f"移交_{_safe(front)}_{version.short_code}.zip"
    return Package(name, _zip(members), version.short_code, version.digest)


def fragment(version: Version, files: Mapping[str, str]) -> str:
    """The text in tags that every site's editor takes: no style, no class, no address of ours; pictures by their names in the package."""
    text = _PICTURE.sub(lambda found: f'src="{entities.escape(files.get(found[1], ""))}"', version.html)
    text = _CLASS.sub("", _STANDS.sub(r'\1 align="\2"', text))
    named = [f for kept in version.attachments if not kept["embedded"] for f in (files[kept["digest"]],)]
    parts = [text, f"<p>（{_foot_mark(version)}）</p>"]
    if named:
        parts.append("<p>附件：</p>")
        parts.append(f"<ol>{''.join(f'<li>{entities.escape(_shown(f))}</li>' for f in named)}</ol>")
    return "\n".join(p for p in parts if p) + "\n"


def _files(version: Version) -> dict[str, str]:
    """Where each file of the version lies in the package, by digest: numbered, because names may repeat."""
    found: dict[str, str] = {}
    for n, kept in enumerate(version.attachments, start=1):
        folder = "图片" if kept["embedded"] else "附件"
        found[kept["digest"]] = f"{folder}/{n:02}_{_safe(kept['name'])}"
    return found


def _bytes(kept: Mapping[str, Any]) -> bytes:
    """A file's bytes, only when they still are what was approved."""
    try:
        data = storage.read(kept["digest"])
    except OSError:
        raise NotPossible(f"附件“{kept['name']}”的文件读不出来。请联系系统管理员从备份恢复，再下载移交包。") from None
    if digests.digest(data, digests.algorithm_of(kept["digest"])) != kept["digest"]:
        raise NotPossible(f"附件“{kept['name']}”与审定的不一致，可能已经损坏。请联系系统管理员从备份恢复，再下载移交包。")
    return data


def _about(item: Item, version: Version, approval: Approval) -> dict[str, str]:
    """The metadata as they are printed, what is empty left out."""
    rows = {
        "索引号": item.index_number,
        "标题": version.title,
        "发文字号": version.document_number,
        "发文机关": "、".join(filter(None, (version.issuer, *item.joint_bodies))),
        "主题分类": version.theme,
        "体裁分类": version.genre,
        "成文日期": _day(version.made_on),
        "施行日期": _day(version.effective_on),
        "公开属性": Attribute(version.attribute).label,
        "公开依据": version.basis,
        "内容概述": version.summary,
        "关键词": version.keywords,
        "信息来源": version.source,
        "栏目": item.category.name,
        "审定日期": _day(approval.approved_at.astimezone(clock.BEIJING).date()),
        "版本": f"第{version.number}版",
        "审批单编号": version.short_code,
        "内容校验值": version.digest,
    }
    return {word: value for word, value in rows.items() if value}


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _sheet(about: Mapping[str, str]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a sheet
    sheet.title = "信息要素"
    for row, (word, value) in enumerate(about.items(), start=1):
        sheet.cell(row, 1, word).font = Font(bold=True)
        cell = sheet.cell(row, 2, "".join(c for c in value if c in "\t\n" or ord(c) >= 32))
        cell.data_type = "s"  # a title that begins with = is a title
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 80
    made = io.BytesIO()
    book.save(made)
    return stable(made.getvalue())


def _readme(item: Item, version: Version, files: Mapping[str, str]) -> str:
    attached = [f for f in files.values() if f.startswith("附件/")]
    shown = [f for f in files.values() if f.startswith("图片/")]
    lines = [
        f"移交发布说明：《{version.title}》",
        "",
        f"索引号：{item.index_number}",
        f"审批单编号：{version.short_code}（与审批单、办理记录上的编号一致）",
        f"内容校验值：{version.digest}",
        "",
        "怎样发布",
        "1. 在网站后台新建文章，标题照“信息要素.xlsx”填写。",
        "2. 把“正文.html”的全部内容粘贴到编辑器的源代码方式下；不支持源代码的，粘贴“正文.txt”。",
        f"3. 正文里有 {len(shown)} 张图片，请上传“图片”文件夹里的文件，并在原位置插入。" if shown else "3. 正文里没有图片。",
        f"4. 上传“附件”文件夹里的 {len(attached)} 个附件，不要改动内容。" if attached else "4. 没有附件。",
        "5. 发布后回到系统，登记发布日期和网址；登记以后，这条信息才算已经公开。",
        "",
        "请注意",
        "移交包只对应审定的这一版。发布前不要增删、改写；需要修改的，请退回修改并重新送审，用新的移交包。",
        "审定以后内容又改动过的，系统不再提供移交包，以前下载的也不得使用。",
        "",
    ]
    return "\r\n".join(lines)


def _text(version: Version, files: Mapping[str, str]) -> str:
    words = entities.unescape(_TAG.sub("", _BLOCK_END.sub("\n", _CELL_END.sub("\t", version.html))))
    lines = [line.rstrip() for line in words.splitlines()]
    attached = [_shown(f) for f in files.values() if f.startswith("附件/")]
    head = [version.title, *([version.document_number] if version.document_number else []), ""]
    foot = ["", f"（{_foot_mark(version)}）", *(["", "附件：", *attached] if attached else [])]
    return "\r\n".join([*head, *(line for line in lines if line.strip()), *foot]) + "\r\n"


def _foot_mark(version: Version) -> str:
    return FOOT_MARKS[Attribute(version.attribute)]


def _shown(member: str) -> str:
    """The name by which a reader knows a file, without folder and number."""
    return member.partition("_")[2]


def _safe(name: str) -> str:
    """A file name that every system takes and that leads nowhere."""
    return _UNSAFE.sub("_", name).strip(" .")[:120] or "文件"


def _zip(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return made.getvalue()
