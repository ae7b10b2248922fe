"""What other sites and search engines read of a published report: `{% load cards %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports import cards
from reports.imprint import permanent_address
from reports.models import Publication

register = template.Library()


@register.filter
def structured_data(publication: Publication) -> SafeString:
    """A block of data (JSON-LD) for search engines. Browsers do not run it, so the content policy allows it."""
    return format_html('<script type="application/ld+json">{}</script>', cards.structured(publication))


@register.filter
def picture_address(publication: Publication) -> str:
    """Where the picture of a report stands, as a whole address."""
    return cards.picture_address(publication)


@register.filter
def whole_address(publication: Publication) -> str:
    """The permanent address of a report."""
    return permanent_address(publication.slug)
