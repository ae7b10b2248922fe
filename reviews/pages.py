"""On which page the work of a deadline is done. Apps register theirs from `tabs.py`; else it is the overview."""

from functools import cache

from django.urls import reverse

from reviews.enums import MilestoneKind

_pages: dict[str, str] = {}


def register_page(kind: MilestoneKind, url_name: str) -> None:
    """Let the deadline `kind` lead to a page of the case; `url_name` takes the case's slug."""
    _pages[kind] = url_name


def page_of(kind: str, slug: str) -> str:
    """The address at which the work of a deadline is done."""
    return address_of(_pages.get(kind, "reviews:case"), slug)


def address_of(url_name: str, slug: str) -> str:
    """The address of a page of a case. A list asks this once a row: `reverse` would be half of its time."""
    return _address(url_name).replace(_SLUG, slug)


@cache
def _address(url_name: str) -> str:
    return reverse(url_name, args=(_SLUG,))


_SLUG = "slug-of-a-case"
