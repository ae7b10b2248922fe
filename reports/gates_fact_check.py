"""The gates around the fact check: what must be read before a draft leaves the team, and what follows from answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from people.errors import Reason
from reports.scanning import scan_of, words_of_kinds
from reviews import requirements
from reviews.enums import Role
from reviews.models import Case

TEAM = f"{Role.RAPPORTEUR.label} or {Role.LEAD.label.lower()}"


@requirements.gate("start_fact_check", "publish_report")
def nobody_can_be_recognised(case: Case) -> Iterator[Reason]:
    """What may tell of a private person was changed, or set aside with a reason."""
    if found := scan_of(case).open:
        words = (
            f"Look at {len(found)} {'hint' if len(found) == 1 else 'hints'} on personal data: {words_of_kinds(found)}"
        )
        yield Reason(words, TEAM, reverse("reports:check", args=(case.slug,)))
