"""Is what a form asks for done once, however often the form is sent?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from gongkai_web.flow import sent_forms
from gongkai_web.flow.models import SentForm
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible


def sent(token: str, **fields: str | SimpleUploadedFile) -> HttpRequest:
    """What a browser sends with a form of this token."""
    return RequestFactory().post("/work/", {"form": token, "csrfmiddlewaretoken": sent_forms.token(), **fields})


def file(words: str, name: str = "公报照片.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def test_form__sent_again_leads_to_what_the_first_one_made() -> None:
    token, made = sent_forms.token(), []

    def make() -> str:
        made.append("one")
        return f"/work/items/{len(made)}/"

    assert [sent_forms.once(sent(token), 1, make) for _ in range(3)] == ["/work/items/1/"] * 3
    assert sent_forms.once(sent(sent_forms.token()), 1, make) == "/work/items/2/"


def test_form__sent_again_with_other_content_is_told_to_be_lost() -> None:
    token = sent_forms.token()
    sent_forms.once(sent(token, title="通知"), 1, lambda: "/work/items/1/")

    with pytest.raises(NotPossible, match="这次的改动没有保存"):
        sent_forms.once(sent(token, title="通知（改）"), 1, lambda: pytest.fail("done twice"))
    assert sent_forms.once(sent(token, title="通知"), 1, lambda: pytest.fail("done twice")) == "/work/items/1/"
    SentForm.objects.update(digest="")  # as it was kept before there were digests
    assert sent_forms.once(sent(token, title="另一份"), 1, lambda: pytest.fail("done twice")) == "/work/items/1/"


@pytest.mark.parametrize("other", [None, file("另一张"), file("第一张", "改名.txt")], ids=["none", "other words", "other name"])
def test_form__sent_again_with_another_file_is_told_to_be_lost(other: SimpleUploadedFile | None) -> None:
    token, read = sent_forms.token(), []
    first = sent(token, place="公报", picture=file("第一张"))

    def take() -> str:
        read.append(first.FILES["picture"].read().decode())
        return "/work/items/1/"

    sent_forms.once(first, 1, take)
    again = {} if other is None else {"picture": other}
    with pytest.raises(NotPossible, match="这次的改动没有保存" if other is None else "这次的改动和文件都没有保存"):
        sent_forms.once(sent(token, place="公报", **again), 1, lambda: pytest.fail("done twice"))
    same = sent(token, place="公报", picture=file("第一张"))
    assert sent_forms.once(same, 1, lambda: pytest.fail("done twice")) == "/work/items/1/"
    assert read == ["第一张"]


def test_form__sent_again_with_a_file_too_large_is_told_to_be_lost(settings: Any) -> None:
    settings.UPLOAD_FILE_BYTES = 10
    token = sent_forms.token()
    sent_forms.once(sent(token, place="公报"), 1, lambda: "/work/items/1/")
    with pytest.raises(NotPossible, match="这次的改动和文件都没有保存"):
        sent_forms.once(sent(token, place="公报", picture=file("很大的一张照片")), 1, lambda: pytest.fail("done twice"))


def test_form__that_failed_may_be_sent_again() -> None:
    token = sent_forms.token()

    def fail() -> str:
        raise BadForm({"title": "标题没有填写。"})

    with pytest.raises(BadForm):
        sent_forms.once(sent(token), 1, fail)
    assert sent_forms.once(sent(token), 1, lambda: "/work/") == "/work/"


def test_form__still_being_carried_out_is_not_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_forms, "_PAUSE", 0)
    token = sent_forms.token()
    SentForm.objects.create(token=token, person_id=1, made_at=clock.now())
    with pytest.raises(NotPossible, match="已经提交过一次"):
        sent_forms.once(sent(token), 1, lambda: pytest.fail("begun twice"))


def test_token__of_somebody_else_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_forms, "_PAUSE", 0)
    token = sent_forms.token()
    sent_forms.once(sent(token), 1, lambda: "/work/items/1/")
    with pytest.raises(NotPossible):
        sent_forms.once(sent(token), 2, lambda: pytest.fail("begun twice"))


@pytest.mark.parametrize("written", ["", "x", "a" * 41, "有汉字有汉字有汉字有汉字有汉字有汉字", "' OR 1=1 --        "])
def test_form__without_a_token_is_refused_in_words(written: str) -> None:
    with pytest.raises(BadForm, match="刷新页面"):
        sent_forms.once(sent(written), 1, lambda: pytest.fail("done without a token"))


def test_old_tokens__are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    sent_forms.once(sent(sent_forms.token()), 1, lambda: "/work/")
    later = clock.now() + dt.timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    sent_forms.once(sent(sent_forms.token()), 1, lambda: "/work/")
    assert SentForm.objects.count() == 1
