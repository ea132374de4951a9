"""Which application of Django is this?"""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Bodies, departments, memberships, rules."""

    name = "gongkai_web.agencies"
    label = "agencies"
