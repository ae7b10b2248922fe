"""Where everybody begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.queries.inbox import latest_unread
from reviews.queries.tasks import deadlines_page, urgent_tasks

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_safe
def tasks(request: PersonRequest) -> HttpResponse:
    """What waits for this person: what others wait for first, then deadlines by date, then news."""
    everybodys = request.GET.get("of") == "all" and request.user.is_secretariat
    page = deadlines_page(request.user, request.GET.get("page", ""), everybodys=everybodys)
    context = {
        "urgent": urgent_tasks(request.user) if page.number == 1 and not everybodys else [],
        "page": page,
        "everybodys": everybodys,
        "news": latest_unread(request.user),
    }
    return render(request, "reviews/tasks.html", context)
