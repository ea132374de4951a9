"""Which PDFs does a test hand in, honest and telling ones?"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

WRITER = "Qian Buliu"
SECRET = "LeakedWord"


def _page(pdf: pikepdf.Pdf, content: bytes, **resources: object) -> pikepdf.Page:
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[-1]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font), **resources)
    page.obj.Contents = pdf.make_stream(content)
    return page


def written(pdf: pikepdf.Pdf, **more: object) -> bytes:
    made = io.BytesIO()
    pdf.save(made, **more)
    return made.getvalue()


def line(words: str, x: int = 72, y: int = 700) -> bytes:
    return f"BT /F1 14 Tf {x} {y} Td ({words}) Tj ET\n".encode()


def plain_pdf(*pages: str) -> bytes:
    pdf = pikepdf.new()
    for words in pages or ("Notice on fees",):
        _page(pdf, line(words))
    return written(pdf)


def telling_pdf() -> bytes:
    """A PDF with properties, XMP, a comment, an attachment, scripts, a hidden layer and links of both kinds."""
    pdf = pikepdf.new()
    off, on = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(n))) for n in ("draft", "stamp"))
    content = (
        line("Notice on fees")
        + b"/OC /MC0 BDC\n"
        + line(SECRET + "Layer", y=600)
        + b"EMC\n"
        + b"/OC /MC1 BDC\n"
        + line("Shown layer", y=500)
        + b"EMC\n"
    )
    page = _page(pdf, content, Properties=Dictionary(MC0=off, MC1=on))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off]), ON=Array([on])))
    pdf.docinfo["/Author"], pdf.docinfo["/Title"] = WRITER, SECRET
    pdf.Root.Metadata = pdf.make_stream(f"<x>{WRITER}</x>".encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.attachments["old.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename="old.txt")
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String(SECRET))]))
    page.obj.PieceInfo = Dictionary(Maker=Dictionary(Private=String(SECRET)))
    page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(SECRET)))

    def mark(kind: str, **more: object) -> pikepdf.Object:
        rect = Array([72, 72, 172, 92])
        return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=rect, T=String(WRITER), **more))

    page.obj.Annots = Array(
        [
            mark("Text", Contents=String(SECRET)),
            mark("Link", A=Dictionary(S=Name.URI, URI=String("https://www.example.gov.cn/")), Border=Array([0, 0, 0])),
            mark("Link", A=Dictionary(S=Name.URI, URI=String("file:///C:/qian.doc")), Border=Array([0, 0, 0])),
            mark("Link", A=Dictionary(S=Name.Launch, F=String("cmd.exe")), Border=Array([0, 0, 0])),
            mark("Stamp", Contents=String(WRITER), F=4, AP=Dictionary(N=_stamp(pdf))),
        ]
    )
    return written(pdf)


def _stamp(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(
        b"1 0 0 rg 0 0 100 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]), Resources=Dictionary()
    )


def revised_pdf() -> bytes:
    """A PDF saved a second time by adding to its end: the first page's text of the earlier state is still within."""
    pdf = pikepdf.new()
    _page(pdf, line(SECRET))
    first = written(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as read:
        number = read.pages[0].obj.Contents.objgen[0]
        size = int(read.trailer.Size)
        root = read.Root.objgen[0]
    body = line("Public words")
    at = len(first)
    new = f"{number} 0 obj\n<< /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream\nendobj\n"
    old = first[first.rindex(b"startxref") + 9 :].split()[0].decode()
    table = f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {old} >>\n"
    return first + new + table.encode() + f"startxref\n{at + len(new)}\n%%EOF\n".encode()


def signed_pdf() -> bytes:
    pdf = pikepdf.new()
    page = _page(pdf, line("Notice on fees"))
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Name=String(WRITER), Contents=String("00"))
    look = Dictionary(N=_stamp(pdf))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("s"), V=value, F=4, Rect=Array([72, 72, 172, 92]), AP=look
        )
    )
    page.obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    return written(pdf)


def locked_pdf(*, owner_only: bool = False) -> bytes:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        return written(pdf, encryption=pikepdf.Encryption(owner="o", user="" if owner_only else "u"))
