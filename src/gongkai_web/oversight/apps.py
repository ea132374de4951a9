"""Which application of Django holds the report desk?"""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The report desk."""

    name = "gongkai_web.oversight"
    label = "oversight"
