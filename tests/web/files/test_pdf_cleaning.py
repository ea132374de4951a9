"""Does a cleaned PDF show the same pages and hold nothing besides?"""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from gongkai_web.files.cleaning.pdf import clean_pdf
from gongkai_web.files.cleaning.result import Choices, NeedsChoice
from gongkai_web.files.types import FileType, NotAccepted
from gongkai_web.files.verification import verify
from tests.web.files.office_samples import photograph
from tests.web.files.pdf_samples import (
    SECRET,
    WRITER,
    line,
    locked_pdf,
    plain_pdf,
    revised_pdf,
    signed_pdf,
    telling_pdf,
    written,
)


def everything_in(data: bytes) -> bytes:
    """All strings, names and unpacked streams of a PDF, beside its raw bytes."""
    out = [data]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for obj in pdf.objects:
            out.append(obj.unparse(resolved=True) if not isinstance(obj, pikepdf.Stream) else obj.read_bytes())
            if isinstance(obj, pikepdf.Stream):
                out.append(repr(dict(obj.items())).encode())
        out.append(pdf.trailer.unparse(resolved=True))
    return b"\n".join(out)


def text_of(data: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def test_pdf__loses_everything_besides_what_it_shows() -> None:
    cleaned = clean_pdf(telling_pdf())

    held = everything_in(cleaned.data)
    for word in (SECRET, WRITER):
        assert word.encode() not in held
        assert word.encode("utf-16-be") not in held
    words = "；".join(cleaned.removed)
    for word in ("作者", "XMP", "批注", "附件", "JavaScript", "隐藏图层", "私有数据", "本机", "启动程序", "图章的作者"):
        assert word in words, word


def test_pdf__shows_the_same_after_cleaning() -> None:
    before = telling_pdf()

    after = clean_pdf(before).data

    assert verify(before, after, FileType.PDF) == ()
    assert "Notice on fees" in text_of(after)
    assert "Shown layer" in text_of(after)


def test_pdf__link_to_the_open_network_stays_without_its_author() -> None:
    with pikepdf.open(io.BytesIO(clean_pdf(telling_pdf()).data)) as pdf:
        links = list(pdf.pages[0].obj.Annots)

    assert [str(link.A.URI) for link in links if "/A" in link] == ["https://www.example.gov.cn/"]
    assert not any("/T" in link for link in links)


def test_pdf__stamp_becomes_part_of_the_page() -> None:
    document = pypdfium2.PdfDocument(clean_pdf(telling_pdf()).data)
    drawn = document[0].render(scale=1, may_draw_forms=False, draw_annots=False).to_pil()
    document.close()

    assert drawn.getpixel((120, 842 - 82)) == (255, 0, 0)


def test_pdf__earlier_states_are_left_behind() -> None:
    before = revised_pdf()
    assert SECRET.encode() in before

    cleaned = clean_pdf(before)

    assert SECRET.encode() not in everything_in(cleaned.data)
    assert "以前保存的内容" in cleaned.removed
    assert "Public words" in text_of(cleaned.data)


def test_pdf__signature_is_given_up_only_when_decided() -> None:
    with pytest.raises(NeedsChoice, match="签名会失效"):
        clean_pdf(signed_pdf())

    cleaned = clean_pdf(signed_pdf(), choices=Choices(drop_signatures=True))

    assert WRITER.encode() not in everything_in(cleaned.data)
    assert verify(signed_pdf(), cleaned.data, FileType.PDF) == ()


def test_pdf__password_is_refused_and_bare_restrictions_are_lifted() -> None:
    with pytest.raises(NotAccepted) as refused:
        clean_pdf(locked_pdf())
    assert refused.value.code == "encrypted"

    assert "使用限制（禁止打印、复制等）" in clean_pdf(locked_pdf(owner_only=True)).removed


def test_pdf__dynamic_form_is_refused() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))
        data = written(pdf)

    with pytest.raises(NotAccepted, match="动态表单"):
        clean_pdf(data)


def test_pdf__blacking_out_that_was_only_marked_is_told() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([70, 690, 200, 720]))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])
        data = written(pdf)

    assert any("没有真正执行的涂黑" in problem for problem in clean_pdf(data).problems)


def test_pdf__photograph_inside_loses_where_it_was_taken() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        image = pdf.make_stream(
            photograph(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=96,
            Height=64,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        image.Filter = Name.DCTDecode
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(P=image)
        page.Contents = pdf.make_stream(line("Notice") + b"q 96 0 0 64 72 300 cm /P Do Q")
        before = written(pdf)
    assert b"Qian" in before

    after = clean_pdf(before).data

    assert b"Qian" not in after
    assert verify(before, after, FileType.PDF) == ()


def test_pdf__filled_form_keeps_what_was_filled_in() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("n"),
                V=String("Filled"),
                F=4,
                DA=String("/F1 12 Tf 0 g"),
                Rect=Array([72, 400, 272, 420]),
            )
        )  # fmt: skip - one line a key would hide the field
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=font)), NeedAppearances=True)
        data = written(pdf)

    after = clean_pdf(data).data

    assert "Filled" in text_of(after)


def test_pdf__cleaning_twice_takes_nothing_more() -> None:
    assert clean_pdf(clean_pdf(telling_pdf()).data).removed == ()


def test_pdf__bookmarks_and_language_stay() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf("One", "Two"))) as pdf:
        pdf.Root.Lang = String("zh-CN")
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Second", 1))
        data = written(pdf)

    with pikepdf.open(io.BytesIO(clean_pdf(data).data)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Second"]


def test_verification__page_that_shows_something_else_is_told() -> None:
    assert "画面不同" in verify(plain_pdf("One two three four"), plain_pdf("One"), FileType.PDF)[0]
    assert "页" in verify(plain_pdf("One", "Two"), plain_pdf("One"), FileType.PDF)[0]


def test_pdf__hidden_layer_within_a_drawn_form_goes_as_well() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
        both = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=layer, P=Name.AllOn))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(BaseState=Name.OFF))
        page = pdf.pages[0].obj
        inner = pdf.make_stream(
            b"/OC /M BDC\n" + line(SECRET + "Inner") + b"EMC\n" + line("Kept", y=400),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 595, 842]),
            Resources=Dictionary(Font=page.Resources.Font, Properties=Dictionary(M=both)),
        )
        whole = pdf.make_stream(
            line(SECRET + "Whole", y=300),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 595, 842]),
            OC=layer,
            Resources=Dictionary(Font=page.Resources.Font),
        )
        page.Resources.XObject = Dictionary(A=inner, B=whole)
        page.Contents = pdf.make_stream(line("Notice") + b"/A Do /B Do")
        before = written(pdf)

    cleaned = clean_pdf(before)

    assert SECRET.encode() not in everything_in(cleaned.data)
    assert "Kept" in text_of(cleaned.data)
    assert "隐藏图层里的内容（2处）" in cleaned.removed
    assert verify(before, cleaned.data, FileType.PDF) == ()
