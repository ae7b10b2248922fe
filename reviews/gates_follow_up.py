"""What is missing before a review can be closed: an answer to every recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import Reason
from reviews import requirements
from reviews.enums import Role
from reviews.queries.findings import OPEN_TO_HOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import Case


@requirements.gate("close")
def recommendations_are_answered(case: Case) -> Iterable[Reason]:
    """The host has responded to every recommendation that it was given."""
    open_ones = case.recommendations.filter(status__in=OPEN_TO_HOST, response=None).count()
    if open_ones:
        words = "1 recommendation has" if open_ones == 1 else f"{open_ones} recommendations have"
        url = reverse("reviews:follow_up", args=(case.slug,))
        yield Reason(f"{words} no response of the host yet", Role.HOST_COORDINATOR.label, url)
