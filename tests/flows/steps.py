"""Pressing the buttons of a case without a browser: the same addresses, the same forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.models import User
    from reviews.models import CaseEvent
    from tests.cast import Cast


def address(cast: Cast, name: str, *more: object) -> str:
    """The address of a page of the cast's case."""
    return reverse(name, args=(cast.case.slug, *more))


def get(cast: Cast, by: User, name: str, *more: object) -> str:
    """What somebody reads on a page of the case."""
    answer = cast.client(by).get(address(cast, name, *more))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(cast: Cast, by: User, name: str, /, *more: object, **fields: object) -> HttpResponse:
    """Send a form of the case. Status 303 when it was taken."""
    return cast.client(by).post(address(cast, name, *more), fields)  # type: ignore[return-value]


def press(cast: Cast, by: User, step: str, *, reason: str = "") -> int:
    """Press the button of a step; returns the status: 303 when it was taken, 422 when something is missing.

    Who presses signs where the step asks for it.
    """
    return post(cast, by, "reviews:step", step, reason=reason, name=by.name, function="Head of office").status_code


def sign(cast: Cast) -> int:
    """The political sponsor signs the submitted version; returns the status: 303 when it was signed."""
    version = cast.case.self_assessment.versions.first()
    sha256 = version.sha256 if version else ""
    fields = {"sha256": sha256, "name": cast.sponsor.name, "function": "Deputy mayor"}
    return post(cast, cast.sponsor, "reviews:self_assessment_sign", **fields).status_code


def last_event(cast: Cast) -> CaseEvent:
    """The newest line of the timeline."""
    return cast.case.events.order_by("-at", "-pk")[0]
