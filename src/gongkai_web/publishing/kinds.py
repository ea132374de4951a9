"""Which kinds of information does the law treat alike?"""

from __future__ import annotations

from gongkai_web.publishing.models import Kind

REGISTERED = (Kind.RULE, Kind.NORMATIVE)
"""Documents whose validity and legality review are registered, which are cleaned up, and which the yearly return counts."""
POLICIES = (*REGISTERED, Kind.POLICY)
"""国办发〔2016〕80号: documents that are interpreted by who drafted them, and that go to the disclosure unit first where they are to be
withheld."""
DECISIONS = {Kind.LICENCE: "publish.permit", Kind.PENALTY: "publish.permit", Kind.COERCION: "publish.enforcement"}
"""Decisions on single cases, each with the key of the period that the law gives it; a revoked one is taken down."""
