"""Which paragraph styles does a DOCX carry, in the fonts official documents are set in?

Sizes are in half points, spacing in twentieths of a point, as WordprocessingML counts. The fonts are named whatever the
server has: the office machine that opens the file has them.
"""

from __future__ import annotations

from dataclasses import dataclass

SONG, FANG, KAI, HEI, TABLE = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
LINE = 560
"""Line spacing of the text, 28 points."""

BODY, TITLE, HEADING, SUBHEADING, CELL, FIELD, MARK, RIGHT, PICTURE, FOOTER, GAP = (
    "BodyText", "Title", "Heading1", "Heading2", "TableCell", "FormField", "AnnexMark", "Closing", "Picture", "Footer", "Gap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Style:
    key: str
    name: str
    font: str
    size: int
    paragraph: str
    next_key: str | None = None


_EXACT = f'<w:spacing w:line="{LINE}" w:lineRule="exact"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'

_STYLES = (
    _Style(BODY, "Body Text", FANG, 32, _EXACT + _INDENT + '<w:jc w:val="both"/>'),
    _Style(
        TITLE, "Title", SONG, 44,
        '<w:keepNext/><w:keepLines/><w:spacing w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>', BODY,
    ),
    _Style(HEADING, "heading 1", HEI, 32, f'<w:keepNext/><w:keepLines/>{_EXACT}{_INDENT}<w:outlineLvl w:val="0"/>', BODY),
    _Style(SUBHEADING, "heading 2", KAI, 32, f'<w:keepNext/><w:keepLines/>{_EXACT}{_INDENT}<w:outlineLvl w:val="1"/>', BODY),
    _Style(CELL, "Table Cell", TABLE, 21, '<w:spacing w:line="260" w:lineRule="atLeast"/>'),
    _Style(FIELD, "Form Field", FANG, 24, '<w:spacing w:before="80" w:after="80" w:line="320" w:lineRule="atLeast"/>'),
    _Style(MARK, "Annex Mark", HEI, 32, "<w:pageBreakBefore/>" + _EXACT),
    _Style(RIGHT, "Closing", FANG, 32, f'<w:keepNext/>{_EXACT}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'),
    _Style(PICTURE, "Picture", FANG, 24, '<w:spacing w:before="160" w:after="160"/><w:jc w:val="center"/>'),
    _Style(GAP, "Gap", FANG, 16, '<w:spacing w:line="160" w:lineRule="exact"/>'),
    _Style(FOOTER, "footer", TABLE, 28, '<w:snapToGrid w:val="0"/>'),
)  # fmt: skip

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def fonts(font: str) -> str:
    """The run fonts element for an East Asian font beside the Latin one."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}"/>'


def styles_xml() -> str:
    """The whole styles part."""
    own = "".join(
        f'<w:style w:type="paragraph" w:styleId="{s.key}"{"" if s.name[0].islower() or s.key in _BUILT_IN else _CUSTOM}>'
        f'<w:name w:val="{s.name}"/><w:basedOn w:val="Normal"/>'
        + (f'<w:next w:val="{s.next_key}"/>' if s.next_key else "")
        + f"<w:qFormat/><w:pPr>{s.paragraph}</w:pPr><w:rPr>{fonts(s.font)}"
        f'<w:sz w:val="{s.size}"/><w:szCs w:val="{s.size}"/></w:rPr></w:style>'
        for s in _STYLES
    )
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (
        f"<w:styles {_SPACE}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        "<w:semiHidden/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        f"{own}"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def font_table_xml() -> str:
    """The whole font table: names with what a program without them needs to pick another Chinese font."""
    chinese = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="fixed"/></w:font>'
        for name, family in ((SONG, "roman"), (FANG, "modern"), (KAI, "modern"), (HEI, "modern"), (TABLE, "roman"))
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_SPACE}>{chinese}{latin}</w:fonts>'


def settings_xml() -> str:
    """The whole settings part: odd and even pages differ, Chinese punctuation may be set close, the mode is Word 2013's."""
    return (
        f'<w:settings {_SPACE}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


_BUILT_IN = frozenset({BODY, TITLE, RIGHT})
_CUSTOM = ' w:customStyle="1"'
