"""Small words for the templates of the evidence trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

register = template.Library()


@register.filter
def of_row(found: Mapping[int, Any], pk: int) -> Any:
    """What a mapping by id holds for one row: `{{ sources|of_row:finding.pk }}`; None when it holds nothing."""
    return found.get(pk)


@register.filter
def without(rows: Iterable[Any], row: Any) -> list[Any]:
    """Every row but one: `{{ note.findings.all|without:finding }}`."""
    return [found for found in rows if found != row]
