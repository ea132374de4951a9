"""How are secrets kept that the program must read again?

Sealed with a key that lies in the data folder, apart from the database: a copy of the database alone opens nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from gongkai.errors import BadInput

KEY = "sealing.key"


def seal(secret: str) -> str:
    """The secret, sealed."""
    return _box().encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed. BadInput when the key is another one: the data folder was put together from parts that do not belong together."""
    try:
        return _box().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise BadInput(
            "动态口令的密钥打不开：数据文件夹里的 sealing.key 与数据库不配套。请把备份时的密钥文件放回去，或者请安全管理员重置动态口令。"
        ) from None


def _box() -> Fernet:
    path = Path(settings.DATA) / KEY
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Fernet(path.read_bytes().strip())
    with os.fdopen(handle, "wb") as file:
        key = Fernet.generate_key()
        file.write(key)
    return Fernet(key)
