"""What does every page know: where it is, what it may promise about uploads, how long things are kept?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongkai import __version__
from gongkai.reading.converted import office

PLACES = ("write", "check", "compare", "help")


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The variables of every template."""
    match = request.resolver_match
    name = match.url_name if match is not None and match.url_name else ""
    return {
        "version": __version__,
        "here": next((p for p in PLACES if name == p or name.startswith(f"{p}_")), ""),
        "kept_hours": settings.ROOM_SECONDS // 3600,
        "limits": {
            "file": settings.UPLOAD_FILE_BYTES,
            "request": settings.UPLOAD_REQUEST_BYTES,
            "files": settings.UPLOAD_FILES,
        },
        "converts_old_files": office() is not None,
        "classified_contact": settings.CLASSIFIED_CONTACT,
    }
