"""What all pages of a visit begin and end with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from reviews.frame import case_frame

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from reviews.access import Seat


def case_page(
    request: HttpRequest, template: str, seat: Seat, tab: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of one case, in its frame."""
    return render(request, template, {**case_frame(seat, tab), **context}, status=status)


def page_url(seat: Seat, name: str = "programme", *, anchor: str = "", **query: str) -> str:
    """The address of a page of this visit, with what it shall say (`removed="slot-12"`) and where it opens."""
    address = reverse(f"visits:{name}", args=(seat.case.slug,))
    asked = {key: value for key, value in query.items() if value}
    return address + (f"?{urlencode(asked)}" if asked else "") + (f"#{anchor}" if anchor else "")


def first_error(form: BaseForm) -> str:
    """The first thing that is wrong with a form, for an answer that has room for one sentence."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")
