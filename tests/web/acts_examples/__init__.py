"""How is each act called once, rightly? Tests that hold for every act take their calls from here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

import gongkai_web
from gongkai_web.trail.acts import Act, registry
from tests.web.acts_examples import (
    campaigns,
    comment_periods,
    founding,
    imports,
    items,
    offices,
    outlets,
    people,
    standing,
    uploads,
)
from tests.web.acts_examples.call import Example

EXAMPLES: Mapping[str, Example] = {
    **people.EXAMPLES,
    **offices.EXAMPLES,
    **uploads.EXAMPLES,
    **items.EXAMPLES,
    **standing.EXAMPLES,
    **campaigns.EXAMPLES,
    **founding.EXAMPLES,
    **imports.EXAMPLES,
    **comment_periods.EXAMPLES,
    **outlets.EXAMPLES,
}


def all_acts() -> tuple[Act, ...]:
    """Every act of every application, imported and registered."""
    for found in pkgutil.walk_packages(gongkai_web.__path__, "gongkai_web."):
        if ".actions." in found.name:
            importlib.import_module(found.name)
    return tuple(act for act in registry() if act.module.startswith("gongkai_web."))
