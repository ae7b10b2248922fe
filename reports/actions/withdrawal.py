"""Withdrawing what was published: a notice takes its place, and where it must be, the text goes for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady
from reports.actions.shelving import reshelve
from reports.enums import DocumentKind, Edition
from reports.models import Document, Publication
from reports.storing import drop
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import TEAM_ROLES, EventKind, Role
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

TOLD = (Role.SECRETARIAT, *sorted(TEAM_ROLES), Role.HOST_COORDINATOR, Role.HOST_SPONSOR)


@transaction.atomic
def withdraw_publication(
    case: Case, version: int, *, by: User, reason: str, earlier: bool = False, erase: bool = False
) -> list[Publication]:
    """Put a notice in the place of a published version; `earlier` takes the versions before it too.

    Effects: lock, permit, mark, let the newest version that still stands take the place in the library, take out of the
    search, with `erase` delete the text and the files that show it, record, tell team and host. Nothing brings a
    withdrawn version back: a new version is published instead.
    Raises NotAllowed, NotReady without a reason, AlreadyDone when there is nothing to withdraw.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.WITHDRAW_PUBLICATION)
    if not reason.strip():
        raise NotReady("Give the reason: the notice says it to readers.", code="reason_missing")
    which = {"version__lte": version} if earlier else {"version": version}
    found = list(Publication.objects.filter(case=case, withdrawn_at=None, **which).order_by("version"))
    if not found or found[-1].version != version:
        raise AlreadyDone("This version is withdrawn already.")
    rows = Publication.objects.filter(pk__in=[row.pk for row in found])
    rows.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawal_reason=reason.strip())
    _let_stand(case)
    reshelve(case)
    if erase:
        rows.erase()
        _delete_files(found)
    _tell(case, found, by=by, reason=reason.strip(), erase=erase)
    return found


def _let_stand(case: Case) -> None:
    """Make the newest version that was not withdrawn the current one; the day of the case is its day, or none.

    Where none is left, the withdrawn one stays current: a notice stands for it.
    """
    rows = Publication.objects.filter(case=case)
    standing = rows.filter(withdrawn_at=None).order_by("-version").first()
    case.published_at = standing.published_at if standing else None
    case.save(update_fields=("published_at",))
    if standing is not None and not standing.is_current:
        rows.filter(is_current=True).update(is_current=False)
        rows.filter(pk=standing.pk).update(is_current=True)


def _delete_files(found: list[Publication]) -> None:
    """Delete every document that shows what was published, in every format; the files go after commit.

    Also the archives of the case: any of them may hold it. They can be made again, without it.
    """
    of_case = Document.objects.filter(case_id=found[0].case_id)
    hashes = [row.sha256 for row in found]
    shown = of_case.filter(kind=DocumentKind.REPORT, edition=Edition.PUBLIC, content_hash__in=hashes)
    shown |= of_case.filter(kind=DocumentKind.ARCHIVE)
    for name in shown.exclude(file="").values_list("file", flat=True):
        _delete_after_commit(name)
    shown.delete()


def _delete_after_commit(name: str) -> None:
    """Whatever the storage says: what it cannot delete now, no row names any more, and it is swept (sweeping.py)."""
    transaction.on_commit(lambda: drop(name), robust=True)


def _tell(case: Case, found: list[Publication], *, by: User, reason: str, erase: bool) -> None:
    numbers = " and ".join(str(row.version) for row in found)
    words = f"Version {numbers}" if len(found) == 1 else f"Versions {numbers}"
    done = f"{words} of the report withdrawn{' and erased' if erase else ''}"
    record(case, EventKind.REMOVED, done, by=by, reason=reason)
    told = people_in(case, TOLD).exclude(pk=by.pk)
    notify(told, text=f"{case.title}: {done.lower()}", url=reverse("reports:report", args=(case.slug,)), detail=reason)
