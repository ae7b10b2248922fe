"""Thanks to the team of a story: certificates of participation, with the hours that the programme proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.actions.certificates import issue_certificates
from reports.queries.certificates import holders_of

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case


def thank(case: Case, *, by: User) -> None:
    """Issue the certificates of a visit that was held."""
    issue_certificates(case, {holder.user.pk: holder.proposed for holder in holders_of(case)}, by=by)
