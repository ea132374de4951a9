"""Does one upload go from its bytes to a file that may be kept, or to a sentence, and never take the server along?"""

from __future__ import annotations

import json

import pytest

from gongkai.errors import GongkaiError
from gongkai_web.files import bounded
from gongkai_web.files.cleaning.result import Choices
from gongkai_web.files.examination import as_json, examine, from_json
from gongkai_web.files.redaction import Box, traces
from gongkai_web.files.types import NotAccepted
from tests.web.files.office_samples import (
    SECRET,
    packed,
    photograph,
    plain_docx,
    telling_docx,
    telling_pptx,
    telling_xlsx,
    tracked_docx,
)
from tests.web.files.old_samples import old_ppt
from tests.web.files.pdf_samples import plain_pdf, telling_pdf

TELLING = {
    "通知.docx": telling_docx(),
    "表.xlsx": telling_xlsx(),
    "讲稿.pptx": telling_pptx(),
    "公告.pdf": telling_pdf(),
    "照片.jpg": photograph(),
    "旧.ppt": old_ppt("办事流程", author="Qian"),
    "包.zip": packed({"__MACOSX/a": "x", "附件/通知.docx": telling_docx(), "照片.jpg": photograph()}),
}


@pytest.mark.parametrize("name", list(TELLING))
def test_examination__telling_file_comes_out_clean_and_read(name: str) -> None:
    made = examine(TELLING[name], name)

    assert made.refusal == ""
    assert made.data is not None
    assert made.removed
    assert SECRET.encode() not in made.data
    assert not any(SECRET in passage.text for passage in made.text.passages)
    assert made.name == name


def test_examination__marked_file_ends_with_its_level_and_nothing_else() -> None:
    made = examine(plain_docx("机密★10年", "某事"), "通知.docx")

    assert made.marking == "机密★10年"
    assert (made.data, made.text.passages, made.name) == (None, (), "")


def test_examination__marking_let_pass_comes_in() -> None:
    assert examine(plain_docx("机密★10年", "某事"), "通知.docx", let_marking_pass=True).data is not None


def test_examination__choice_is_asked_and_taken() -> None:
    asked = examine(tracked_docx(), "通知.docx")
    taken = examine(tracked_docx(), "通知.docx", Choices(accept_changes=True))

    assert (asked.choice, len(asked.details), asked.data) == ("accept_changes", 4, None)
    assert taken.choice == ""
    assert taken.data is not None


def test_examination__refusal_has_its_code() -> None:
    made = examine(b"MZ" + bytes(50), "公告.pdf")

    assert (made.code, made.data) == ("executable", None)
    assert made.refusal.endswith("。")


def test_examination__as_json_and_back_is_the_same() -> None:
    made = examine(telling_xlsx(), "表.xlsx")

    assert from_json(json.loads(json.dumps(as_json(made))), made.data) == made


def test_bounded__answers_as_the_plain_call() -> None:
    assert bounded.examined(telling_docx(), "通知.docx").removed == examine(telling_docx(), "通知.docx").removed


def test_bounded__process_that_needs_too_much_costs_only_itself() -> None:
    made = bounded.examined(plain_docx(), "通知.docx", memory=80 * 1024 * 1024)

    # A library that runs out of memory may also take the file for damaged.
    assert made.code in ("died", "too-much", "unreadable")
    assert made.data is None
    assert made.refusal.endswith("。")


def test_bounded__process_that_takes_too_long_is_ended() -> None:
    made = bounded.examined(plain_docx(), "通知.docx", seconds=0.01)

    assert made.code == "too-slow"


def test_bounded__covers_a_page_with_its_proof() -> None:
    box = Box(1, 60, 122, 400, 152)

    result = bounded.covered(plain_pdf("Applicant name"), [box])

    assert result.covered == ("Applicant name",)
    assert traces(result.data, [box], result.covered) == ()


def test_bounded__cover_that_is_refused_says_why() -> None:
    with pytest.raises(NotAccepted, match="没有第9页"):
        bounded.covered(plain_pdf(), [Box(9, 0, 0, 10, 10)])


@pytest.mark.parametrize("name", list(TELLING))
def test_examination__broken_bytes_end_in_a_sentence(name: str) -> None:
    whole = TELLING[name]
    for at in range(0, len(whole), max(1, len(whole) // 12)):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            made = examine(broken, name, Choices(accept_changes=True, drop_signatures=True))
        except GongkaiError as escaped:
            pytest.fail(f"{at}: {escaped!r} is not an answer")
        assert made.data is not None or made.refusal.endswith("。")
