"""Thanks to the team of a story: certificates of participation, with the hours that the programme proposes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reports.actions.certificates import issue_certificates
from reports.models import Certificate
from reports.queries.certificates import holders_of

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

AFTER = timedelta(days=6)


def thank(case: Case, *, by: User) -> None:
    """Issue the certificates of a visit that was held, in the days after it."""
    issue_certificates(case, {holder.user.pk: holder.proposed for holder in holders_of(case)}, by=by)
    if case.visit_end:
        issued = datetime.combine(case.visit_end + AFTER, time(9), UTC)
        Certificate.objects.filter(case=case).update(issued_at=min(issued, timezone.now()))
