"""Sections that somebody was given, among their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from reports.queries.writing import unfinished_sections
from reviews.queries.tasks import Source, Task, register_tasks

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User
    from reports.models import ReportSection


def sections_of_person(user: User) -> QuerySet[ReportSection]:
    """What a person was given to write and has not finished, by date."""
    rows = unfinished_sections().filter(owner=user).select_related("report__case__host_city")
    return rows.order_by("due", "pk")


def as_task(row: ReportSection) -> Task:
    """The section as a line of the task list."""
    case = row.report.case
    url = reverse("reports:section", args=(case.slug, row.key))
    return Task(case, f"Write the section “{row.title}” of the report", row.due, url)


register_tasks(Source(sections_of_person, as_task))
