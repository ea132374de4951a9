"""Which office files does a test hand in: honest ones, and ones that carry what must not go out?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

WRITER = "钱不留"
SECRET = "不应流出的话"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(members: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    members: dict[str, bytes | str] = dict(unpacked(data))
    members[part] = change(bytes(unpacked(data)[part]).decode())
    return packed(members)


def related(data: bytes, part: str, kind: str, target: str, body: bytes | str, content: str = "", id: str = "rIdX") -> bytes:
    """The package with one more part, tied to ``part`` by a relationship."""
    members: dict[str, bytes | str] = dict(unpacked(data))
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    line = f'<Relationship Id="{id}" Type="{_R}/{kind}" Target="/{target}"/>'
    held = bytes(unpacked(data).get(relations, f'<Relationships xmlns="{_P}"></Relationships>'.encode())).decode()
    members[relations] = held.replace("</Relationships>", line + "</Relationships>").replace(
        f'<Relationships xmlns="{_P}"/>', f'<Relationships xmlns="{_P}">{line}</Relationships>'
    )
    members[target] = body
    if content:
        types = bytes(unpacked(data)["[Content_Types].xml"]).decode()
        members["[Content_Types].xml"] = types.replace(
            "</Types>", f'<Override PartName="/{target}" ContentType="{content}"/></Types>'
        )
    return packed(members)


def plain_docx(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines or ("关于办理公证的通知", "自下月起施行。"):
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def telling_docx() -> bytes:
    """A document with author, company, comment, hidden words, custom data, session numbers, a local link and a photograph."""
    document = docx.Document()
    document.core_properties.author = WRITER
    document.core_properties.last_modified_by = WRITER
    document.core_properties.title = SECRET
    first = document.add_paragraph("关于办理公证的通知")
    document.add_comment(first.runs, text=SECRET, author=WRITER, initials="钱")
    hidden = document.add_paragraph("公开的一句。").add_run(SECRET)
    hidden.font.hidden = True
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "事项", "公证"
    document.sections[0].header.paragraphs[0].text = "某县司法局"
    document.add_picture(io.BytesIO(photograph()))
    made = io.BytesIO()
    document.save(made)
    data = changed(made.getvalue(), "word/document.xml", _with_numbers_and_link)
    data = related(data, "word/document.xml", "customXml", "customXml/item1.xml", f"<a>{SECRET}</a>", id="rIdC")
    settings = f'<w:rsids><w:rsidRoot w:val="00A1B2C3"/></w:rsids><w:docVars><w:docVar w:name="a" w:val="{SECRET}"/></w:docVars>'
    return changed(data, "word/settings.xml", lambda text: text.replace("</w:settings>", settings + "</w:settings>"))


def _with_numbers_and_link(text: str) -> str:
    return text.replace("<w:p>", '<w:p w:rsidR="00A1B2C3">', 1)


def tracked_docx() -> bytes:
    """A document with an insertion, a deletion, a deleted paragraph end, and a former format."""
    who = f'w:author="{WRITER}" w:date="2026-01-05T09:00:00Z"'
    body = (
        f'<w:p><w:r><w:t>收费</w:t></w:r><w:del w:id="1" {who}><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {who}><w:r><w:t>八十元。</w:t></w:r></w:ins></w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="3" {who}/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>'
        f'<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="4" {who}><w:rPr/></w:rPrChange></w:rPr><w:t>后半</w:t></w:r></w:p>'
    )
    return changed(plain_docx(), "word/document.xml", lambda text: text.replace("<w:body>", "<w:body>" + body, 1))


def photograph() -> bytes:
    """A JPEG that says where it was taken, by what, and how it is to be turned."""
    image = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "CameraMaker", "Qian Buliu", 6
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (30.0, 15.0, 12.0)
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif, comment=b"taken at the office", quality=90)
    return made.getvalue()


def plain_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["事项", "件数"])
    sheet.append(["公证", 12])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def telling_xlsx() -> bytes:
    """A workbook with an author, hidden and very hidden sheets, hidden rows and columns, a note, a name that leads outside."""
    book = openpyxl.Workbook()
    book.properties.creator = WRITER
    sheet = book.active
    assert sheet is not None
    sheet.title = "公开表"
    for row in (["事项", "件数", "内部"], ["公证", 12, SECRET + "一"], [SECRET + "二", 7, "x"], ["调解", 30, SECRET + "三"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A2"].comment = Comment(SECRET + "四", WRITER)
    for title, state in (("底稿", "hidden"), ("深藏", "veryHidden")):
        other = book.create_sheet(title)
        other["A1"] = SECRET + title
        other.sheet_state = state
    book.defined_names["外部"] = DefinedName("外部", attr_text="'[1]某表'!$A$1")
    book.defined_names["底稿区"] = DefinedName("底稿区", attr_text="底稿!$A$1")
    last = book.create_sheet("末页")
    last["A1"] = "合计"
    last["B1"] = "=SUM(公开表!B2:B4)"
    last.print_area = "A1:B1"
    made = io.BytesIO()
    book.save(made)
    # A program that computes stores each formula's result beside it.
    return changed(
        made.getvalue(),
        "xl/worksheets/sheet4.xml",
        lambda text: text.replace("<v></v>", "<v>49</v>").replace("<v />", "<v>49</v>").replace("<v/>", "<v>49</v>"),
    )


def telling_pptx() -> bytes:
    """A presentation whose second slide is hidden and whose first has notes, a comment and its author."""
    return plain_pptx(telling=True)


def plain_pptx(*, telling: bool = False) -> bytes:
    """A presentation of two slides."""
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    r = f'xmlns:r="{_R}"'
    office = "application/vnd.openxmlformats-officedocument.presentationml"

    def slide(words: str, more: str = "") -> str:
        shape = (
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
        return f"<p:sld {p} {a} {r}{more}><p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{shape}</p:spTree></p:cSld></p:sld>"

    data = packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{office}.presentation.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_P}">'
            f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
            "ppt/presentation.xml": f'<p:presentation {p} {r}><p:sldIdLst><p:sldId id="256" r:id="rId1"/>'
            '<p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>',
        }
    )
    data = related(data, "ppt/presentation.xml", "slide", "ppt/slides/slide1.xml", slide("办事流程"), id="rId1")
    hidden = slide(SECRET if telling else "联系方式", ' show="0"' if telling else "")
    data = related(data, "ppt/presentation.xml", "slide", "ppt/slides/slide2.xml", hidden, id="rId2")
    if telling:
        notes = slide(SECRET).replace("p:sld ", "p:notes ").replace("</p:sld>", "</p:notes>")
        data = related(data, "ppt/slides/slide1.xml", "notesSlide", "ppt/notesSlides/notesSlide1.xml", notes)
        comment = f'<p:cmLst {p}><p:cm authorId="0"><p:text>{SECRET}</p:text></p:cm></p:cmLst>'
        data = related(data, "ppt/slides/slide1.xml", "comments", "ppt/comments/comment1.xml", comment, id="rIdK")
        authors = f'<p:cmAuthorLst {p}><p:cmAuthor id="0" name="{WRITER}"/></p:cmAuthorLst>'
        data = related(data, "ppt/presentation.xml", "commentAuthors", "ppt/commentAuthors.xml", authors, id="rIdA")
    return data
