"""What do all three kinds of office file carry about their writers, and how is it taken out of them alike?"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from gongkai.errors import Unreadable
from gongkai.reading.ooxml import local_name
from gongkai_web.files.cleaning.parts import Parts, Relation, named, without
from gongkai_web.files.cleaning.picture import clean_picture
from gongkai_web.files.cleaning.result import NeedsChoice, Removals
from gongkai_web.files.types import PICTURES, NotAccepted, content_type

# The last part of a relationship's type, and the word for what goes with it.
_GONE = {
    "core-properties": "文档属性（作者、最后修改者、标题、修改时间等）",
    "extended-properties": "文档属性（单位、模板、编辑时间等）",
    "custom-properties": "自定义属性",
    "thumbnail": "缩略图",
    "customXml": "附带的 XML 数据",
    "comments": "批注",
    "commentsExtended": "批注",
    "commentsIds": "批注",
    "commentsExtensible": "批注",
    "threadedComment": "批注",
    "commentAuthors": "批注作者名单",
    "authors": "批注作者名单",
    "person": "批注作者名单",
    "people": "批注作者名单",
    "printerSettings": "打印机设置",
    "attachedTemplate": "模板的位置",
    "externalLink": "外部工作簿的链接和数据",
    "externalLinkPath": "外部工作簿的链接和数据",
    "connections": "数据连接",
    "queryTable": "数据查询",
    "revisionHeaders": "共享修订记录",
    "usernames": "共享用户名单",
    "mailMergeSource": "邮件合并的数据源",
    "mailMergeHeaderSource": "邮件合并的数据源",
    "recipientData": "邮件合并的数据源",
    "webExtension": "加载项",
    "webextensiontaskpanes": "加载项",
    "taskpanes": "加载项",
    "keyMapCustomizations": "按键和工具栏设置",
    "attachedToolbars": "按键和工具栏设置",
    "customization": "按键和工具栏设置",
    "extensibility": "按键和工具栏设置",
    "ui": "按键和工具栏设置",
    "glossaryDocument": "自动图文集",
    "stylesWithEffects": "样式的副本",
    "tags": "加载项数据",
    "subDocument": "子文档的链接",
    "transform": "转换文件的链接",
    "powerPivotData": "数据模型",
    "model": "数据模型",
    "changesInfo": "协作记录",
    "revisionInfo": "协作记录",
    "documenttasks": "协作记录",
    "xmlMaps": "XML 映射",
    "volatileDependencies": "实时数据连接",
}
_SIGNATURE = "origin"
_PRIVATE_SUFFIXES = (".local", ".lan", ".internal", ".corp", ".home", ".localdomain")
_LOCAL_PATH = re.compile(r"^(?:[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|tmp|var|private)/)", re.IGNORECASE)
_PATH_WITHIN = re.compile(r"(?:[A-Za-z]:\\|\\\\[^\\\s]+\\|file:///?)[^\s\"'<>]*", re.IGNORECASE)
_MACROS = ("vbaProject", "vbaProjectSignature", "xlMacrosheet", "xlIntlMacrosheet", "wordVbaData")
_CONTROLS = ("control", "activeXControlBinary", "ctrlProp")


def refuse_active(parts: Parts, name: str) -> None:
    """Refuse macros, controls, dialog sheets, and whole documents set in under another format."""
    kinds = {relation.kind for relation in parts.every_relation()}
    names = [n.lower() for n in parts.names]
    if kinds & set(_MACROS) or any("vbaproject" in n or "/macrosheets/" in n or "/dialogsheets/" in n for n in names):
        raise NotAccepted(
            "macros",
            f"“{name}”带有宏，不能上传，因为宏会在打开者的电脑上运行；请用 WPS 或 Office 打开，另存为不带宏的格式后再上传。",
        )
    if kinds & set(_CONTROLS[:2]) or any("/activex/" in n for n in names):
        raise NotAccepted("embedded", f"“{name}”带有可以运行的控件（ActiveX），不能上传；请在 WPS 或 Office 中删除控件后再上传。")
    if "aFChunk" in kinds:
        raise NotAccepted(
            "embedded", f"“{name}”中有一段内容以另一种格式整体嵌入，无法检查；请在 WPS 或 Word 中打开并重新保存后再上传。"
        )


def drop_signatures(parts: Parts, removals: Removals, *, agreed: bool) -> None:
    """Take electronic signatures out when that was decided; NeedsChoice otherwise."""
    signed = [r for r in parts.relations("") if r.kind == _SIGNATURE and "signature" in r.target.lower()]
    if not signed:
        return
    if not agreed:
        raise NeedsChoice(
            "drop_signatures",
            "文件带有电子签名，清理后签名会失效；请确认可以去掉签名后继续，或者改为上传不带签名的文件。",
        )
    for relation in signed:
        parts.cut(relation)
    removals.add("电子签名", len(signed))


def drop_properties(parts: Parts, removals: Removals) -> None:
    """Take out properties, comments, printer settings, links outside and everything else that tells of people and places."""
    counted: set[tuple[str, str]] = set()
    for relation in parts.cut_where(lambda r: r.kind in _GONE and not (r.kind == "ui" and r.source)):
        word = _GONE[relation.kind]
        if word.startswith("批注") and relation.kind == "comments":
            removals.add("批注", _comments_in(parts, relation))
        elif (relation.source, word) not in counted and word != "批注":
            counted.add((relation.source, word))
            removals.add(word)
    drop_outside(parts, removals)


def _comments_in(parts: Parts, relation: Relation) -> int:
    if relation.target not in parts:
        return 0
    return max(1, len(named(parts.tree(relation.target), "comment", "cm")))


def drop_outside(parts: Parts, removals: Removals) -> None:
    """Take out what leads outside the file, but for links a reader may follow on the open network."""
    for relation in parts.cut_where(_leads_astray):
        removals.add("指向本机或内部网络的链接" if relation.kind == "hyperlink" else "指向文件外部的内容链接")


def _leads_astray(relation: Relation) -> bool:
    if not relation.external:
        return False
    return relation.kind != "hyperlink" or not is_public_address(relation.target)


def is_public_address(address: str) -> bool:
    """Whether a link leads to the open network or to a mailbox: not to this machine, a share, or an internal address."""
    if address.startswith("#"):
        return True
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme.lower() in ("mailto", "tel"):
        return True
    if parts.scheme.lower() not in ("http", "https", "ftp") or "." not in host or host.endswith(_PRIVATE_SUFFIXES):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def drop_local_paths(parts: Parts, removals: Removals) -> None:
    """Empty descriptions of pictures that are nothing but a place on somebody's machine."""
    for name in parts.xml_names():
        for element in parts.tree(name).iter():
            if local_name(element) not in ("docPr", "cNvPr", "shape", "imagedata", "rect"):
                continue
            for key, value in list(element.attrib.items()):
                if str(key).rpartition("}")[2] in ("descr", "title", "alt", "name", "href", "src") and _LOCAL_PATH.match(
                    str(value)
                ):
                    element.attrib[key] = ""
                    removals.add("图片说明里的本机路径")


