"""Who looked, as a Django application."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    """Who looked."""

    name = "evenhand.looks"
    label = "looks"
    verbose_name = "Who looked"
