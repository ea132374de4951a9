"""Which settings are read, and are all open points explained?"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

import pytest

from gongkai.clock import Settings, settings_from
from gongkai.clock.settings import CARDS, ConsultationDays
from gongkai.errors import BadInput


def test_cards__every_setting__is_explained_once() -> None:
    assert [card.name for card in CARDS] == [f.name for f in fields(Settings)]
    assert all(card.question.endswith("？") and card.why.endswith("。") for card in CARDS)


def test_settings_from__values_in_chinese_and_plain__are_read() -> None:
    settings = settings_from(
        {"consultation_days": "发出当日至收到意见当日", "fee_restarts": False, "regime_day": dt.date(2019, 5, 15)}, "案件.toml"
    )
    assert settings == Settings(consultation_days=ConsultationDays.BOTH, fee_restarts=False, regime_day=dt.date(2019, 5, 15))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"fee_restart": True}, "没有“fee_restart”这个设置"),
        ({"fee_restarts": "是"}, "应当是true 或 false"),
        ({"consultation_days": "随便"}, "只能写发出次日至收到意见当日"),
        ({"electronic_reply": True}, "只能写发出之日"),
        ({"regime_day": "2019-05-15"}, "应当是日期"),
        ({"regime_day": True}, "应当是日期"),
    ],
)
def test_settings_from__faulty__is_refused_in_words(data: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words) as refusal:
        settings_from(data, "案件.toml")
    assert "案件.toml" in str(refusal.value)
