"""Has every act an example, and does it leave exactly one entry whose sentence can be read?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai_web.flow import installation
from gongkai_web.trail import reading
from gongkai_web.trail.acts import Act
from gongkai_web.trail.models import Entry
from tests.web.acts_examples import EXAMPLES, all_acts
from tests.web.publishing.conftest import Bureau
from tests.web.staffed import make_office

ACTS = all_acts()


@pytest.fixture(autouse=True)
def _installation() -> Iterator[None]:
    installation.forget()
    yield
    installation.forget()


def test_every_act__has_an_example_and_every_example_an_act() -> None:
    assert {act.key for act in ACTS} == set(EXAMPLES)


def test_every_act__has_a_title_and_a_sentence_in_chinese() -> None:
    def chinese(text: str) -> bool:
        return any("\u4e00" <= c <= "\u9fff" for c in text)

    assert [act.key for act in ACTS if not (chinese(act.title) and chinese(act.sentence))] == []


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_act__leaves_exactly_one_entry_with_its_sentence(act: Act) -> None:
    made = EXAMPLES[act.key](Bureau(make_office()))
    before = set(Entry.objects.values_list("pk", flat=True))

    made.carry_out(act)

    (entry,) = Entry.objects.exclude(pk__in=before)
    assert entry.act == act.key
    assert entry.actor_id == made.actor.id
    words = reading.view(entry).words
    assert reading.ERASED not in words
    assert "{" not in words
    assert all(reading.verify(chain).ok for chain in reading.chains())
