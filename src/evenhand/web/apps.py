"""The staff pages, as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The staff pages."""

    name = "evenhand.web"
    label = "web"
    verbose_name = "The staff pages"
