"""Follow-up: the host's responses to the recommendations, and the actions of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import StaleText
from reviews.access import case_for
from reviews.actions.action_plan import add_action, remove_action, restore_action, save_action
from reviews.actions.responses import respond
from reviews.enums import Decision, Stage
from reviews.forms.follow_up import ActionForm, ResponseForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import recommendation_in
from reviews.queries.follow_up import action_in, answered_in, follow_up_of
from reviews.steps import steps_for
from reviews.views.answers import saved, see_other, unsaved, wants_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.models import Action
    from reviews.steps import StepOffer
    from reviews.views.answers import PersonRequest


@require_safe
def follow_up(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what became of every recommendation."""
    seat = case_for(request.user, slug, Ability.VIEW_FOLLOW_UP)
    context = {
        "follow_up": follow_up_of(seat.case),
        "today": timezone.localdate(),
        "offers": _offers(seat),
    }
    return render(request, "reviews/follow_up.html", {**case_frame(seat, "follow_up"), **context})


def _offers(seat: Seat) -> list[StepOffer]:
    """The end of the review, and the way back from it; no gate is asked while neither is near."""
    if seat.case.stage not in {Stage.FOLLOW_UP, Stage.CLOSED}:
        return []
    return [offer for offer in steps_for(seat, "case") if offer.rule.name in {"close", "reopen_follow_up"}]


@require_safe
def one(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show one recommendation with the host's response and its actions, as forms to those who write them."""
    seat = case_for(request.user, slug, Ability.VIEW_FOLLOW_UP)
    return _page(request, seat, pk)


@require_POST
def response(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Save the host's response. A decision is an act, so it takes the button; its reason saves as one types."""
    seat = case_for(request.user, slug, Ability.RESPOND)
    found = recommendation_in(seat.case, pk, for_team=False)
    form = ResponseForm(request.POST, stored=getattr(found, "response", None), is_pressed=not wants_json(request))
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _page(request, seat, pk, response_form=form)
    said = form.cleaned_data
    try:
        row = respond(
            found, by=request.user, decision=Decision(said["decision"]), reason=said["reason"], version=said["version"]
        )
    except StaleText as stale:
        if wants_json(request):
            raise
        return _page(request, seat, pk, response_form=form, stale=stale)
    if wants_json(request):
        return saved(row.version, row.at)
    messages.success(request, "Your response is saved.")
    return see_other(reverse("reviews:follow_up_one", args=(slug, pk)))


@require_POST
def new_action(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Add an action to the plan."""
    seat = case_for(request.user, slug, Ability.TRACK_ACTIONS)
    found = recommendation_in(seat.case, pk, for_team=False)
    form = ActionForm(request.POST, auto_id="new-%s")
    if not form.is_valid():
        return _page(request, seat, pk, new_form=form)
    made = add_action(found, by=request.user, wording=form.wording())
    messages.success(request, "The action is on the plan.")
    return see_other(f"{reverse('reviews:follow_up_one', args=(slug, pk))}#action-{made.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Save an action, for the page that saves as you type and for the button; GET leads to where it stands."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.TRACK_ACTIONS if is_post else Ability.VIEW_FOLLOW_UP)
    found = action_in(seat.case, pk)
    back = _place_of(seat, found)
    if not is_post:
        return see_other(back)
    form = ActionForm(request.POST, auto_id=f"action-{found.pk}-%s")
    if not form.is_valid():
        return (
            unsaved(form)
            if wants_json(request)
            else _page(request, seat, found.recommendation_id, edited=(found, form))
        )
    version = form.cleaned_data["version"] or 0
    try:
        row = save_action(found, by=request.user, version=version, wording=form.wording())
    except StaleText as stale:
        if wants_json(request):
            raise
        return _page(request, seat, found.recommendation_id, edited=(found, form), stale=stale)
    if wants_json(request):
        return saved(row.version, row.updated_at)
    messages.success(request, "The action is saved.")
    return see_other(back)


@require_POST
def remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take an action off the plan."""
    seat = case_for(request.user, slug, Ability.TRACK_ACTIONS)
    found = remove_action(action_in(seat.case, pk), by=request.user)
    return see_other(
        f"{reverse('reviews:follow_up_one', args=(slug, found.recommendation_id))}?removed={found.pk}#actions"
    )


@require_POST
def restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put a removed action back."""
    seat = case_for(request.user, slug, Ability.TRACK_ACTIONS)
    found = restore_action(action_in(seat.case, pk), by=request.user)
    messages.success(request, "The action is back on the plan.")
    return see_other(_place_of(seat, found))


def _place_of(seat: Seat, found: Action) -> str:
    page = reverse("reviews:follow_up_one", args=(seat.case.slug, found.recommendation_id))
    return f"{page}#action-{found.pk}"


def _page(
    request: PersonRequest,
    seat: Seat,
    pk: int,
    *,
    response_form: ResponseForm | None = None,
    new_form: ActionForm | None = None,
    edited: tuple[Action, ActionForm] | None = None,
    stale: StaleText | None = None,
) -> HttpResponse:
    """Show one recommendation; a refused form keeps what was typed."""
    row = answered_in(seat.case, pk)
    refused = response_form or new_form or (edited and edited[1])
    removed = request.GET.get("removed", "")
    context = {
        "row": row,
        "today": timezone.localdate(),
        "may_respond": seat.can(Ability.RESPOND),
        "may_track": seat.can(Ability.TRACK_ACTIONS),
        "response_form": response_form or ResponseForm.of(row.response),
        "new_form": new_form or ActionForm(auto_id="new-%s"),
        "actions": [(a, edited[1] if edited and edited[0].pk == a.pk else ActionForm.of(a)) for a in row.actions],
        "removed": removed if removed.isdigit() else "",
        "stale": stale,
        "refused": refused if refused and refused.errors else None,
    }
    status = 409 if stale else 422 if refused else 200
    return render(request, "reviews/follow_up_one.html", {**case_frame(seat, "follow_up"), **context}, status=status)
