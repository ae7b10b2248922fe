"""The host's own work in the stories: who writes what, what they say to each other, and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviews.access import seat_in
from reviews.actions.signing import sign_version
from reviews.models import Case
from reviews.steps import SignedAs

if TYPE_CHECKING:
    from config.demonstration.stories import Story
    from people.models import User


def sponsor_signs(case: Case, story: Story, people: dict[str, User]) -> None:
    """The political sponsor signs the submitted version."""
    held = Case.objects.select_related("self_assessment").get(pk=case.pk)
    version = held.self_assessment.versions.get(number=held.self_assessment.version)
    sponsor = people[story.sponsor]
    sign_version(seat_in(sponsor, held), version.sha256, SignedAs.of(sponsor))
