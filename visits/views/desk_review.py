"""The desk review: one page for the team and the host, each with their own view of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from people.asked import wants_json
from people.errors import NotAllowed
from reviews.access import case_for
from reviews.enums import Role
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions import desk_review as actions
from visits.actions.visits import visit_of
from visits.enums import DeskKind
from visits.forms.desk_review import AnswerForm, DeskItemForm, ReopenForm
from visits.queries.desk_review import desk_review, removed_item
from visits.views.frames import case_page, first_error, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def show(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything that this person may read; POST adds an item. What was typed stays when it was closed meanwhile."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.WRITE_DESK_REVIEW if is_post else Ability.VIEW_DESK_REVIEW)
    form = DeskItemForm(request.POST if is_post else None)
    if is_post and form.is_valid():
        kind, text = DeskKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
        try:
            item = actions.add_item(seat.case, by=request.user, kind=kind, text=text)
        except NotAllowed as refusal:
            form.add_error("text", refusal.message)
            return _page(request, seat, form, status=refusal.status)
        return see_other(page_url(seat, "desk_review", kind=kind, anchor=f"item-{item.pk}"))
    if not form.is_bound and request.GET.get("kind") in DeskKind.values:
        form = DeskItemForm(initial={"kind": request.GET["kind"]})
    return _page(request, seat, form)


def _page(request: PersonRequest, seat: Seat, form: DeskItemForm, *, status: int = 0) -> HttpResponse:
    visit = visit_of(seat.case)
    context: dict[str, Any] = {
        "visit": visit,
        "review": desk_review(visit, seat),
        "form": form,
        "removed": removed_item(visit, request.GET.get("removed", "")) if seat.can(Ability.WRITE_DESK_REVIEW) else None,
        "is_lead": Role.LEAD in seat.roles,
    }
    status = status or (422 if form.is_bound else 200)
    return case_page(request, "visits/desk_review.html", seat, "desk_review", status=status, **context)


@require_POST
def answer(request: PersonRequest, slug: str, item_id: int) -> HttpResponse:
    """Store the host's answer as it is typed."""
    seat = case_for(request.user, slug, Ability.ANSWER_DESK_REQUEST)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"code": "invalid", "message": first_error(form)}, status=422)
        messages.error(request, first_error(form))
        return see_other(page_url(seat, "desk_review", anchor=f"item-{item_id}"))
    text, version = form.cleaned_data["answer"], form.cleaned_data["version"]
    saved = actions.answer_request(seat.case, item_id, by=request.user, text=text, version=version)
    if wants_json(request):
        return JsonResponse(saved._asdict())
    return see_other(page_url(seat, "desk_review", anchor=f"item-{item_id}"))


@require_POST
def remove(request: PersonRequest, slug: str, item_id: int) -> HttpResponse:
    """Take an item back; the page offers to put it back."""
    seat = case_for(request.user, slug, Ability.WRITE_DESK_REVIEW)
    item = actions.remove_item(seat.case, item_id, by=request.user)
    return see_other(page_url(seat, "desk_review", removed=str(item.pk)))


@require_POST
def restore(request: PersonRequest, slug: str, item_id: int) -> HttpResponse:
    """Put an item back."""
    seat = case_for(request.user, slug, Ability.WRITE_DESK_REVIEW)
    item = actions.restore_item(seat.case, item_id, by=request.user)
    return see_other(page_url(seat, "desk_review", anchor=f"item-{item.pk}"))


@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    """Close the desk review."""
    seat = case_for(request.user, slug, Ability.CLOSE_DESK_REVIEW)
    actions.close_desk_review(seat.case, by=request.user)
    messages.success(request, "Desk review closed. The programme can be frozen now.")
    return see_other(page_url(seat, "desk_review"))


@require_http_methods(["GET", "POST"])
def reopen(request: PersonRequest, slug: str) -> HttpResponse:
    """Open the desk review again, with a reason."""
    seat = case_for(request.user, slug, Ability.CLOSE_DESK_REVIEW)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_desk_review(seat.case, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Desk review opened again.")
        return see_other(page_url(seat, "desk_review"))
    status = 422 if form.is_bound else 200
    return case_page(request, "visits/desk_review_reopen.html", seat, "desk_review", status=status, form=form)
