"""How is a PDF cleaned so that its pages show the same and nothing else is left in it?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf

from gongkai.errors import Unreadable
from gongkai.reading.limits import damaged
from gongkai.reading.pdf import refuse_bombs
from gongkai_web.files.cleaning.pdf_layers import drop_hidden_layers
from gongkai_web.files.cleaning.pdf_marks import settle_annotations
from gongkai_web.files.cleaning.picture_segments import jpeg
from gongkai_web.files.cleaning.result import Choices, Cleaned, NeedsChoice, Removals
from gongkai_web.files.types import NotAccepted

MAX_OBJECTS = 400_000
_ROOT_KEPT = frozenset(
    "/Type /Pages /Lang /MarkInfo /StructTreeRoot /Outlines /PageLabels /PageLayout /PageMode /ViewerPreferences /Dests /Names "
    "/Version /Extensions /OutputIntents".split()
)
_PAGE_KEPT = frozenset(
    "/Type /Parent /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /Contents /Annots /StructParents /Tabs "
    "/UserUnit /Group".split()
)
_EVERYWHERE = {
    "/Metadata": "文档属性（XMP）",
    "/PieceInfo": "制作软件留下的私有数据",
    "/LastModified": "",
    "/Thumb": "缩略图",
    "/AF": "附件",
    "/OPI": "外部图像的链接",
}
_FAULTS = (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, NotImplementedError)
_SAFE_ACTIONS = frozenset(("/GoTo", "/URI", "/Named"))


def clean_pdf(data: bytes, name: str = "", choices: Choices | None = None) -> Cleaned:
    """A PDF written anew: no properties, earlier states, comments, attachments, scripts, hidden layers; the pages show the same.

    Filled forms, stamps and drawn marks become part of the page. Raises NotAccepted when a password is needed or the pages are made
    by a program within, NeedsChoice when it is signed.
    """
    refuse_bombs(data)
    choices = choices or Choices()
    removals = Removals()
    with opened_pdf(data, name) as pdf:
        refuse_xfa(pdf, name)
        _settle_signatures(pdf, removals, choices)
        if pdf.is_encrypted:
            removals.add("使用限制（禁止打印、复制等）")
        states = data.count(b"startxref")
        if states > 1 and not pdf.is_linearized:
            removals.add("以前保存的内容", states - 1)
        settle_annotations(pdf, removals)
        drop_hidden_layers(pdf, removals)
        _drop_from_root(pdf, removals)
        _drop_everywhere(pdf, removals)
        for page in pdf.pages:
            for key in [key for key in page.obj.keys() if key not in _PAGE_KEPT]:  # noqa: SIM118 - a dictionary of PDF is no dict
                del page.obj[key]
        if pdf.trailer.get("/Info") is not None:
            removals.add("文档属性（作者、标题、软件、时间等）", int(len(pdf.trailer.Info.keys()) > 0))
            del pdf.trailer["/Info"]
        pdf.remove_unreferenced_resources()
        made = io.BytesIO()
        pdf.save(
            made,
            encryption=False,
            deterministic_id=True,
            preserve_pdfa=False,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return removals.cleaned(made.getvalue())


@contextmanager
def opened_pdf(data: bytes, name: str = "") -> Iterator[pikepdf.Pdf]:
    """The PDF's objects; NotAccepted when a password is needed, Unreadable when it is damaged, also when that shows only in use."""
    pdf = _opened(data, name)
    try:
        yield pdf
    except _FAULTS as error:
        # Objects are read when they are asked for: a broken one turns up as any of these, wherever it is first touched.
        raise damaged() from error
    finally:
        pdf.close()


def _opened(data: bytes, name: str) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(data), access_mode=pikepdf.AccessMode.stream)
    except pikepdf.PasswordError as error:
        raise NotAccepted("encrypted", f"“{name}”设有打开密码，无法检查其中的内容；请取消密码后再上传。") from error
    except _FAULTS as error:
        raise damaged() from error
    try:
        if len(pdf.objects) > MAX_OBJECTS:
            raise Unreadable("PDF 里的对象过多，没有处理；请拆成几个文件，或重新导出后再上传。")
        if not len(pdf.pages):
            raise damaged()
    except _FAULTS as error:
        pdf.close()
        raise damaged() from error
    except Unreadable:
        pdf.close()
        raise
    return pdf


def _form(pdf: pikepdf.Pdf) -> pikepdf.Object | None:
    form = pdf.Root.get("/AcroForm")
    return form if isinstance(form, pikepdf.Dictionary) else None


