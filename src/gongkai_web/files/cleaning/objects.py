"""What stands behind the picture of an embedded object, and how does the picture stay when the object goes?"""

from __future__ import annotations

import io

import olefile
from lxml import etree

from gongkai.reading.ooxml import attribute, child
from gongkai_web.files.cleaning.parts import Parts, named, without
from gongkai_web.files.cleaning.result import Removals
from gongkai_web.files.types import NotAccepted

_PACKAGER = frozenset(("package", "packager", "htmlfile", "wordpad.document", "scriptletfile", "forms.html:submitbutton.1"))
_NATIVE = "\x01ole10native"


def refuse_programs(parts: Parts, name: str) -> None:
    """Refuse a file in which another file – a program, say – is packed to be opened with a double click."""
    packed = [r.target for r in parts.every_relation() if r.kind in ("oleObject", "package") and r.target in parts]
    announced = {
        (attribute(node, "ProgID") or attribute(node, "progId") or "").lower()
        for part in parts.names
        if part.endswith((".xml", ".vml")) and "/media/" not in part
        for node in named(parts.tree(part), "OLEObject", "oleObj", "oleObject")
    }
    if announced & _PACKAGER or any(holds_program(parts.raw[target]) for target in packed):
        raise NotAccepted(
            "embedded", f"“{name}”里嵌入了别的文件或程序，双击就会运行，不能上传；请在 WPS 或 Office 中删去嵌入的对象后再上传。"
        )


def holds_program(data: bytes) -> bool:
    """Whether an embedded object is a program or a packed file."""
    if data.startswith((b"MZ", b"\x7fELF", b"#!")):
        return True
    if not data.startswith(olefile.MAGIC):
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = [entry[-1].lower() for entry in container.listdir()]
            if _NATIVE not in streams:
                return False
            path = next(e for e in container.listdir() if e[-1].lower() == _NATIVE)
            # Equations and other harmless objects use this stream too; a packed file names itself in it.
            head = container.openstream(path).read(4096)
            return b":\\" in head or b"MZ" in head or b"." in head[6:260].split(b"\x00", 1)[0]
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError):
        return True


def keep_pictures_of_objects(parts: Parts, bodies: tuple[str, ...], name: str, removals: Removals) -> None:
    """Take the data behind embedded objects out of a Word document; their pictures stay."""
    refuse_programs(parts, name)
    count = 0
    for part in bodies:
        objects = named(parts.tree(part), "OLEObject")
        count += len(objects)
        without(objects)
        _open_shells(parts.tree(part))
        for relation in parts.relations(part):
            if relation.kind in ("oleObject", "package"):
                parts.cut(relation)
    removals.add("嵌入对象背后的数据（图像保留）", count)


def _open_shells(root: etree._Element) -> None:
    """An object without its data is a picture."""
    for shell in named(root, "object"):
        if child(shell, "shape") is not None or named(shell, "imagedata"):
            space = str(shell.tag).rpartition("}")[0]
            shell.tag = f"{space}}}pict"
            for key in list(shell.attrib):
                del shell.attrib[key]


def refuse_objects(parts: Parts, name: str) -> None:
    """Refuse embedded objects where their picture cannot be kept: in workbooks and presentations."""
    refuse_programs(parts, name)
    found = [r for r in parts.every_relation() if r.kind in ("oleObject", "package") and "/charts/" not in f"/{r.source}"]
    if found:
        raise NotAccepted(
            "embedded",
            f"“{name}”里嵌入了{len(found)}个别的软件的对象（例如整份文档或表格），里面的内容会随文件流出；请把它们改为图片，或删去后再上传。",
        )
