"""Is a report right? One rule a file; a rule is a pure function from a report's figures to findings."""

from gongkai.checking.check import cards, cells, check, rule
from gongkai.checking.output import findings_json, findings_text, rule_page
from gongkai.checking.page import findings_html
from gongkai.checking.rule import Rule
from gongkai.checking.rules import RULES
from gongkai.checking.verdicts import Ruling, Verdict, Verdicts

__all__ = [
    "RULES",
    "Rule",
    "Ruling",
    "Verdict",
    "Verdicts",
    "cards",
    "cells",
    "check",
    "findings_html",
    "findings_json",
    "findings_text",
    "rule",
    "rule_page",
]
