"""On which page the work of a deadline is done. Apps register theirs from `tabs.py`; else it is the overview."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse

from reviews.enums import STAGES_IN_ORDER, MilestoneKind, Stage

if TYPE_CHECKING:
    from reviews.models import Case

_pages: dict[str, str] = {}
_closed: dict[str, frozenset[str]] = {}
_CASE = "reviews:case"


def register_page(kind: MilestoneKind, url_name: str, *, since: Stage = Stage.DRAFT) -> None:
    """Let the deadline `kind` lead to a page of the case; `url_name` takes the case's slug.

    In the stages before `since` that page is not there yet, and the deadline leads to the case.
    """
    _pages[kind] = url_name
    _closed[kind] = frozenset(STAGES_IN_ORDER[: STAGES_IN_ORDER.index(since)])


def page_of(kind: str, case: Case) -> str:
    """The address at which the work of a deadline of this case is done."""
    return page_in(case.stage, kind, case.slug)


def page_in(stage: str, kind: str, slug: str) -> str:
    """The same, for a case of which only stage and slug are known."""
    return address_of(_CASE if stage in _closed.get(kind, ()) else _pages.get(kind, _CASE), slug)


def address_of(url_name: str, slug: str) -> str:
    """The address of a page of a case. A list asks this once a row: `reverse` would be half of its time."""
    return _address(url_name).replace(_SLUG, slug)


@cache
def _address(url_name: str) -> str:
    return reverse(url_name, args=(_SLUG,))


_SLUG = "slug-of-a-case"
