"""What does the law say about a subject on a day?

>>> from gongkai import law
>>> law.at(date(2018, 3, 1), "reply.limit").value
15
"""

from gongkai.law.book import Law, at, national
from gongkai.law.provision import Charge, Instrument, Provision, Subject, Tariff, Unit

__all__ = ["Charge", "Instrument", "Law", "Provision", "Subject", "Tariff", "Unit", "at", "national"]
