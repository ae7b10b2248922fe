"""Setting a hint of the check before sending aside, with the reason, and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotReady
from reports.models import HintSetAside
from reports.scanning import scan_of
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.permissions import Ability

if TYPE_CHECKING:
    from collections.abc import Collection

    from people.models import User
    from reviews.models import Case

MOST_WORDS = 300


@transaction.atomic
def set_hints_aside(case: Case, keys: Collection[str], *, reason: str, by: User) -> int:
    """Say that hints were read and may stand, and why. Returns how many were set aside; known ones stay as they were.

    Effects: lock the case, permit, find the hints as the report reads now, store, record for the team.
    Raises NotAllowed, NotReady when the report has moved on and no such hint is there any more.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.SEND_REPORT)
    scan = scan_of(case)
    chosen = [hit for hit in scan.open if hit.key in keys]
    if not chosen and not any(hit.key in keys for hit, _ in scan.aside):
        raise NotReady("The text has changed since you read it. Look at what the page shows now.", code="hints_changed")
    HintSetAside.objects.bulk_create(
        HintSetAside(report=case.report, key=hit.key, words=hit.hint.words[:MOST_WORDS], reason=reason.strip(), by=by)
        for hit in chosen
    )
    if chosen:
        words = "1 hint" if len(chosen) == 1 else f"{len(chosen)} hints"
        record(
            case, EventKind.EDITED, f"{words} on personal data set aside", by=by, reason=reason.strip(), team_only=True
        )
    return len(chosen)


@transaction.atomic
def bring_hint_back(case: Case, key: str, *, by: User) -> None:
    """Count a hint again. Asked twice, it is once.

    Effects: lock the case, permit, forget, record for the team. Raises NotAllowed.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.SEND_REPORT)
    gone, _ = HintSetAside.objects.filter(report__case=case, key=key).delete()
    if gone:
        record(case, EventKind.EDITED, "A hint on personal data counts again", by=by, team_only=True)
