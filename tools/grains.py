"""Which sound files of a few hundred bytes take the paths of a reader that the shipped samples do not take?

The samples are what the program writes itself. These are written by hand as other programs and sites write: lists that number themselves,
revisions, text boxes, number formats, nested layouts, tables in scripts, pages without rules. Each is read in a millisecond or two, so
that nearly all damaged files are made of them.
"""

from __future__ import annotations

import base64
import html
import io
import json
import quopri
import zipfile

from tools.grain_papers import papers
from tools.grain_words import DONE, HEAD, LISTED, OLD, OLD_TITLE, PROSE, REVIEWS, TITLE, Rows

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def grains(kind: str) -> tuple[bytes, ...]:
    """The small files of a format, in a fixed order."""
    return _MADE[kind]() if kind in _MADE else ()


def _zip(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


# ---- Word ----------------------------------------------------------------------------------------------------------------


def _p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _numbered(text: str, number: int, level: int = 0) -> str:
    return _p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else _p(text)}</w:tc>"


def _tbl(rows: Rows) -> str:
    wide = max(map(len, rows))
    out = []
    for row in rows:
        span = f'<w:gridSpan w:val="{wide}"/>' if len(row) == 1 else ""
        out.append("<w:tr>" + "".join(_tc(text, span) for text in row) + "</w:tr>")
    return f"<w:tbl>{''.join(out)}</w:tbl>"


_FORMS = (
    "decimal", "chineseCounting", "ideographDigital", "decimalEnclosedCircle", "decimalFullWidth", "decimalZero", "lowerLetter", "upperLetter",
    "lowerRoman", "upperRoman", "ideographTraditional", "ideographZodiac", "decimalEnclosedParen", "decimalEnclosedFullstop", "bullet", "none",
)  # fmt: skip


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{1 + at}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{at + 1}、%1"/>'
        f"{'<w:isLgl/>' if at == 5 else ''}</w:lvl>"
        for at, form in enumerate(_FORMS[:9])
    )
    more = "".join(
        f'<w:abstractNum w:abstractNumId="{10 + at}"><w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/><w:lvlText w:val="（%1）"/>'
        f'<w:pStyle w:val="S"/></w:lvl></w:abstractNum>'
        for at, form in enumerate(_FORMS[9:])
    )
    nums = "".join(f'<w:num w:numId="{10 + at}"><w:abstractNumId w:val="{10 + at}"/></w:num>' for at in range(len(_FORMS) - 9))
    return (
        f'<w:numbering {_SPACES}><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>{more}'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        f"</w:lvlOverride></w:num>{nums}</w:numbering>"
    )


_STYLES = (
    f'<w:styles {_SPACES}><w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults><w:style w:styleId="H"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="S"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="10"/>'
    '</w:numPr></w:pPr></w:style><w:style w:styleId="G"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="X"><w:rPr><w:strike/>'
    '<w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
)


def _revised_body() -> str:
    """Revisions, hidden and struck text, text boxes, alternatives, symbols, fields, rubies, formulas."""
    box = f"<w:txbxContent>{_p('二、主动公开情况')}{_tbl(DONE)}</w:txbxContent>"
    return (
        _p(TITLE, '<w:pStyle w:val="H"/>')
        + f"<w:p><w:ins><w:r><w:t>{PROSE[0]}</w:t></w:r></w:ins><w:del><w:r><w:delText>9条</w:delText></w:r></w:del></w:p>"
        + _p("隐藏1件", run="<w:vanish/>") + _p("划去3件", run="<w:strike/>") + _p("注1", run='<w:rStyle w:val="X"/>') + _p("不见", '<w:pStyle w:val="G"/>')
        + "<w:p><w:r><w:t>申请</w:t><w:tab/><w:t>2</w:t><w:br/><w:noBreakHyphen/><w:sym w:font='Wingdings' w:char='F0A1'/><w:sym w:char='4E00'/>"
        + "<w:ruby><w:rubyBase><w:r><w:t>件</w:t></w:r></w:rubyBase></w:ruby><w:object><o:OLEObject/></w:object></w:r>"
        + "<w:ruby><w:rt/><w:rubyBase><w:r><w:t>件</w:t></w:r></w:rubyBase></w:ruby><m:oMath><m:r><m:t>2</m:t></m:r></m:oMath>"
        + f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        + "</mc:AlternateContent></w:r><mc:AlternateContent><mc:Fallback><w:r><w:t>末</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        + f"<w:sdt><w:sdtContent>{_p(PROSE[1])}</w:sdtContent></w:sdt><w:altChunk/><w:moveFrom>{_p('移走')}</w:moveFrom>"
    )  # fmt: skip


