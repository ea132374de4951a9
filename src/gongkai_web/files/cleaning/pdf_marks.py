"""Which marks on a PDF's pages are comments that go, and which are shown content that stays as part of the page?"""

from __future__ import annotations

import pikepdf

from gongkai_web.files.cleaning.office import is_public_address
from gongkai_web.files.cleaning.pdf_layers import layers
from gongkai_web.files.cleaning.result import Removals

_COMMENTS = frozenset("/Text /Popup /Highlight /Underline /Squiggly /StrikeOut /Caret".split())
_FILES = {
    "/FileAttachment": "附件",
    "/Sound": "声音批注",
    "/Movie": "影片批注",
    "/Screen": "多媒体批注",
    "/RichMedia": "多媒体批注",
    "/3D": "三维模型",
    "/PrinterMark": "印刷标记",
    "/TrapNet": "印刷标记",
}
_LINK_KEPT = frozenset("/Type /Subtype /Rect /Border /C /H /A /Dest /QuadPoints /F /BS /StructParent".split())
_HIDDEN, _NO_VIEW = 2, 32


def settle_annotations(pdf: pikepdf.Pdf, removals: Removals) -> None:
    """Take comments and attached files off the pages, burn stamps, forms and drawn marks in, and leave links bare.

    What the flags hide goes. A mark that says what is to be blacked out, but has not been, is told as a problem.
    """
    pending = drop_comments(pdf, removals)
    if pending:
        removals.problem(
            f"PDF 里有{pending}处只做了标记、还没有真正执行的涂黑，标记下面的文字仍在；请在制作软件中执行涂黑，或用本系统的遮盖功能处理后再公开。"
        )
    _burn_in(pdf, removals)


def drop_comments(pdf: pikepdf.Pdf, removals: Removals) -> int:
    """Take comments, attached files and what is hidden off the pages; how many marks wait to be blacked out."""
    pending, off = 0, layers(pdf)
    for page in pdf.pages:
        kept = pikepdf.Array()
        for annotation in _annotations(page):
            kind = str(annotation.get("/Subtype", ""))
            if kind == "/Redact":
                pending += 1
            elif kind in _COMMENTS:
                removals.add("批注", int(kind != "/Popup"))
            elif kind in _FILES:
                removals.add(_FILES[kind])
            elif int(annotation.get("/F", 0)) & (_HIDDEN | _NO_VIEW) or off.hides(annotation.get("/OC")):
                removals.add("隐藏的标记或表单域")
            elif kind == "/Link":
                if _bare_link(annotation, removals):
                    kept.append(annotation)
            else:
                kept.append(annotation)
        if len(kept):
            page.obj["/Annots"] = kept
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    return pending


def _annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    found = page.obj.get("/Annots")
    return [a for a in found if isinstance(a, pikepdf.Dictionary)] if isinstance(found, pikepdf.Array) else []


def _bare_link(link: pikepdf.Object, removals: Removals) -> bool:
    """A link without author, note and number; False when it leads to this machine or an internal address."""
    for key in [key for key in link.keys() if key not in _LINK_KEPT]:  # noqa: SIM118 - a dictionary of PDF is no dict
        del link[key]
    action = link.get("/A")
    if (
        isinstance(action, pikepdf.Dictionary)
        and action.get("/S") == "/URI"
        and not is_public_address(str(action.get("/URI", "")))
    ):
        removals.add("指向本机或内部网络的链接")
        return False
    return True


def _burn_in(pdf: pikepdf.Pdf, removals: Removals) -> None:
    """Make the looks of forms, stamps and drawn marks part of their pages."""
    links = {index: [a for a in _annotations(page) if a.get("/Subtype") == "/Link"] for index, page in enumerate(pdf.pages)}
    marks = [a for page in pdf.pages for a in _annotations(page) if a.get("/Subtype") != "/Link"]
    if marks:
        fields = sum(a.get("/Subtype") == "/Widget" for a in marks)
        removals.add("表单域（填写的内容保留在页面上）", fields)
        removals.add("标记和图章的作者信息（图样保留在页面上）", len(marks) - fields)
        if fields and "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
    for index, page in enumerate(pdf.pages):
        if links[index]:
            page.obj["/Annots"] = pikepdf.Array(links[index])
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]
