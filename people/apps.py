"""WHO: people, cities, working groups, invitations, notifications."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The lowest app: it knows no other."""

    name = "people"
