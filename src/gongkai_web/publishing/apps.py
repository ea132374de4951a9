"""Which application of Django is this?"""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Items, versions, review, what is public."""

    name = "gongkai_web.publishing"
    label = "publishing"
