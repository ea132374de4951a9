"""What does every page have to say about this installation?"""

from __future__ import annotations

from typing import Any

from django.db.utils import DatabaseError
from django.http import HttpRequest

from gongkai_web.flow import installation


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """``demonstration``: whether the page has to say 演示数据. A page that tells of a fault is shown without a database too."""
    try:
        return {"demonstration": installation.is_demo()}
    except DatabaseError:
        return {"demonstration": False}
