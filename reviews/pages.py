"""On which page the work of a deadline is done. Apps register theirs from `tabs.py`; else it is the overview."""

from django.urls import reverse

from reviews.enums import MilestoneKind

_pages: dict[str, str] = {}


def register_page(kind: MilestoneKind, url_name: str) -> None:
    """Let the deadline `kind` lead to a page of the case; `url_name` takes the case's slug."""
    _pages[kind] = url_name


def page_of(kind: str, slug: str) -> str:
    """The address at which the work of a deadline is done."""
    return reverse(_pages.get(kind, "reviews:case"), args=(slug,))
