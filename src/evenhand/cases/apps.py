"""Cases as a Django application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Taking steps, and what lists and searches read."""

    name = "evenhand.cases"
    label = "cases"
    verbose_name = "Cases"
