"""What other sites show of a report: its picture, and what search engines read of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reports.imprint import TERMS, permanent_address
from reports.rendering.social import Card, draw
from reviews.subjects import GOALS, PRINCIPLES

if TYPE_CHECKING:
    from reports.models import Publication

_NOT_IN_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def card_of(publication: Publication) -> Card:
    """Return what the picture of a report says."""
    return Card(
        title=publication.title,
        place=f"{publication.city_name}, {publication.country_name}",
        below=f"Critical friend review · {publication.get_theme_display()} · {publication.year}",
        language=publication.language,
        colour=publication.case.working_group.colour,
    )


def picture_of(card: Card) -> bytes:
    """Return the picture, drawn when it is first asked for. Raises OSError without fonts."""
    name = f"library/{card.digest}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return bytes(file.read())
    drawn = draw(card)
    default_storage.save(name, ContentFile(drawn))
    return drawn


def picture_address(publication: Publication) -> str:
    """Return where the picture stands, as a whole address."""
    return f"{settings.PUBLIC_URL}{reverse('reports:publication_picture', args=(publication.slug,))}"


def structured(publication: Publication) -> SafeString:
    """Return what search engines read of a report (schema.org, JSON-LD), safe inside a script element.

    The element is data, which a browser never runs; no sign in it can end the element.
    """
    told = json.dumps(_told(publication), ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_HTML)
    return mark_safe(told)  # noqa: S308 - every sign that means something to HTML is escaped


def _told(publication: Publication) -> dict[str, Any]:
    address, terms = permanent_address(publication.slug), TERMS[publication.licence]
    case = publication.case
    about = [PRINCIPLES[number] for number in case.principles if number in PRINCIPLES]
    about += [GOALS[number] for number in case.goals if number in GOALS]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": publication.title,
        "description": publication.summary,
        "inLanguage": publication.language,
        "datePublished": publication.published_at.date().isoformat(),
        "version": str(publication.version),
        "license": terms.url,
        "image": picture_address(publication),
        "keywords": [str(publication.get_theme_display()), *about],
        "spatialCoverage": {
            "@type": "City",
            "name": publication.city_name,
            "address": {"@type": "PostalAddress", "addressCountry": publication.country},
        },
        "publisher": {"@type": "Organization", "name": case.working_group.imprint or case.working_group.name},
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": f"{address}pdf/"},
        "isPartOf": {
            "@type": "Collection",
            "name": "Library of reviews",
            "url": f"{settings.PUBLIC_URL}{reverse('reports:library')}",
        },
    }
    return {name: value for name, value in found.items() if value}
