"""Evidence files, as a Django application."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence files."""

    name = "evenhand.evidence"
    label = "evidence"
    verbose_name = "Evidence files"
