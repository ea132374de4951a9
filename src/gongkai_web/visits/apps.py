"""Which application of Django is this?"""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Page views, counted by day and page."""

    name = "gongkai_web.visits"
    label = "visits"
