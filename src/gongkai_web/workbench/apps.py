"""Which application of Django is this?"""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The staff screens."""

    name = "gongkai_web.workbench"
    label = "workbench"
