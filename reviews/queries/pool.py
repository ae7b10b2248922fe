"""Looking for people for a team, among those who have an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from people.models import User

if TYPE_CHECKING:
    from reviews.models import Case

MOST = 20


def pool_for(case: Case, text: str) -> list[User]:
    """People whose name, city, languages or expertise contain every word of `text`, and who are not in the case."""
    found = User.objects.filter(is_active=True).exclude(memberships__case=case)
    for word in text.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(city__name__icontains=word)
            | Q(languages__icontains=word)
            | Q(expertise__icontains=word)
        )
    return list(found.select_related("city")[:MOST])
