"""Which invented numbers do the tests of the scan use, check digits and all?"""

from gongkai.screening.numbers import identity_check, luhn_holds


def identity(first: str) -> str:
    """A citizen's number from its first seventeen digits."""
    return first + identity_check(first)


def card_number(beginning: str, length: int) -> str:
    """A card number of this beginning and length."""
    body = beginning + "7" * (length - len(beginning) - 1)
    return next(body + str(last) for last in range(10) if luhn_holds(body + str(last)))


IDENTITY = identity("32010219900101123")
IDENTITY_X = next(n for n in (identity(f"320102199001011{k:02d}") for k in range(100)) if n.endswith("X"))
CARD = card_number("62220202", 19)
