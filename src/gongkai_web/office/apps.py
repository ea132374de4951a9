"""Which application of Django is this?"""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The commands on the server; no tables."""

    name = "gongkai_web.office"
    label = "office"
