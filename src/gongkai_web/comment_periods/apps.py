"""Which application of Django is this?"""

from django.apps import AppConfig


class CommentPeriodsConfig(AppConfig):
    """Comment periods, comments, what was made of them."""

    name = "gongkai_web.comment_periods"
    label = "comment_periods"
