"""Where does an upload wait while a person decides how it is to be cleaned, so that it need not be picked again?

Only what carries no classification marking comes here: it is looked for before anything is asked. The bytes are sealed with a key made
of the token that the page alone holds, so that nothing on the server opens them; after a short time they are removed.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from gongkai_web.files import storage
from gongkai_web.ui import clock

FOLDER = "held"
MINUTES = 30
MOST = 60
"""So many wait at the same moment; what comes then is picked again."""


@dataclass(frozen=True, slots=True)
class Held:
    """An upload as it came in."""

    name: str
    data: bytes


def hold(body_id: int, person_id: int, name: str, data: bytes) -> str:
    """Keep an unmarked upload for a short time; the token by which the same person has it back, empty when too many wait."""
    forget_old(clock.now())
    folder = Path(settings.DATA) / FOLDER
    if folder.is_dir() and sum(1 for _ in folder.iterdir()) >= MOST:
        return ""
    token = secrets.token_urlsafe(32)
    about = json.dumps([body_id, person_id, name]).encode()
    storage.write(_place(token), _box(token).encrypt(len(about).to_bytes(4, "big") + about + data))
    return token


def taken_back(body_id: int, person_id: int, token: str) -> Held | None:
    """The upload, which waits no longer; None when it is gone or somebody else's."""
    place = _place(token)
    try:
        opened = _box(token).decrypt(place.read_bytes(), ttl=MINUTES * 60)
    except (OSError, InvalidToken):
        return None
    length = int.from_bytes(opened[:4], "big")
    of_body, of_person, name = json.loads(opened[4 : 4 + length])
    if (of_body, of_person) != (body_id, person_id):
        return None
    place.unlink(missing_ok=True)
    return Held(name, opened[4 + length :])


def forget_old(now: dt.datetime) -> None:
    """Remove what has waited too long."""
    latest = now.timestamp() - MINUTES * 60
    for place in (Path(settings.DATA) / FOLDER).glob("*"):
        try:
            if place.stat().st_mtime < latest:
                place.unlink(missing_ok=True)
        except FileNotFoundError:
            continue  # taken back at this moment


def _place(token: str) -> Path:
    return Path(settings.DATA) / FOLDER / hashlib.sha256(f"place {token}".encode()).hexdigest()


def _box(token: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"key {token}".encode()).digest()))
