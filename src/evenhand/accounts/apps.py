"""Sign-in, as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Sign-in."""

    name = "evenhand.accounts"
    label = "accounts"
    verbose_name = "Sign-in"
