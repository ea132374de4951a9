"""Which number comes next?"""

from __future__ import annotations

from gongkai_web.agencies.models import Body
from gongkai_web.flow.models import Counter
from gongkai_web.trail import acts


def next_number(body: Body, klass: str, year: int) -> int:
    """The next number of a class (``klass`` names what is counted) in a year of a body, from 1 on.

    Given inside an act only: the row stays locked until the act ends, and an act that fails has given no number. A number that
    was given is never given again, whatever becomes of its record.
    """
    if not acts.running():
        raise RuntimeError("a number is given inside an act")
    Counter.objects.get_or_create(body=body, klass=klass, year=year)
    counter = Counter.objects.select_for_update().get(body=body, klass=klass, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def pass_over(body: Body, klass: str, year: int, number: int) -> None:
    """Never give this number or one below it: an older system has. Inside an act only."""
    if not acts.running():
        raise RuntimeError("a number is passed over inside an act")
    Counter.objects.get_or_create(body=body, klass=klass, year=year)
    counter = Counter.objects.select_for_update().get(body=body, klass=klass, year=year)
    if counter.last < number:
        counter.last = number
        counter.save(update_fields=["last"])


def last_number(body: Body, klass: str, year: int) -> int:
    """The last number given, 0 when none was."""
    return Counter.objects.filter(body=body, klass=klass, year=year).values_list("last", flat=True).first() or 0
