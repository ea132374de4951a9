"""Are the generated pages the ones that are committed?"""

from __future__ import annotations

from tools.clock_pages import page, pages, scenarios, stale


def test_pages__committed__equal_what_is_written_now() -> None:
    assert stale() == []


def test_page__every_scenario__has_one_with_its_story_and_its_deadlines() -> None:
    for told in scenarios():
        text = page(told)
        assert told.about in text
        assert told.refusal in text if told.refusal else "答复期限" in text


def test_pages__scenarios__have_one_each() -> None:
    names = {path.name for path in pages()}
    assert {f"{told.name}.md" for told in scenarios()} <= names
    assert {"procedure.md", "law.md", "README.md"} <= names
