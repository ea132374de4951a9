"""Which kinds of hits are there? One a file; where two personal kinds claim the same digits the earlier has them."""

from gongkai.errors import NotFound
from gongkai.screening.kind import Card, Kind
from gongkai.screening.kinds import (
    bank_card,
    classification,
    doubled_mark,
    home_address,
    identity_number,
    landline_number,
    listed_name,
    listed_word,
    mail_address,
    malformed_number,
    minor,
    miswritten_word,
    mobile_number,
    number_of_parts,
    restricted_mark,
    travel_document,
    unpaired_mark,
    vehicle_plate,
    wrong_year,
)

KINDS: tuple[Kind, ...] = (
    identity_number.KIND,
    mobile_number.KIND,
    landline_number.KIND,
    bank_card.KIND,
    travel_document.KIND,
    vehicle_plate.KIND,
    home_address.KIND,
    minor.KIND,
    mail_address.KIND,
    classification.KIND,
    restricted_mark.KIND,
    listed_word.KIND,
    listed_name.KIND,
    malformed_number.KIND,
    doubled_mark.KIND,
    unpaired_mark.KIND,
    number_of_parts.KIND,
    wrong_year.KIND,
    miswritten_word.KIND,
)


def cards() -> tuple[Card, ...]:
    """The card of every kind."""
    return tuple(kind.card for kind in KINDS)


def card(key: str) -> Card:
    """The card of a kind by its key or its code; NotFound says which codes there are."""
    for each in cards():
        if key in (each.key, each.code) or key.upper() == each.code:
            return each
    raise NotFound(f"没有编号为“{key}”的检查项目。现有的项目是：{'、'.join(c.code for c in cards())}。")
