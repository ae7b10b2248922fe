"""Reading files in the browser: a list with search, one page of one file with its picture, and quoting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotReady
from reviews.access import case_for
from reviews.actions.evidence_text import read_again
from reviews.actions.quotes import quote_for, quote_into
from reviews.actions.reading import record_read
from reviews.forms.quotes import QuoteForm
from reviews.forms.texts import errors_in_words
from reviews.frame import case_frame
from reviews.page_pictures import page_picture
from reviews.permissions import Ability
from reviews.reader_pages import file_of, readable, reader_of
from reviews.views.answers import see_other, wants_json

if TYPE_CHECKING:
    from typing import Any

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

_MOST_QUERY = 100
_MOST_NUMBER = 5  # digits of a page


@require_safe
def files(request: PersonRequest, slug: str) -> HttpResponse:
    """List the files that can be read here, and search their text."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    return _answer(request, seat, "reviews/reader.html", {"page": reader_of(seat, _query(request))})


@require_safe
def file(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show one page of one file. Reading is noted as for the self-assessment itself, once a person and day."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    page = file_of(seat, pk, _page_number(request), _query(request))
    record_read(seat)
    return _answer(request, seat, "reviews/reader_file.html", {"page": page})


def _answer(request: PersonRequest, seat: Seat, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page, or with its part that stands beside the form."""
    if request.headers.get("HX-Request") == "true":
        answer = render(request, f"{template}#reader", {**context, "seat": seat, "is_beside": True})
        answer["HX-Push-Url"] = "false"  # the address stays that of the form
    else:
        answer = render(request, template, {**case_frame(seat, "self_assessment"), **context, "is_beside": False})
    answer["Vary"] = "HX-Request"
    return answer


def _query(request: PersonRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:_MOST_QUERY]


def _page_number(request: PersonRequest) -> int | None:
    """The page of the address; None without a usable one."""
    value = request.GET.get("page", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= _MOST_NUMBER else None


@require_safe
def picture(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Hand out the picture of a page: our own JPEG, without rights in a browser."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    answer = HttpResponse(page_picture(readable(seat, pk), number), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@require_POST
def quote(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put words of a file into an answer: into the open one by the script that asks, else into the stored one."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    form = QuoteForm(request.POST)
    if not form.is_valid():
        raise NotReady(errors_in_words(form), code="invalid")
    asked = form.cleaned_data["question"]
    if wants_json(request) and form.cleaned_data["is_open"]:
        return JsonResponse({"markdown": quote_for(seat, pk, asked, form.quote)})
    question = quote_into(seat, pk, asked, form.quote)
    told = f"Quoted in the answer to question {question.number}."
    if wants_json(request):
        return JsonResponse({"message": told})
    messages.success(request, told)
    section = reverse("reviews:self_assessment_section", args=(slug, question.section.position))
    return see_other(f"{section}#question-{question.number}")


@require_POST
def again(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Try once more to read a file."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    read_again(seat, readable(seat, pk))
    return see_other(reverse("reviews:reader_file", args=(slug, pk)))
