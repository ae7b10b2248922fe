"""For readers that are programs: the Atom feed, the site map, and what search engines may look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition, require_safe

from reports.forms.library import KINDS, LibraryForm
from reports.imprint import permanent_address
from reports.queries import library
from reports.queries.data_state import changed_at
from reports.queries.site_map import cities_there, publications_there

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

IN_FEED = 50
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _moment(request: HttpRequest) -> datetime | None:  # noqa: ARG001 - Django gives it
    return changed_at("feed")


@login_not_required
@require_safe
@condition(last_modified_func=_moment)
def feed(request: HttpRequest) -> HttpResponse:
    """Hand over the newest entries of a search that everybody may read, as Atom."""
    form = LibraryForm(request.GET, offered=library.offered(members=False))
    wanted, query = form.wanted(), form.as_query(sort="", status="").rstrip("&")
    own, page = reverse("reports:library_feed"), reverse("reports:library")
    told = Atom1Feed(
        title=f"Critical Friend: {KINDS[form.kind][0].lower()}{' of a search' if wanted.is_narrow else ''}",
        link=_address(page, query),
        description="",
        language="en",
        feed_url=_address(own, query),
        feed_guid=_address(own, query),
    )
    for entry in library.newest(wanted)[:IN_FEED]:
        address = permanent_address(entry.publication.slug) + (f"#{entry.anchor}" if entry.anchor else "")
        told.add_item(
            title=_xml(entry.title),
            link=address,
            description=_xml(entry.summary),
            unique_id=address,
            pubdate=entry.published_at,
            updateddate=entry.published_at,
            author_name=_xml(entry.publication.city_name),
            categories=[str(entry.publication.get_theme_display())],
            item_copyright=str(entry.publication.get_licence_display()),
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    told.write(answer, "utf-8")
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages that everybody may read."""
    context = {
        "root": settings.PUBLIC_URL,
        "pages": [reverse(f"reports:{name}") for name in ("front", "library", "open_data")],
        "cities": [reverse("reports:library_city", args=(slug,)) for slug in cities_there()],
        "publications": [(permanent_address(slug), at) for slug, at in publications_there()],
    }
    return render(request, "reports/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may look at: the library, one page a search; nothing of a demonstration."""
    context = {"root": settings.PUBLIC_URL, "nothing": settings.DEMONSTRATION}
    return render(request, "reports/robots.txt", context, content_type="text/plain; charset=utf-8")


def _address(path: str, query: str) -> str:
    return f"{settings.PUBLIC_URL}{path}{'?' if query else ''}{query}"


def _xml(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _NOT_XML.sub(" ", text)
