"""The people of the network, for the secretariat."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import Q

from people.errors import NotThere
from people.models import User

PER_PAGE = 50


def persons(text: str, page: str) -> Page[User]:
    """One page of the open accounts by name, those whose name, address or city holds `text`. Two queries."""
    found = User.objects.filter(is_active=True).select_related("city").order_by("name", "pk")
    if text := text.strip():
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text) | Q(city__name__icontains=text))
    return Paginator(found, PER_PAGE).get_page(page)


def person_at(pk: int) -> User:
    """Somebody with an open account. Raises NotThere."""
    found = User.objects.filter(pk=pk, is_active=True).select_related("city").first()
    if found is None:
        raise NotThere
    return found
