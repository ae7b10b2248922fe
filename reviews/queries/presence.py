"""Who else is writing in a self-assessment now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reviews.models import Presence

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import SelfAssessment

FORGOTTEN_AFTER = timedelta(seconds=45)
"""Three times as long as pages wait between two signs of life (static/js/presence.js)."""


def others_writing(held: SelfAssessment, user: User) -> list[Presence]:
    """The others who gave a sign of life lately, with the questions they are at, in their order. One query."""
    lately = Presence.objects.filter(self_assessment=held, at__gte=timezone.now() - FORGOTTEN_AFTER)
    others = lately.exclude(user=user).select_related("user", "question__section")
    return list(others.order_by("question__section__position", "question__number", "user__name"))
