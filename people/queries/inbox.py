"""A person's notifications."""

from django.core.paginator import Page, Paginator

from people.models import Notification, User

PER_PAGE = 30


def notifications_of(user: User, page: str) -> Page[Notification]:
    """One page of a person's inbox, newest first; a wrong page number gives the nearest."""
    return Paginator(Notification.objects.filter(user=user), PER_PAGE).get_page(page)


def latest_unread(user: User, most: int = 5) -> list[Notification]:
    """The newest notifications that a person has not read, for the home page."""
    return list(Notification.objects.filter(user=user, read_at__isnull=True)[:most])
