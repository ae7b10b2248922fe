"""The team's words for what the case draws into a section: saving them, and deciding when the case has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.errors import NotReady
from reports.actions import pieces as actions
from reports.forms.pieces import Decision, DecisionForm
from reports.forms.texts import TextForm
from reports.permissions import require_to_write
from reports.pieces import anchor_of
from reports.section_drawing import drawing_of, piece_state
from reports.section_pages import beside_section, section_of_team
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import saved, see_other, unsaved, wants_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability
DONE = {
    Decision.KEEP: "Your words stay.",
    Decision.TAKE: "The report says what the review says. Your words are kept below.",
    Decision.INSERT: "The words stand at the end of the text now.",
    Decision.DROP: "The report leaves the words out. They are kept below.",
}


@require_POST
def piece(request: PersonRequest, slug: str, key: str, piece: str) -> HttpResponse:
    """Save the team's words for a piece as somebody types; alone on a page where something is wrong with them."""
    seat = case_for(request.user, slug, A.WRITE_SECTION)
    row = section_of_team(seat, key)
    require_to_write(seat, row)
    form = TextForm(request.POST)
    if form.is_valid():
        done = actions.save_piece(seat.case, key, piece, by=request.user, **form.cleaned_data)
        return saved(done.version, done.at) if wants_json(request) else see_other(_place(seat, key, piece))
    if wants_json(request):
        return unsaved(form)
    context = {**case_frame(seat, "report"), "row": row, "state": piece_state(row, piece), "form": form}
    return render(request, "reports/piece.html", context, status=422)


@require_POST
def decide(request: PersonRequest, slug: str, key: str, piece: str) -> HttpResponse:
    """Take over words, keep them, take those of the case, or find a place for words whose source is gone."""
    seat = case_for(request.user, slug, A.WRITE_SECTION)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise NotReady("This button is not known here. Load the page again.", code="invalid")
    act = Decision(form.cleaned_data["act"])
    _decide(seat, key, piece, act, form)
    is_beside = request.headers.get("HX-Request") == "true" and act != Decision.INSERT
    if not is_beside:
        if act in DONE:
            messages.success(request, DONE[act])
        return see_other(_place(seat, key, piece))
    return _in_place(request, seat, key, piece, act)


def _decide(seat: Seat, key: str, piece: str, act: Decision, form: DecisionForm) -> None:
    case, by, seen = seat.case, seat.user, form.cleaned_data["seen"]
    match act:
        case Decision.TAKE_OVER:
            actions.take_over(case, key, piece, by=by)
        case Decision.KEEP:
            actions.keep_ours(case, key, piece, by=by, seen=seen)
        case Decision.TAKE | Decision.EDIT:
            actions.take_new(case, key, piece, by=by, seen=seen, edit=act == Decision.EDIT)
        case Decision.AGAIN:
            actions.use_again(case, key, piece, by=by, earlier=form.cleaned_data["earlier"])
        case Decision.INSERT:
            actions.put_into_text(case, key, piece, by=by)
        case Decision.DROP:
            actions.give_up(case, key, piece, by=by)


def _in_place(request: PersonRequest, seat: Seat, key: str, piece: str, act: Decision) -> HttpResponse:
    """Show the piece anew where it stands, and tell the preview."""
    row = section_of_team(seat, key)
    drawing = drawing_of(row)
    context = {
        **beside_section(seat, row),
        "pieces_open": drawing["pieces_open"],
        "state": next((state for state in drawing["pieces"] if state.key == piece), None),
        "acted": True,
        "told": DONE.get(act, ""),
    }
    answer = render(request, "reports/_piece.html", context)
    answer["HX-Trigger-After-Settle"] = "pieces:changed"
    return answer


def _place(seat: Seat, key: str, piece: str) -> str:
    return f"{reverse('reports:section', args=(seat.case.slug, key))}#{anchor_of(piece)}"
