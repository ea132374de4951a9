"""Which application of Django is this?"""

from django.apps import AppConfig


class OutletsConfig(AppConfig):
    """Notice boards and screens, what hangs there, new-media accounts."""

    name = "gongkai_web.outlets"
    label = "outlets"
