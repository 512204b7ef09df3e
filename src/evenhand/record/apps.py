"""The record as a Django application."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Append-only, hash-chained entries."""

    name = "evenhand.record"
    label = "record"
    verbose_name = "The record"
