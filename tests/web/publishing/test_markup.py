"""Is what was pasted kept by its meaning, in one stable spelling, with nothing in it that acts?"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.html import read_html_text
from gongkai.screening import screen
from gongkai_web.publishing import markup
from gongkai_web.publishing.markup import ATTRIBUTES, TAGS, canonical
from gongkai_web.publishing.pasting import Removed

TURNING = ("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069")
CLIPBOARD = Path(__file__).parent / "clipboard"
PICTURE = f"attachment:sha256:{'a' * 64}"
PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<span style='font-weight:bold'>", "<span style='mso-list:Ignore'>1.", "</span>", "<b>", "</b>",
    "<p style='mso-list:l0 level1 lfo1'>", "<p style='mso-list:l0 level2 lfo1'>", "<table>", "</table>", "<tr>", "<td>", "<td colspan=2>",
    "</td>", "<ul>", "<li>", "</ul>", "<ol start=3>", "</ol>", "<h1>", "</h1>", "<br>", "<hr>", "<blockquote>", "</blockquote>",
    f'<img src="{PICTURE}">', "<img src=x onerror=alert(1)>", "<script>", "</script>", "<!--", "-->", "<![if !x]>", "<svg>", "<style>",
    "<a href='javascript:alert(1)'>", "<a href='https://a.example/?b=1&c=2'>", "</a>", "<center>", "<p align=right>", "&nbsp;", "　", " ",
    "<sup>", "</sup>", "<del>", "</del>", "<ins>", "&lt;b&gt;", "&amp;", "公开", "<o:p>", "</o:p>", "<caption>", "<thead>", "<th>", "<pre>",
    "<dl><dt>", "<math><mi>", "<template>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "\x00", "<p class=MsoHeading3>",
    "\u202e", "\u2066", "&#x202e;", "&#8297;", "<bdo dir=rtl>", "<p dir=rtl>",
]  # fmt: skip


class Looked(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    looked = Looked()
    looked.feed(html)
    for tag, attributes in looked.found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"class", "rel"}
        assert set((attributes.get("class") or "").split()) <= {"center", "right"}
        assert not attributes.get("src") or re.fullmatch(r"attachment:sha256:[0-9a-f]{64}", attributes["src"] or "")
        assert not attributes.get("href") or re.match(r"https?:|mailto:|[^:]*$", attributes["href"] or "")
    assert "<!--" not in html


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map("".join))
def test_canonical__is_stable_and_harmless(html: str) -> None:
    made = canonical(html)

    assert canonical(made) == made
    assert_harmless(made)
    assert not set(TURNING) & set(made)


@pytest.mark.parametrize("program", ["word", "wps"])
def test_clipboard__keeps_the_meaning_and_drops_the_layout(program: str) -> None:
    removed = Removed()

    made = canonical((CLIPBOARD / f"{program}.html").read_text(encoding="utf-8"), removed)

    assert made == (CLIPBOARD / f"{program}.expected.html").read_text(encoding="utf-8").strip()
    assert canonical(made) == made
    assert "隐藏的文字" in removed.words


def test_clipboard_of_word__leaves_no_comment_revision_or_path() -> None:
    removed = Removed()

    made = canonical((CLIPBOARD / "word.html").read_text(encoding="utf-8"), removed)

    for secret in ("内部", "原内部口径", "L1", "lqy", "file:", "mso", "clip_image"):
        assert secret not in made
    assert {"修订中已删除的文字", "批注", "隐藏的文字", "图片（请作为附件上传后再插入）"} == set(removed.words)


def test_numbers_of_chapters__stay_as_they_were_written() -> None:
    made = canonical(
        "<p style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>（二）<span>&nbsp;</span></span>公开</p>"
        "<p style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>3.<span>&nbsp;</span></span>三</p>"
    )
    assert made == '<p>（二）公开</p>\n<ol start="3"><li>三</li></ol>'


def test_deep_nesting__keeps_its_words() -> None:
    made = canonical("<div>" * 3000 + "深处的文字" + "</div>" * 3000)
    assert "深处的文字" in made
    assert canonical(made) == made


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=' javascript:alert(1)'>x</a>", "<a href='data:text/html,x'>x</a>",
        "<iframe src=//evil.example></iframe>", "<p style='background:url(javascript:alert(1))'>x", "<base href=//evil.example>",
        "<form action=/x><input name=a><button>go", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<img src='attachment:x\" onerror=alert(1)'>",
        "<a href='attachment:sha256:00'>x</a>", "<meta http-equiv=refresh content='0;url=//evil.example'>", "<link rel=stylesheet href=//e>",
        "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<p class='center evil'>x", "<td background=x>y", "<xmp><img src=x onerror=a>",
        "<a href='java\u202escript:alert(1)'>x</a>", "<a href='java&#x2066;script:alert(1)'>x</a>",
    ],
)  # fmt: skip
def test_attack__leaves_nothing_that_acts(attack: str) -> None:
    made = canonical(attack)

    assert_harmless(made)
    assert canonical(made) == made
    for sign in ("onerror", "onload", "javascript:", "evil.example", "data:", "<style", "<iframe", "<form"):
        assert sign not in re.sub(r"&lt;.*?(?:&gt;|$)", "", made)


@pytest.mark.parametrize("mark", TURNING, ids=lambda mark: f"U+{ord(mark):04X}")
@pytest.mark.parametrize("written", [str, lambda mark: f"&#{ord(mark)};"], ids=["itself", "as a reference"])
def test_mark_that_turns_the_direction__is_left_out(mark: str, written: Callable[[str], str]) -> None:
    sign = written(mark)
    made = canonical(f'<p dir="rtl">身份证号{sign}110101{sign}199003077571<a href="https://a.example/{sign}b">见{sign}此</a></p>')

    shown = '<p>身份证号110101199003077571<a href="https://a.example/b" rel="noopener noreferrer">见此</a></p>'
    assert made == shown
    assert [hit.text for hit in screen(read_html_text(made, "正文")).hits] == ["110101199003077571"]


def test_number_typed_backwards_behind_a_turning_mark__no_longer_shows_as_the_number() -> None:
    backwards = "110101199003077571"[::-1]
    assert canonical(f"<p>\u202e{backwards}\u202c</p>") == f"<p>{backwards}</p>"
    assert canonical(f"<p><bdo dir=rtl>{backwards}</bdo></p>") == f"<p>{backwards}</p>"
    assert canonical(f'<p style="direction:rtl;unicode-bidi:bidi-override">{backwards}</p>') == f"<p>{backwards}</p>"


def test_text_too_deep_to_keep__holds_no_turning_mark_either() -> None:
    assert "深处的文字" in canonical("<div>" * 3000 + "\u202e深处&#x2066;的文字" + "</div>" * 3000)


def test_pictures__are_told_in_their_order() -> None:
    made = canonical(f'<p>甲<img src="{PICTURE}" alt="图一"></p>')
    assert markup.pictures(made) == (PICTURE.removeprefix("attachment:"),)
