"""Which application of Django holds the trail?"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from gongkai_web.trail import guards


class TrailConfig(AppConfig):
    """The append-only record of acts, and the guards that all applications set in the database."""

    name = "gongkai_web.trail"
    label = "trail"

    def ready(self) -> None:
        """Guards are lifted for a migration and set again after it, because SQLite loses them when it rebuilds a table."""
        pre_migrate.connect(guards.lift_before_migration, sender=self, dispatch_uid="trail.guards.lifted")
        post_migrate.connect(guards.install_after_migration, sender=self, dispatch_uid="trail.guards")
