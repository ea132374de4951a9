"""Which files ask whoever opens them to fetch something from an address?"""

from __future__ import annotations

import io

import openpyxl
import pikepdf
from docx import Document
from pikepdf import Array, Dictionary, Name, String

from tests.web.files.office_samples import changed, packed, plain_pptx, unpacked
from tests.web.files.pdf_samples import written

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="p"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
    f'<pic:blipFill><a:blip xmlns:r="{_R}" r:link="rIdOut"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr/></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE "{address}" \\d</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def _outside(data: bytes, part: str, kind: str, address: str) -> bytes:
    """The package with a relationship of a part to an address."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    line = f'<Relationship Id="rIdOut" Type="{_R}/{kind}" Target="{address}" TargetMode="External"/>'
    if relations in unpacked(data):
        return changed(data, relations, lambda xml: xml.replace("</Relationships>", f"{line}</Relationships>"))
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed({**unpacked(data), relations: f'<Relationships xmlns="{package}">{line}</Relationships>'})


def _docx(address: str) -> bytes:
    document = Document()
    document.add_paragraph("关于办理公证的通知")
    out = io.BytesIO()
    document.save(out)
    data = _outside(out.getvalue(), "word/document.xml", "image", f"{address}docx.png")
    data = _outside(data, "word/settings.xml", "attachedTemplate", f"{address}template.dotm")
    field = _FIELD.format(address=f"{address}field.png")
    return changed(data, "word/document.xml", lambda xml: xml.replace("<w:sectPr", f"{_PICTURE}{field}<w:sectPr", 1))


def _docx_entity(address: str) -> bytes:
    document = Document()
    out = io.BytesIO()
    document.save(out)
    entity = f'<!DOCTYPE w [<!ENTITY % x SYSTEM "{address}dtd"> %x; <!ENTITY y SYSTEM "{address}entity">]>'
    return changed(out.getvalue(), "word/document.xml", lambda xml: xml.replace("?>", f"?>{entity}", 1))


def _xlsx(address: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = f'=WEBSERVICE("{address}webservice")'
    sheet["A2"] = f'=HYPERLINK("{address}hyperlink","x")'
    sheet["A3"] = f"='{address}[book.xlsx]Sheet1'!A1"
    sheet["A4"].hyperlink = f"{address}link"
    out = io.BytesIO()
    book.save(out)
    data = _outside(out.getvalue(), "xl/workbook.xml", "externalLink", f"{address}book.xlsx")
    return _outside(data, "xl/worksheets/sheet1.xml", "image", f"{address}xlsx.png")


def _pptx(address: str) -> bytes:
    return _outside(plain_pptx(), "ppt/slides/slide1.xml", "video", f"{address}film.mp4")


def _pdf(address: str) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    outside = Dictionary(FS=Name.URL, F=String(f"{address}stream"))
    picture = pdf.make_stream(b"")
    picture.F = outside
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 1, 1
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    page.obj.Resources = Dictionary(XObject=Dictionary(I=picture))
    page.obj.Contents = pdf.make_stream(b"q 100 0 0 100 0 0 cm /I Do Q")
    uri = Dictionary(S=Name.URI, URI=String(f"{address}uri"))
    page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=uri)])
    pdf.Root.OpenAction = Dictionary(
        S=Name.SubmitForm, F=outside, Flags=4, Next=Dictionary(S=Name.GoToR, F=outside, D=Array([0]))
    )
    return written(pdf)


def _ofd(address: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = f'<!DOCTYPE o [<!ENTITY y SYSTEM "{address}ofd-entity">]>'
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>{address}Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"{head}<ofd:Document {space}><ofd:CommonData><ofd:PublicRes>{address}res.xml</ofd:PublicRes>"
            f'</ofd:CommonData><ofd:Pages><ofd:Page BaseLoc="{address}page.xml"/></ofd:Pages></ofd:Document>',
        }
    )


def html(address: str) -> str:
    """A page that fetches in every way a page can."""
    return (
        f'<html><head><base href="{address}"><link rel="stylesheet" href="style.css"><meta http-equiv="refresh" content="0;url={address}refresh">'
        f'<style>@import url("{address}import.css"); p{{background:url({address}background.png)}}</style><script src="{address}script.js"></script></head>'
        f'<body background="{address}body.png"><p>关于办理公证的通知</p><img src="{address}img.png" srcset="{address}img2.png 2x"><iframe src="{address}frame"></iframe>'
        f'<object data="{address}object"></object><embed src="{address}embed"><video src="{address}film.mp4" poster="{address}poster.png"></video>'
        f'<svg><image xlink:href="{address}svg.png"/><use href="{address}use.svg#a"/></svg><a href="{address}link">链接</a>'
        f'<table background="{address}table.png"><tr><td>一</td></tr></table><v:imagedata src="{address}vml.png"/></body></html>'
    )


def _svg(address: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "{address}svg-entity">]><svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{address}image.png" width="9" height="9"/><text>&x;</text></svg>'
    )


def _mht(address: str) -> bytes:
    body = html(address)
    return (
        f'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="utf-8"\r\n'
        f'Content-Location: {address}page.html\r\n\r\n{body}\r\n--b\r\nContent-Type: message/external-body; access-type=URL; URL="{address}external"\r\n\r\n\r\n--b--\r\n'
    ).encode()


def _rtf(address: str) -> bytes:
    text = (
        r"{\rtf1\ansi{\*\template @template.dot}{\field{\*\fldinst INCLUDEPICTURE @rtf.png \\d}{\fldrslt x}}"
        r"{\field{\*\fldinst INCLUDETEXT @rtf.txt}{\fldrslt y}} notice\par}"
    )
    return text.replace("@", address).encode()


def _fodt(address: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3"><office:body><office:text><text:p>通知'
        f'<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="{address}odt.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:section text:name="s" ><text:section-source xlink:href="{address}section.odt"/><text:p>x</text:p></text:section>'
        "</office:text></office:body></office:document>"
    ).encode()


def _odt(address: str) -> bytes:
    flat = (
        _fodt(address)
        .decode()
        .replace("office:document ", "office:document-content ")
        .replace("</office:document>", "</office:document-content>")
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = flat.replace(f'office:mimetype="{kind}" ', "")
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _spreadsheetml(address: str) -> bytes:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="s"><Table><Row>'
        f'<Cell ss:Formula="=WEBSERVICE(&quot;{address}ml&quot;)"><Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()


def every(address: str) -> dict[str, bytes]:
    """Files by name, each of which asks for something below ``address``."""
    page = html(address).encode()
    return {
        "外链.docx": _docx(address),
        "实体.docx": _docx_entity(address),
        "外链.xlsx": _xlsx(address),
        "外链.pptx": _pptx(address),
        "外链.pdf": _pdf(address),
        "外链.ofd": _ofd(address),
        "网页.html": page,
        "网页.doc": page,
        "网页.xls": page,
        "网页.mht": _mht(address),
        "图.svg": _svg(address).encode(),
        "包.zip": packed({"外链.docx": _docx(address), "网页.html": page}),
        "富文本.rtf": _rtf(address),
        "富文本.doc": _rtf(address),
        "文档.odt": _odt(address),
        "表格.xml": _spreadsheetml(address),
        "文字.txt": f"见 {address}text".encode(),
    }


NEEDS_OFFICE = frozenset({"富文本.rtf", "富文本.doc", "文档.odt", "表格.xml"})
"""Those that LibreOffice converts where the host has it."""
