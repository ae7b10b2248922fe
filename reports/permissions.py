"""Who may write which section of the report: the role says whether at all, the section says which one.

Lead, rapporteur and secretariat write every section; another critical friend writes those that were given to them.
Pure predicates: no queries here. Views, templates and actions all ask `writing_refused`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.errors import NotAllowed
from reviews.permissions import Ability, verdict

if TYPE_CHECKING:
    from reports.models import ReportSection
    from reviews.access import Seat

NOT_YOURS = "You write the sections that are given to you. Ask the lead or the rapporteur for this one."


def writing_refused(seat: Seat, row: ReportSection) -> str:
    """Why this person may not write this section now; the empty string when they may."""
    if refused := verdict(seat, Ability.WRITE_SECTION):
        return refused
    return "" if seat.can(Ability.EDIT_REPORT) or row.owner_id == seat.user.pk else NOT_YOURS


def may_write(seat: Seat, row: ReportSection) -> bool:
    """Whether this person may write this section now."""
    return writing_refused(seat, row) == ""


def require_to_write(seat: Seat, row: ReportSection) -> None:
    """Refuse a section that is not theirs to write, with the reason. Raises NotAllowed."""
    if refused := writing_refused(seat, row):
        raise NotAllowed(refused)
