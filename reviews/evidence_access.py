"""The files of a case, as one person may see them: the only way to a file.

What a file's class means is decided here, and here only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.errors import NotThere
from reviews.enums import HOST_ROLES, EvidenceClass
from reviews.models import Evidence
from reviews.permissions import Ability

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.access import Seat


def sees_host_only(seat: Seat) -> bool:
    """Whether a person may read what is for the host only: nobody but the host's own people, whatever else they are."""
    return bool(seat.roles & HOST_ROLES)


def evidence_for(seat: Seat) -> QuerySet[Evidence]:
    """The files that a person may read, by section and title; none before the self-assessment is theirs to read.

    Removed files are left out. Sections and people come along.
    """
    if not seat.can(Ability.VIEW_SELF_ASSESSMENT):
        return Evidence.objects.none()
    found = Evidence.objects.filter(case=seat.case, removed_at__isnull=True).select_related("section", "uploaded_by")
    if not sees_host_only(seat):
        found = found.exclude(access_class=EvidenceClass.HOST)
    return found.order_by("section__position", "title", "pk")


def removed_evidence_for(seat: Seat) -> QuerySet[Evidence]:
    """The files that were removed and can be brought back; for the host's writers only."""
    if not seat.can(Ability.EDIT_SELF_ASSESSMENT):
        return Evidence.objects.none()
    found = Evidence.objects.filter(case=seat.case, removed_at__isnull=False)
    return found.select_related("section", "uploaded_by").order_by("-removed_at")


def evidence_named(seat: Seat, pk: int) -> Evidence:
    """One file of this case that this person may read.

    Raises NotThere: also for a file of another case, a removed one, and one for the host only.
    """
    found = evidence_for(seat).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found
