"""Which database does the web layer use: SQLite in the data folder, or the PostgreSQL of DATABASE_URL?"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def databases(url: str, data: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. SQLite takes its write lock at BEGIN, so that a reader turned writer never fails half-way."""
    if not url:
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(data / "gongkai.sqlite3"),
                # A thread keeps its connection: opening one costs more than a page.
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                },
            }
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("环境变量 DATABASE_URL 只支持 postgres:// 开头的地址；不设置时使用数据文件夹里的 SQLite。")
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    }
