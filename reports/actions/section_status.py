"""How far a section is: its writers say so, and lead or rapporteur agree. A change moves it by itself (the model)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from people.actions.notifications import notify
from people.errors import NotReady, NotThere
from reports.actions.section_versions import keep
from reports.enums import SectionStatus
from reports.models import ReportSection
from reports.permissions import require_to_write
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, Role
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

_DONE = {
    SectionStatus.WRITING: "is being written again",
    SectionStatus.TO_READ: "is ready to be read",
    SectionStatus.AGREED: "is agreed",
}
SETTABLE = tuple(_DONE)


@transaction.atomic
def set_status(case: Case, key: str, status: str, *, by: User) -> ReportSection:
    """Say how far a section is; saying it twice is once.

    Effects: lock the case, permit (who may write it; to agree, lead or rapporteur), refuse what is empty and an
    agreement on what nobody began, keep the text as it is, store, one line on the timeline of the team, tell those who
    act next.
    Raises NotAllowed, NotThere, NotReady.
    """
    case = locked_case(case.pk)
    rows = ReportSection.objects.filter(report__case=case, key=key).select_related("updated_by", "owner")
    row = rows.first()
    if row is None or status not in SETTABLE:
        raise NotThere
    seat = seat_in(by, case)
    if status == SectionStatus.AGREED:
        seat.require(Ability.AGREE_SECTION)
    else:
        require_to_write(seat, row)
    if row.status == status:
        return row
    if not row.text.strip() and not row.draws:
        raise NotReady("Nothing is written in this section yet.", code="empty_section")
    if status == SectionStatus.AGREED and row.status == SectionStatus.OPEN:
        words = "Nobody has begun this section. Whoever writes it says first that it is ready to be read."
        raise NotReady(words, code="section_not_begun")
    keep([row], note=f"{SectionStatus(status).label}, said {by}")
    row.status = status
    row.save(update_fields=("status",))
    words = f"Section “{row.title}” of the report {_DONE[SectionStatus(status)]}"
    record(case, EventKind.EDITED, words, by=by, team_only=True)
    _tell(case, row, by)
    return row


def _tell(case: Case, row: ReportSection, by: User) -> None:
    """A section to read is told to those who agree; an agreed one to its owner."""
    told = [row.owner] if row.owner else []
    if row.status == SectionStatus.TO_READ:
        told = list(people_in(case, {Role.LEAD, Role.RAPPORTEUR}))
    url = reverse("reports:section", args=(case.slug, row.key))
    text = f"{case.title}: section “{row.title}” of the report {_DONE[SectionStatus(row.status)]}"
    if row.status != SectionStatus.WRITING:
        notify([user for user in told if user.pk != by.pk], text=text, url=url)
