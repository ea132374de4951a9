"""Django's name for the shared screens' parts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and error pages."""

    name = "gongkai_web.ui"
    label = "ui"