def drop_embedded_workbooks(parts: Parts, removals: Removals) -> None:
    """Take the workbook out from behind each chart; the chart shows the values it keeps itself."""
    charts = [r for r in parts.every_relation() if "/charts/" in f"/{r.source}" and r.kind in ("package", "oleObject")]
    for relation in charts:
        parts.cut(relation)
        without(named(parts.tree(relation.source), "externalData"))
    removals.add("图表背后的数据工作簿", len(charts))


def clean_pictures(parts: Parts, removals: Removals) -> None:
    """Clean every picture inside, and tell of those cut to a part of themselves."""
    changed = 0
    for name in parts.names:
        kind = content_type(parts.raw[name]) if "/media/" in f"/{name}" else None
        if kind not in PICTURES or kind is None:
            continue
        try:
            cleaned = clean_picture(parts.raw[name], kind, turn=False)
        except Unreadable:
            removals.problem("文件里有打不开的图片，其中的信息没有清除；请删去或换掉这张图片后再上传。")
            continue
        changed += bool(cleaned.removed) and cleaned.data != parts.raw[name]
        parts.raw[name] = cleaned.data
    removals.add("图片里的拍摄信息和说明", changed)
    cropped = sum(_is_cropped(node) for name in parts.xml_names() for node in named(parts.tree(name), "srcRect"))
    if cropped:
        removals.problem(
            f"有{cropped}张图片被裁剪过，裁去的部分仍然留在文件里；请在 WPS 或 Office 中选择“压缩图片—删除图片的剪裁区域”后重新上传。"
        )


def _is_cropped(node: object) -> bool:
    return any(str(value).lstrip("-0") not in ("", "%") for value in getattr(node, "attrib", {}).values())


def path_within(text: str) -> bool:
    """Whether a text names a place on a machine or a share."""
    return _PATH_WITHIN.search(text) is not None
