"""Words of the visit."""

from django import template

from visits.languages import name_of

register = template.Library()


@register.filter
def language(tag: str) -> str:
    """The English name of a language: `Romanian` for `ro`."""
    return name_of(tag)
