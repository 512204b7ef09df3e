"""The registers as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Staff, customers, homes and tenancies: what is known of people that is not conduct."""

    name = "evenhand.people"
    label = "people"
    verbose_name = "People and homes"
