"""Cases as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from evenhand.cases import indexing


class CasesConfig(AppConfig):
    """Taking steps, and what lists and searches read."""

    name = "evenhand.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        """Lets migrations change the registers' tables."""
        pre_migrate.connect(indexing.before_migrating, sender=self)
        post_migrate.connect(indexing.after_migrating, sender=self)
