"""Is a form that comes late, or comes again with other words, never told to be saved when it is not?"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from gongkai_web.agencies.roles import Role
from gongkai_web.comment_periods import forms
from gongkai_web.comment_periods.models import Comment, Period
from gongkai_web.ui import clock
from tests.web.acts_examples.comment_periods import opened, planned
from tests.web.comment_periods.test_portal import send, token_on
from tests.web.comment_periods.test_workbench import at, said, token
from tests.web.publishing.conftest import Bureau

CLERK = Role.CLERK


def field(page: str, name: str) -> str:
    """The value of a field that carries a mark."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, name
    return found[1]


def test_planned_period__edited_in_two_windows_keeps_both(bureau: Bureau) -> None:
    clerk, period = bureau.office.client(CLERK), planned(bureau)
    address = at(period, "edit/")

    def shown(page: str) -> dict[str, str]:
        found = re.search(r'name="seen" value="([^"]+)"', page)
        form = re.search(r'name="form" value="([^"]+)"', page)
        assert found is not None
        assert form is not None
        return {**given, "form": form[1], "seen": found[1]}

    given = {"kind": "document", "draft": str(period.draft_id), "explanation": str(period.explanation_id)}
    given["closes_on"] = period.closes_on.isoformat()
    one, two = shown(said(clerk, address)), shown(said(clerk, address))
    assert clerk.post(address, {**one, "phone": "先保存的电话"}).status_code == 302
    late = clerk.post(address, {**two, "phone": "后保存的电话"})

    page = late.content.decode()
    assert late.status_code == 409
    assert "另外保存过" in page
    assert "后保存的电话" in page
    assert Period.objects.get().phone == "先保存的电话"
    again = clerk.post(address, {**shown(page), "phone": "后保存的电话"})
    assert again.status_code == 409
    over = re.search(r'name="over" value="([^"]+)"', page)
    assert over is not None
    assert clerk.post(address, {**shown(page), "phone": "后保存的电话", "over": over[1]}).status_code == 302
    assert Period.objects.get().phone == "后保存的电话"


def test_open_period__amended_in_two_windows_keeps_what_was_saved_first(bureau: Bureau) -> None:
    reviewer, period = bureau.office.client(Role.DEPARTMENT_REVIEWER), opened(bureau)
    address, window = at(period, "amend/"), field(said(reviewer, at(period)), "seen")
    assert reviewer.post(address, {"seen": window, "phone": "先更正的电话", "takes_form": "1"}).status_code == 302
    late = reviewer.post(address, {"seen": window, "phone": "后更正的电话", "takes_form": "1"})

    page = late.content.decode()
    assert late.status_code == 409
    assert "刚刚被另外改过" in page
    assert "后更正的电话" in page
    assert Period.objects.get().phone == "先更正的电话"
    again = {"seen": field(page, "seen"), "phone": "后更正的电话", "takes_form": "1"}
    assert reviewer.post(address, again).status_code == 409
    assert reviewer.post(address, {**again, "over": field(page, "over")}).status_code == 302
    assert Period.objects.get().phone == "后更正的电话"
    assert "后更正的电话" in said(reviewer, at(period))


def test_saved_form__sent_again_with_other_words_is_not_told_to_be_saved(bureau: Bureau) -> None:
    clerk, period = bureau.office.client(CLERK), opened(bureau)
    address = at(period, "record/")
    letter = {"form": token(clerk, address), "way": "post", "received_on": clock.today().isoformat(), "text": "来信的意见"}
    first = clerk.post(address, letter)

    assert clerk.post(address, letter).url == first.url
    other = clerk.post(address, {**letter, "text": "改过的意见"})

    assert other.status_code == 409
    assert "这份表单已经提交过，这次的改动没有保存。" in other.content.decode()
    assert [c.text for c in Comment.objects.all()] == ["来信的意见"]


def test_form__sent_again_with_other_words_says_that_they_were_not_kept(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "AT_LEAST", dt.timedelta(0))  # tests type faster than people
    period, visitor = opened(bureau), Client()
    form = token_on(visitor, period)
    send(visitor, period, "第一次的意见。", form=form)

    for changed in ({"text": "改过的意见。"}, {"text": "第一次的意见。", "name": "白望之"}):
        answer = send(visitor, period, form=form, **changed)
        page_again = answer.content.decode()
        assert answer.status_code == 409
        assert "这次的改动没有保存" in page_again
        assert all(words in page_again for words in changed.values())
    fresh = re.search(r'name="form" value="([^"]+)"', page_again)

    assert [c.text for c in Comment.objects.all()] == ["第一次的意见。"]
    assert fresh is not None
    assert send(visitor, period, "改过的意见。", form=fresh[1]).status_code == 200
    assert Comment.objects.count() == 2
