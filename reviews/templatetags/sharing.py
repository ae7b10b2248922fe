"""What templates ask about the shared work: ticked boxes, who writes a section, how a section stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from django.forms import BaseForm

    from reviews.models import Section
    from reviews.queries.signatures import Stand
    from reviews.sharing_pages import Sharing

register = template.Library()


@register.filter
def ticked(form: BaseForm, name: str) -> set[str]:
    """The values that were ticked in a form that comes back with errors."""
    values = getattr(form.data, "getlist", lambda _: [])(name)
    return {str(value) for value in values}


@register.filter
def writers_in(sharing: Sharing, section: Section) -> list[str]:
    """Who writes in a section, by name."""
    return sharing.names.get(section.pk, [])


@register.filter
def stand_of(sharing: Sharing, section: Section) -> Stand | None:
    """How a section stands with its signature; None for those who do not see it."""
    return sharing.stands.get(section.pk)


@register.filter
def may_sign(sharing: Sharing, section: Section) -> bool:
    """Whether this person can sign the section off."""
    return section.pk in sharing.signs
