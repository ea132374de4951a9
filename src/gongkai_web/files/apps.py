"""Which Django app are the files?"""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Uploads: what they are, how they are cleaned, what their text is."""

    name = "gongkai_web.files"
    label = "files"
    verbose_name = "文件"
