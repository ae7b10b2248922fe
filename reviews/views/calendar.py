"""The year."""

from __future__ import annotations

from datetime import MAXYEAR, date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reviews.access import visible_to
from reviews.queries.calendar import WEEKDAYS, Span, clashes, months_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest

EARLIEST, LAST_MONTH = 1990, 12


@require_safe
def calendar(request: PersonRequest) -> HttpResponse:
    """Visits and own deadlines: the twelve months from now, a whole `year`, or one `month` of it in full."""
    today = timezone.localdate()
    year = _number(request, "year", EARLIEST, MAXYEAR - 2)
    month = _number(request, "month", 1, LAST_MONTH) if year else None
    span = Span(date(year or today.year, month or (1 if year else today.month), 1), 1 if month else LAST_MONTH)
    months = months_of(request.user, visible_to(request.user), span)
    context = {
        "year": year,
        "month": months[0] if month else None,
        "months": months,
        "weekdays": WEEKDAYS,
        "clashes": clashes(request.user, span),
        "is_empty": not any(shown.entries for shown in months),
        "today": today,
    }
    return render(request, "reviews/calendar.html", context)


def _number(request: PersonRequest, name: str, least: int, most: int) -> int | None:
    """A number from the address, None when it is missing or makes no sense."""
    sent = request.GET.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) <= len(str(most)) and least <= int(sent) <= most else None
