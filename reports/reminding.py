"""Reminding those who were given a section of a report, when it is due tomorrow or late."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.templatetags.words import dates
from reports.models import ReportSection
from reports.queries.writing import unfinished_sections
from reviews.pages import address_of
from reviews.queries.late_writers import is_time_to_remind

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)


def sections_to_remind_of() -> Iterator[list[ReportSection]]:
    """Unfinished sections due by tomorrow: one group a person and report, late ones apart. One query.

    Once the day before, once when late, then every week.
    """
    rows = unfinished_sections().filter(due__lte=timezone.localdate() + _DAY)
    groups: dict[tuple[int, int | None, bool], list[ReportSection]] = defaultdict(list)
    for row in rows.select_related("report__case", "owner").order_by("due", "pk"):
        if row.due is not None and is_time_to_remind(row.reminded_at, row.due):
            groups[row.report_id, row.owner_id, row.due < timezone.localdate()].append(row)
    yield from groups.values()


@transaction.atomic
def remind_owner(rows: list[ReportSection]) -> bool:
    """Tell somebody which sections they still have to write; False when another worker was quicker.

    Effects: the moment is kept on every row, the person is told once. The sentence holds no content.
    """
    claimed = 0
    for row in rows:
        waiting = ReportSection.objects.filter(pk=row.pk, reminded_at=row.reminded_at)
        claimed += waiting.update(reminded_at=timezone.now())
    first = rows[0]
    if not claimed or first.owner is None or first.due is None:
        return False
    case, is_late = first.report.case, first.due < timezone.localdate()
    when = f"was due {dates(first.due)}" if is_late else f"is due {dates(first.due)}"
    text = f"{case.title}: your part of the report {when}"
    notify([first.owner], text=text, url=address_of("reports:report", case.slug))
    return True
