"""Which application of Django holds the parts that all screens share?"""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and error pages."""

    name = "gongkai_web.ui"
    label = "ui"
