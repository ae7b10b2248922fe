"""The picture that other sites show beside a link."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from people.errors import NotThere, StorageAway
from reports.cards import card_of, picture_of
from reports.queries.publications import NOT_PUBLISHED, public_now

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)
DAY = 60 * 60 * 24


@login_not_required
@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand over the picture of a report that everybody may read. Drawn once, then kept."""
    found = public_now().filter(slug=slug).select_related("case__working_group").defer("content").first()
    if found is None:
        raise NotThere(NOT_PUBLISHED)
    card = card_of(found)
    tag = quote_etag(card.digest[:24])
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        try:
            answer = HttpResponse(picture_of(card), content_type="image/png")
        except StorageAway:
            raise
        except OSError:
            logger.exception("The picture of %s could not be drawn", slug)
            raise NotThere("This picture cannot be drawn at the moment.") from None
    answer["ETag"] = tag
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer
