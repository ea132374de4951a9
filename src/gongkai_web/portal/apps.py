"""Which application of Django is this?"""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public screens."""

    name = "gongkai_web.portal"
    label = "portal"
