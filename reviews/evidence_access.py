"""The files of a case, as one person may see them: the only way to a file.

What a file's class means is decided here, and here only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from people.errors import NotAllowed, NotThere
from reviews.enums import HOST_ROLES, EvidenceClass
from reviews.models import Evidence
from reviews.permissions import Ability
from reviews.queries.shares import NOT_YOURS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.access import Seat
    from reviews.models import EvidenceVersion
    from reviews.queries.shares import Share


def sees_host_only(seat: Seat) -> bool:
    """Whether a person may read what is for the host only: nobody but the host's own people, whatever else they are."""
    return bool(seat.roles & HOST_ROLES)


def evidence_for(seat: Seat) -> QuerySet[Evidence]:
    """The files that a person may read, by section and title; none before the self-assessment is theirs to read.

    Removed files are left out. Sections and people come along.
    """
    if not seat.can(Ability.VIEW_SELF_ASSESSMENT):
        return Evidence.objects.none()
    found = Evidence.objects.filter(case=seat.case, removed_at__isnull=True).select_related(
        "section", "uploaded_by", "owner"
    )
    if not sees_host_only(seat):
        found = found.exclude(access_class=EvidenceClass.HOST)
    return _of_share(found, seat, seat.reads).order_by("section__position", "title", "pk")


def removed_evidence_for(seat: Seat) -> QuerySet[Evidence]:
    """The files that were removed and can be brought back; for the host's writers only."""
    if not seat.can(Ability.EDIT_SELF_ASSESSMENT):
        return Evidence.objects.none()
    found = _of_share(Evidence.objects.filter(case=seat.case, removed_at__isnull=False), seat, seat.writes)
    return found.select_related("section", "uploaded_by").order_by("-removed_at")


def evidence_named(seat: Seat, pk: int) -> Evidence:
    """One file of this case that this person may read.

    Raises NotThere: also for a file of another case, a removed one, and one for the host only.
    """
    found = evidence_for(seat).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def _of_share(rows: QuerySet[Evidence], seat: Seat, share: Share) -> QuerySet[Evidence]:
    """Keep the files of a person's sections and questions, and those that they added or promised themselves."""
    if share.everything:
        return rows
    theirs = Q(section__in=share.sections) | Q(questions__section__in=share.sections)
    theirs |= Q(questions__in=share.questions) | Q(uploaded_by=seat.user) | Q(owner=seat.user)
    return rows.filter(pk__in=Evidence.objects.filter(theirs, case=seat.case).values("pk"))


def require_to_change(seat: Seat, row: Evidence) -> None:
    """Refuse to change a file outside a person's share.

    Raises NotAllowed.
    """
    if not _of_share(Evidence.objects.filter(pk=row.pk), seat, seat.writes).exists():
        raise NotAllowed(NOT_YOURS, code="not_assigned")


def require_to_bring(seat: Seat, row: Evidence) -> None:
    """Refuse to put a file into a row: writers may where the row is theirs, whoever promised an announced one may too.

    Raises NotAllowed.
    """
    if row.owner_id == seat.user.pk and row.is_announced and sees_host_only(seat) and not seat.case.is_at_rest:
        return
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    if not seat.writes.everything:
        require_to_change(seat, row)


def can_bring(seat: Seat, row: Evidence) -> bool:
    """Whether a person may put a file, or a newer version of it, into a row."""
    try:
        require_to_bring(seat, row)
    except NotAllowed:
        return False
    return True


def can_change(seat: Seat, row: Evidence) -> bool:
    """Whether a person may change what is said of a file."""
    if not seat.can(Ability.EDIT_SELF_ASSESSMENT):
        return False
    return seat.writes.everything or _of_share(Evidence.objects.filter(pk=row.pk), seat, seat.writes).exists()


def versions_for(seat: Seat, row: Evidence) -> list[EvidenceVersion]:
    """The older versions of a file that a person may read, newest first.

    The host's own people read all of them. Others read those that they could have read while they stood: what was
    replaced before the release was never theirs. One query.
    """
    return readable_versions(seat, row, list(row.versions.select_related("uploaded_by")))


def readable_versions(seat: Seat, row: Evidence, found: list[EvidenceVersion]) -> list[EvidenceVersion]:
    """As `versions_for`, of all older versions, newest first, that were fetched already. No query for the versions."""
    if sees_host_only(seat) or not found:
        return found
    held = seat.case.self_assessment
    released = held.accepted_at or held.submitted_at
    if released is None:
        return []
    replaced = [row.uploaded_at, *(version.uploaded_at for version in found)]  # when the next newer one came
    return [version for version, at in zip(found, replaced, strict=False) if at > released]


def version_named(seat: Seat, row: Evidence, number: int) -> EvidenceVersion:
    """One older version that a person may read. Raises NotThere."""
    for version in versions_for(seat, row):
        if version.number == number:
            return version
    raise NotThere


def file_words(seat: Seat, row: Evidence | None) -> str:
    """Name a file to somebody: by its title if they may know of it, else as some file. No query."""
    hidden = row is None or (row.access_class == EvidenceClass.HOST and not sees_host_only(seat))
    if row is None or hidden or not seat.can(Ability.VIEW_SELF_ASSESSMENT):
        return "a file"
    if not seat.reads.everything and seat.user.pk not in {row.uploaded_by_id, row.owner_id}:
        return "a file"
    return f"the file “{row.title}”"
