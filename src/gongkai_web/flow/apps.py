"""Which application of Django is this?"""

from django.apps import AppConfig


class FlowConfig(AppConfig):
    """Reviews, tasks, numbers, the outbox and the worker."""

    name = "gongkai_web.flow"
    label = "flow"
