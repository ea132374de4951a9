"""Which layers of a PDF are not shown, and how are their contents taken off the pages?"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from gongkai.errors import Unreadable
from gongkai.reading.limits import damaged
from gongkai_web.files.cleaning.result import Removals

_SHOWING = frozenset(("Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"))
_PAINTING = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s"))
_MAX_DEPTH = 12
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def drop_hidden_layers(pdf: pikepdf.Pdf, removals: Removals) -> None:
    """Take away what stands in layers that are switched off; the others become plain content."""
    if not isinstance(pdf.Root.get("/OCProperties"), pikepdf.Dictionary):
        return
    off = layers(pdf)
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        removals.add("隐藏图层里的内容", _clean_content(pdf, page.obj, page.obj, off, seen, 0))
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) and "/OC" in obj:
            if isinstance(obj, pikepdf.Stream) and off.hides(obj.get("/OC")):
                obj.write(b"")
                removals.add("隐藏图层里的内容")
            del obj["/OC"]
    removals.add("图层设置")


def layers(pdf: pikepdf.Pdf) -> Layers:
    """The layers of a PDF; one without any hides nothing."""
    found = pdf.Root.get("/OCProperties")
    return Layers(found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary())


class Layers:
    """Which layers are off when the file is opened."""

    def __init__(self, properties: pikepdf.Object) -> None:
        shown = properties.get("/D", pikepdf.Dictionary())
        groups = list(properties.get("/OCGs", pikepdf.Array()))
        all_off = shown.get("/BaseState") == "/OFF"
        self._off = {group.objgen for group in groups} if all_off else set()
        self._off -= {group.objgen for group in shown.get("/ON", pikepdf.Array())}
        self._off |= {group.objgen for group in shown.get("/OFF", pikepdf.Array())}

    def hides(self, member: pikepdf.Object | None) -> bool:
        """Whether content of this layer, or of this combination of layers, is not shown."""
        if not isinstance(member, pikepdf.Dictionary):
            return False
        if member.get("/Type") != "/OCMD":
            return member.objgen in self._off
        named = member.get("/OCGs")
        groups = list(named) if isinstance(named, pikepdf.Array) else [named] if named is not None else []
        states = [group.objgen not in self._off for group in groups if isinstance(group, pikepdf.Dictionary)]
        if not states:
            return False
        match str(member.get("/P", "/AnyOn")):
            case "/AllOn":
                return not all(states)
            case "/AnyOff":
                return all(states)
            case "/AllOff":
                return any(states)
            case _:
                return not any(states)


def _clean_content(
    pdf: pikepdf.Pdf, holder: pikepdf.Object, drawn: pikepdf.Object, off: Layers, seen: set[tuple[int, int]], depth: int
) -> int:
    """Drop what a content stream paints within hidden layers; how many sections. ``drawn`` is a page or a form."""
    if depth > _MAX_DEPTH:
        raise Unreadable("PDF 的图形嵌套太深，没有处理；请重新导出 PDF 后再上传。")
    resources = drawn.get("/Resources", pikepdf.Dictionary())
    properties = resources.get("/Properties", pikepdf.Dictionary())
    count = 0
    if isinstance(properties, pikepdf.Dictionary) and len(properties.keys()):
        kept, count = _kept(drawn, properties, off)
        if count:
            data = pikepdf.unparse_content_stream(kept)
            if isinstance(drawn, pikepdf.Stream):
                drawn.write(data)
            else:
                drawn["/Contents"] = pdf.make_stream(data)
    for form in _forms(resources):
        if form.objgen in seen:
            continue
        seen.add(form.objgen)
        count += _clean_content(pdf, holder, form, off, seen, depth + 1)
    return count


def _forms(resources: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kind in ("/XObject", "/Pattern"):
        found = resources.get(kind)
        if isinstance(found, pikepdf.Dictionary):
            for key in found.keys():  # noqa: SIM118 - a dictionary of PDF is no dict
                inner = found.get(key)
                if isinstance(inner, pikepdf.Stream) and inner.get("/Subtype") != "/Image":
                    yield inner


def _kept(drawn: pikepdf.Object, properties: pikepdf.Object, off: Layers) -> tuple[list[Instruction], int]:
    """The instructions without painting inside hidden sections, and how many such sections there were."""
    try:
        instructions = pikepdf.parse_content_stream(drawn)
    except pikepdf.PdfError as error:
        raise damaged() from error
    kept: list[Instruction] = []
    hidden: list[bool] = []
    count = 0
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            operands = instruction.operands
            off_here = (
                operator == "BDC"
                and len(operands) == 2
                and operands[0] == "/OC"
                and isinstance(operands[1], pikepdf.Name)
                and off.hides(properties.get(str(operands[1])))
            )
            count += off_here and not any(hidden)
            hidden.append(off_here)
        elif operator == "EMC" and hidden:
            hidden.pop()
        elif any(hidden) and operator in _SHOWING:
            continue
        elif any(hidden) and operator in _PAINTING:
            kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("n")))
            continue
        kept.append(instruction)
    return kept, count
