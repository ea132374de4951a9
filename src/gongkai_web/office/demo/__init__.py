"""What stands in the demo office, and how does it come to have a year behind it?

``data/`` holds an invented county justice bureau: ``office.toml`` its people and facts, ``rules/*.md`` its own rules, ``items/*.md`` what it
published or is about to, ``report.toml`` its annual reports. Nothing is written into tables past the acts: each item lives through its acts
in turn, and the clock is set by hand to the instant of each (``ui.clock.set_by_hand``).
"""
