"""The deadlines of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotThere
from reviews.access import case_for
from reviews.actions.deadlines import mark_deadline, reset_deadline, set_deadline
from reviews.forms.deadlines import DeadlineForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.deadlines import deadline_rows
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_safe
def deadlines(request: PersonRequest, slug: str) -> HttpResponse:
    """All deadlines, what is late first."""
    return _page(request, case_for(request.user, slug, Ability.VIEW_CASE))


@require_POST
def change(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Change one deadline: `do` is save, reset, done or reopen."""
    seat = case_for(request.user, slug, Ability.EDIT_DEADLINES)
    wanted = request.POST.get("do", "save")
    if wanted == "save":
        form = DeadlineForm(request.POST, prefix=kind)
        if not form.is_valid():
            return _page(request, seat, wrong=form)
        row = set_deadline(seat.case, kind, due=form.cleaned_data["due"], by=request.user)
    elif wanted == "reset":
        row = reset_deadline(seat.case, kind, by=request.user)
    elif wanted in {"done", "reopen"}:
        row = mark_deadline(seat.case, kind, done=wanted == "done", by=request.user)
    else:
        raise NotThere
    messages.success(request, f"{row.get_kind_display()}: saved.")
    return see_other(reverse("reviews:deadlines", args=(slug,)))


def _page(request: PersonRequest, seat: Seat, *, wrong: DeadlineForm | None = None) -> HttpResponse:
    frame = case_frame(seat, "deadlines")
    may_edit = seat.can(Ability.EDIT_DEADLINES)
    forms = {kind: DeadlineForm(prefix=kind, initial={"due": row.due}) for kind, row in frame["deadlines"].items()}
    if wrong:
        forms[str(wrong.prefix)] = wrong
    rows = [(row, forms[row.kind]) for row in deadline_rows(seat.case, frame["deadlines"])]
    context = {**frame, "rows": rows, "may_edit": may_edit, "wrong": wrong}
    return render(request, "reviews/deadlines.html", context, status=422 if wrong else 200)
