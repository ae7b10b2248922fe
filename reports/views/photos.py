"""The photos of a report: our own JPEGs, handed out after the check of what shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from reports.access import publication_for
from reports.photos import photo_for, published_photo
from reports.views.publications import gone, guarded, keeps_text
from reviews.access import case_for
from reviews.permissions import Ability

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from reviews.views.answers import PersonRequest


@require_safe
def report_photo(request: PersonRequest, slug: str, digest: str) -> HttpResponse:
    """Hand out a photo of a report inside its review: to whoever may read the report now."""
    seat = case_for(request.user, slug, Ability.VIEW_REPORT)
    answer = _jpeg(photo_for(seat, digest))
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@login_not_required
@require_safe
def publication_photo(request: HttpRequest, slug: str, digest: str) -> HttpResponseBase:
    """Hand out a photo of a published version; of a withdrawn one the notice, as for everything of it."""
    found = publication_for(request.user, slug)
    if found.is_withdrawn and not keeps_text(request, found):
        return gone(request, found)
    content, tag = published_photo(found, digest), quote_etag(digest)
    stands = found.is_public and not found.is_withdrawn
    answer: HttpResponseBase | None = get_conditional_response(request, etag=tag) if stands else None
    if answer is None:
        answer = _jpeg(content)
    if stands:
        answer["ETag"] = tag
        answer["Cache-Control"] = "public, no-cache"  # kept, and asked each time: it may be withdrawn
    return guarded(found, answer)


def _jpeg(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
