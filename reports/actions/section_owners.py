"""Sharing the writing out: who of the team writes which section, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from people.actions.notifications import notify
from people.errors import NotReady, NotThere
from people.templatetags.words import counted, dates
from reports.models import ReportSection
from reports.queries.writing import writers_in
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.permissions import Ability

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from people.models import User
    from reviews.models import Case


@dataclass(frozen=True, slots=True)
class Given:
    """To whom a section is given, and by when; without a person it is everybody's again."""

    owner: int | None
    due: date | None


@transaction.atomic
def share_out(case: Case, given: Mapping[str, Given], *, by: User) -> list[ReportSection]:
    """Give sections, by their keys, to members of the team; returns those that changed.

    Effects: lock the case, permit, store, a line on the timeline of the team for each new owner, tell each owner once
    what is new for them. Raises NotAllowed, NotThere for an unknown section, NotReady `writer_unknown` for somebody
    who does not write in this team.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.SHARE_REPORT)
    rows = {row.key: row for row in ReportSection.objects.filter(report__case=case).select_related("owner")}
    if given.keys() - rows.keys():
        raise NotThere
    writers = {user.pk: user for user in writers_in(case)}
    changed = [row for key, row in rows.items() if key in given and _give(row, given[key], writers)]
    for row in changed:
        row.reminded_at = None
        row.save(update_fields=("owner", "due", "reminded_at"))
        words = f"given to {row.owner}" if row.owner else "is nobody’s own any more"
        record(case, EventKind.EDITED, f"Section “{row.title}” of the report {words}", by=by, team_only=True)
    _tell(case, changed, by)
    return changed


def _give(row: ReportSection, given: Given, writers: Mapping[int, User]) -> bool:
    """Put owner and day into the row; whether anything is new."""
    if (row.owner_id, row.due) == (given.owner, given.due):
        return False
    if given.owner is not None and given.owner != row.owner_id and given.owner not in writers:
        raise NotReady("Choose somebody of the team whose interests are cleared.", code="writer_unknown")
    if given.owner != row.owner_id:
        row.owner = writers.get(given.owner) if given.owner else None
    row.due = given.due
    return True


def _tell(case: Case, changed: Iterable[ReportSection], by: User) -> None:
    """One sentence a person, however many sections are theirs now."""
    theirs: dict[User, list[ReportSection]] = {}
    for row in changed:
        if row.owner and row.owner.pk != by.pk:
            theirs.setdefault(row.owner, []).append(row)
    for owner, rows in theirs.items():
        what = f"section “{rows[0].title}”" if len(rows) == 1 else counted(len(rows), "section")
        first = min((row.due for row in rows if row.due), default=None)
        until = f" by {dates(first)}" if first else ""
        page = "reports:section" if len(rows) == 1 else "reports:report"
        url = reverse(page, args=(case.slug, *([rows[0].key] if len(rows) == 1 else [])))
        notify([owner], text=f"{case.title}: you write {what} of the report{until}", url=url)