def _merged_body() -> str:
    """Cells merged down and across, rows hidden, deleted and set in, a table inside a table, pictures."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        _tc("行政复议", down) + _tc("总计", '<w:hMerge w:val="restart"/>') + _tc("", "<w:hMerge/>") + _tc("1"),
        _tc("", on)
        + _tc("2", '<w:gridSpan w:val="2"/>')
        + _tc("<w:p><w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r></w:p>"),
        _tc("", on) + _tc("3", "<w:cellDel/>") + _tc(_tbl(DONE) + _p("")) + _tc(_p("7", run="<w:strike/>")),
    ]
    plain = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    odd = (
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{_tc('4')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{_tc('5')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{_tc('6')}<w:sdt><w:sdtContent>{_tc('8')}</w:sdtContent></w:sdt></w:tr>"
    )
    single = f"<w:tbl><w:tr>{_tc(_tbl((HEAD, *LISTED)))}</w:tr></w:tbl>"
    return _p(TITLE) + f"<w:tbl>{plain}{odd}</w:tbl>" + single + _p(PROSE[0])


def _listed_body() -> str:
    """Paragraphs that number themselves in every form, before and in a table."""
    many = "".join(_numbered("概述", 1, level) for level in range(9)) + "".join(_numbered("情况", 10 + at) for at in range(7))
    again = _numbered("其他", 2) + _numbered("其他", 2) + _p("样式", '<w:pStyle w:val="S"/>') + _numbered("没有", 99)
    cell = "".join(f"<w:tr>{_tc(_numbered(name, 1))}{_tc(unit)}{_tc(value)}</w:tr>" for name, unit, value in OLD[:4])
    return _p(OLD_TITLE) + many + again + f"<w:tbl>{cell}</w:tbl>"


def _docx(body: str, **more: str) -> bytes:
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
    return _zip(
        {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": _document(body)}
        | {f"word/{k}.xml": v for k, v in more.items()}
    )


def _document(body: str) -> str:
    return f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"


def _word() -> tuple[bytes, ...]:
    header = f"<w:hdr {_SPACES}>{_p('云漪市司法局')}</w:hdr>"
    return (
        _docx(_revised_body(), styles=_STYLES), _docx(_merged_body(), header1=header), _docx(_listed_body(), numbering=_numbering(), styles=_STYLES),
        _docx(_p(OLD_TITLE) + _tbl(OLD) + _p(PROSE[1])), _docx(_p(TITLE) + _tbl((HEAD, *LISTED)) + _tbl(REVIEWS)),
    )  # fmt: skip


def _flat() -> tuple[bytes, ...]:
    out = []
    for body in (_revised_body(), _merged_body(), _listed_body()):
        held = base64.b64encode(f"<w:numbering {_SPACES}/>".encode()).decode()
        out.append(
            '<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
            f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{_document(body)}</pkg:xmlData></pkg:part>'
            f'<pkg:part pkg:name="/word/numbering.xml"><pkg:binaryData>{held}</pkg:binaryData></pkg:part>'
            f'<pkg:part pkg:name="/word/styles.xml"><pkg:xmlData>{_STYLES}</pkg:xmlData></pkg:part></pkg:package>'.encode()
        )
    return tuple(out)


# ---- workbooks -------------------------------------------------------------------------------------------------------------

_CODES = (
    "General", "0", "0.00", "#,##0", "0%", "0.0%", "yyyy-mm-dd", "[h]:mm", '0_);(0)', '#,##0;-#,##0;"-"', "0.0,", "# ?/?", "0.00E+00", '"共"0"件"', "@",
    "yyyy年", "m月", "[红色]0", ";;;",
)  # fmt: skip


def _xlsx(sheets: dict[str, str], strings: str = "", hidden: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    named = "".join(
        f'<sheet name="{n}" sheetId="{at}" r:id="r{at}" state="{_state(n, hidden)}"/>' for at, n in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_R}/worksheet" Target="sheet{at}.xml"/>' for at in range(1, len(sheets) + 1)
    )
    formats = "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{html.escape(code)}"/>' for at, code in enumerate(_CODES))
    cells = "".join(f'<xf numFmtId="{170 + at}" borderId="{at % 2}" fontId="0"/>' for at in range(len(_CODES)))
    styles = (
        f'<styleSheet xmlns="{main}"><numFmts>{formats}</numFmts><fonts><font/><font><strike/></font><font><vertAlign val="superscript"/></font></fonts>'
        '<borders><border/><border><left style="thin"/></border></borders>'
        f'<cellXfs>{cells}<xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_R}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
    }
    parts |= {
        f"xl/sheet{at}.xml": f'<worksheet xmlns="{main}">{content}</worksheet>' for at, content in enumerate(sheets.values(), 1)
    }
    return _zip(parts)


def _state(name: str, hidden: str) -> str:
    return "hidden" if name == hidden else "visible"


def _sheet(rows: Rows, *, style: int = 1, first: int = 1, more: str = "") -> str:
    out = []
    for at, row in enumerate(rows, first):
        cells = []
        for column, text in enumerate(row):
            place = f'r="{chr(65 + column)}{at}" s="{style}"'
            cells.append(
                f"<c {place}><v>{text}</v></c>" if text.isdigit() else f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>'
            )
        out.append(f'<row r="{at}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(out)}{more}</sheetData>"


def _workbooks() -> tuple[bytes, ...]:
    formats = "".join(
        f'<row r="{20 + at}"><c r="A{20 + at}" s="1" t="str"><v>项{at}</v></c><c r="B{20 + at}" s="{at}"><v>{value}</v></c></row>'
        for at, value in enumerate(("0", "-3", "0.5", "1234567", "0.123", "0.30000000000000004", "45000", "1e400", "-7", "0", "1500", "0.5", "12", "3", "x",
                                    "45000", "45000.5", "6", "0"))
    )  # fmt: skip
    odd = (
        '<row r="60" hidden="1"><c r="A60"><v>9</v></c></row><row><c><f>A1</f></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c><c t="s"><v>0</v></c>'
        '<c t="s"><v>99</v></c><c s="19"><v>5</v></c><c s="20"><v>2</v></c></row>'
    )
    strings = '<si><r><rPr><strike/></rPr><t>删</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>注_x000D_</t></r><rPh><t>zhu</t></rPh></si>'
    sides = '<cols><col min="6" max="7" hidden="1"/></cols>'
    feet = '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A2"/></mergeCells><headerFooter><oddHeader>&amp;C云漪市司法局</oddHeader></headerFooter>'
    form = _sheet((("填报单位", "云漪市司法局"), ("年度", "2024"), ("联系人", "")))
    return (
        _xlsx({"表": sides + _sheet(((TITLE,), HEAD, *LISTED), more=formats + odd) + feet}, strings),
        _xlsx({"填表说明": _sheet((("说明",),)), "基本": form, "一": _sheet(DONE), "藏": _sheet(OLD)}, hidden="藏"),
        _xlsx({"表": _sheet(((OLD_TITLE,), *OLD), style=0) + _FEET}), _xlsx({"表": _sheet(((TITLE,), *REVIEWS, (PROSE[0],), (PROSE[1],)), style=0)}),
    )  # fmt: skip


_FEET = "<mergeCells/>"


# ---- web pages -------------------------------------------------------------------------------------------------------------


def _rows(rows: Rows, cell: str = "td") -> str:
    wide = max(map(len, rows))
    return "".join(
        "<tr>" + "".join(f"<{cell}{f' colspan={wide}' if len(row) == 1 else ''}>{text}</{cell}>" for text in row) + "</tr>"
        for row in rows
    )


def _pages() -> tuple[bytes, ...]:
    table = (
        f"<table><caption>表一</caption><thead>{_rows((HEAD, LISTED[0]), 'th')}</thead><tbody>{_rows(LISTED[1:])}</tbody></table>"
    )
    old = f"<table>{_rows(OLD)}</table>"
    script = (
        "document.write('<table>"
        + _rows(DONE).replace("</", "<\\/")
        + '</table>\'); // x\n/* y */ var a = "\\u884c\\x41\\n", b = `t`;'
    )
    told = "".join(f"<p>{line}</p>" for line in PROSE)
    escaped = old.replace("<", "&lt;")
    nested = (
        f"<html><head><title>{TITLE}</title><meta name=ArticleTitle content={TITLE}><meta charset=utf-8></head><body><div><ul><li><a href=/>首页</a></ul></div>"
        f"<table width=100%><tr><td><h1>{TITLE}</h1><table><tr><td rowspan=2>{told}{table}</td><td>友情链接</td></tr><tr><td></td></tr></table></td></tr></table>"
        f"<div style='display:none'><table><tr><td>1</td><td>2</td></tr></table></div><s>划去5件</s><p>收到<sup>1</sup>申请<b><span>2</span>0</b>件<br>办结</p></body></html>"
    )
    hidden = (
        f"<!DOCTYPE html><html><body><h2>{OLD_TITLE}</h2><script>{script}</script><textarea style='display:none'>{escaped}</textarea><template>{old}</template>"
        f"<input type=hidden value='{escaped[:300]}'><input value=3><pre>一、概述\n{PROSE[0]}</pre><xmp>{old[:200]}</xmp>"
        "<iframe src='fujian.xls'></iframe><embed src='a.pdf'><object data='t.html'></object><a href='nianbao.docx'>附件：年度报告.docx</a></body></html>"
    )
    odd = (
        f"<p>{TITLE}</p><table><tr><td>行政复议<td>行政诉讼<tr><td>结果维持<td><s>1</s><td><img src=x><tr><td rowspan=0 colspan=0>2<td><input value=4><td><p>3<p>4"
        f"<table><tr><td>内</table></table><table border=1>{_rows(REVIEWS)}<tr><td>3" + "<html><body><p>第二份</p>"
    )
    two = f"<html><body><p>{TITLE}</p>{table}</body></html>\n<!-- <html> --><html><body><p>{OLD_TITLE}</p>{old}</body></html>"
    pinyin = f"<div>{'<br>'.join('　'.join(f'{c}（yi）' for c in row[0][:6]) + ' ' + ' '.join(row[1:]) for row in OLD)}</div>"
    return (
        *tuple(
            page.encode()
            for page in (nested, hidden, odd, two, f"<p>{OLD_TITLE}</p>{pinyin}{told}", f"<h3>{OLD_TITLE}</h3>{old}{told}")
        ),
        nested.replace("charset=utf-8", "charset=gb2312").encode("gb18030"),
    )


def _saved_pages() -> tuple[bytes, ...]:
    head = b'From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n--b\r\n'
    out = []
    for page in _pages()[3:6]:
        kind = b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: '
        out.append(head + kind + b"quoted-printable\r\n\r\n" + quopri.encodestring(page) + b"\r\n--b--\r\n")
        out.append(head + kind + b"base64\r\n\r\n" + base64.encodebytes(page) + b"\r\n--b--\r\n")
    plain = "\n".join((OLD_TITLE, *("\t".join(row) for row in OLD)))
    out.append(b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n" + plain.encode("gb18030"))
    return tuple(out)


# ---- text and JSON -----------------------------------------------------------------------------------------------------------


def _texts() -> tuple[bytes, ...]:
    out = []
    for title, rows in ((TITLE, (HEAD, *LISTED, *DONE)), (OLD_TITLE, OLD), (TITLE, (("三、收到和处理",), *REVIEWS))):
        for between in ("\t", " | ", "\n", "   ", " "):
            told = PROSE if between == "\t" else ()
            out.append(
                "\n".join((title, "一、总体情况", *told, *(between.join(row) for row in rows), "云漪市司法局", "2025年1月8日"))
            )
    damaged = out[1].encode().decode("gb18030", "replace")
    spaced = "\n".join(" ".join(line) for line in out[2].split("\n"))
    run_on = "".join(out[5].split("\n")).replace("2016年", "202016年")
    texts = (*out, damaged, spaced, run_on)
    return (*(text.encode() for text in texts), out[0].encode("gb18030"), out[5].encode("utf-16"), out[8].encode("utf-8-sig"))


def _reports() -> tuple[bytes, ...]:
    figures = [
        {"code": code, "row": ["第二十条第（一）项", "行政规范性文件"], "column": [column], "value": value, "text": text, "state": state, "unit": "件", "place": {"quote": text}}
        for code, column, value, text, state in (
            ("documents.normative.made", "本年制发件数", 2, "2", "number"), ("documents.normative.repealed", "本年废止件数", None, "", "blank"), (None, "数", None, "约20", "text"),
        )
    ]  # fmt: skip
    sections = [{"title": "一、总体情况", "paragraphs": [PROSE[1]]}]
    report = {
        "schema_version": 1,
        "agency": "云漪市司法局",
        "year": 2024,
        "edition": "cn2021",
        "figures": figures,
        "sections": sections,
        "signoff": [],
    }
    page = f"<table>{_rows(OLD)}</table>"
    held = (
        [report, report],
        report,
        {"data": {"title": OLD_TITLE, "content": page}},
        [page, {"a": PROSE}],
        {"说明": PROSE, "值": [1, 2.5, None, True]},
    )
    return tuple(json.dumps(one, ensure_ascii=bool(at % 2)).encode() for at, one in enumerate(held))


_MADE = {
    "docx": _word, "flat-docx": _flat, "xlsx": _workbooks, "html": _pages, "mht": _saved_pages, "text": _texts, "json": _reports, "pdf": papers,
}  # fmt: skip