def refuse_xfa(pdf: pikepdf.Pdf, name: str) -> None:
    """Refuse a form whose pages a program within draws."""
    form = _form(pdf)
    if pdf.Root.get("/NeedsRendering") or (form is not None and "/XFA" in form):
        raise NotAccepted(
            "script", f"“{name}”是由程序生成页面的动态表单，显示的内容无法检查；请用阅读器打开，打印为普通 PDF 后再上传。"
        )


def signatures(pdf: pikepdf.Pdf) -> int:
    """How many fields are signed."""
    return sum(
        1
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/FT") == "/Sig" and isinstance(obj.get("/V"), pikepdf.Dictionary)
    )


def _settle_signatures(pdf: pikepdf.Pdf, removals: Removals, choices: Choices) -> None:
    count = signatures(pdf)
    if not count:
        return
    if not choices.drop_signatures:
        raise NeedsChoice(
            "drop_signatures",
            f"PDF 带有{count}处电子签名（电子印章），清理后签名会失效，只留下图样；请确认可以这样做后继续，或者改为上传不带签名的文件。",
        )
    removals.add("电子签名（保留图样）", count)


def _drop_from_root(pdf: pikepdf.Pdf, removals: Removals) -> None:
    root = pdf.Root
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        if "/EmbeddedFiles" in names:
            removals.add("附件", max(1, _count_files(names.EmbeddedFiles)))
        if "/JavaScript" in names:
            removals.add("脚本（JavaScript）")
        for key in [key for key in names.keys() if key != "/Dests"]:  # noqa: SIM118 - a dictionary of PDF is no dict
            del names[key]
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") not in (None, "/GoTo"):
        removals.add("打开时自动执行的动作")
    if "/AA" in root:
        removals.add("打开时自动执行的动作")
    for key in [key for key in root.keys() if key not in _ROOT_KEPT]:  # noqa: SIM118 - a dictionary of PDF is no dict
        if key == "/Metadata":
            removals.add(_EVERYWHERE[key])
        elif key == "/Collection":
            removals.add("文件包的目录")
        del root[key]


def _count_files(tree: pikepdf.Object, depth: int = 0) -> int:
    if depth > 20 or not isinstance(tree, pikepdf.Dictionary):
        return 0
    own = len(tree.get("/Names", pikepdf.Array())) // 2
    return own + sum(_count_files(kid, depth + 1) for kid in tree.get("/Kids", pikepdf.Array()))


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary in the file, those within others included."""
    for obj in pdf.objects:
        waiting = [obj]
        while waiting:
            now = waiting.pop()
            if isinstance(now, pikepdf.Dictionary | pikepdf.Stream):
                yield now
                inside = [now.get(key) for key in now.keys()]  # noqa: SIM118 - a dictionary of PDF is no dict
            elif isinstance(now, pikepdf.Array):
                inside = list(now)
            else:
                continue
            waiting += [i for i in inside if isinstance(i, pikepdf.Dictionary | pikepdf.Array) and not i.is_indirect]


def _drop_everywhere(pdf: pikepdf.Pdf, removals: Removals) -> None:
    """What may stand at any object: metadata, data of programs, attachments, actions; information within pictures."""
    for dictionary in _dictionaries(pdf):
        for key, word in _EVERYWHERE.items():
            if key in dictionary:
                del dictionary[key]
                if word:
                    removals.add(word)
        _drop_actions(dictionary, removals)
        if (
            isinstance(dictionary, pikepdf.Stream)
            and dictionary.get("/Filter") == "/DCTDecode"
            and "/DecodeParms" not in dictionary
        ):
            _strip_jpeg(dictionary, removals)


def _drop_actions(dictionary: pikepdf.Object, removals: Removals) -> None:
    if "/AA" in dictionary:
        del dictionary["/AA"]
        removals.add("自动执行的动作")
    action = dictionary.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action:
        kind = str(action.S)
        if kind not in _SAFE_ACTIONS:
            del dictionary["/A"]
            removals.add("脚本（JavaScript）" if kind == "/JavaScript" else "启动程序或打开别的文件的动作")
        elif "/Next" in action:
            del action["/Next"]
            removals.add("自动执行的动作")
    if dictionary.get("/S") == "/JavaScript" and "/JS" in dictionary:
        dictionary["/JS"] = pikepdf.String("")
        removals.add("脚本（JavaScript）")


def _strip_jpeg(stream: pikepdf.Object, removals: Removals) -> None:
    """A photograph keeps where and when it was taken inside a PDF too."""
    raw = bytes(stream.read_raw_bytes())
    try:
        stripped = jpeg(raw)
    except Unreadable:
        return
    if stripped.removed:
        stream.write(stripped.data, filter=pikepdf.Name.DCTDecode)
        removals.add("图片里的拍摄信息和说明")
