"""Which application of Django is this?"""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index of what is public."""

    name = "gongkai_web.search"
    label = "search"
