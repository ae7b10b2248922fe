"""Templates ask the same permission function as the actions."""

from django import template

from reviews.access import Seat
from reviews.permissions import Ability

register = template.Library()


@register.filter
def can(seat: Seat, ability: str) -> bool:
    """`{% if seat|can:"edit_programme" %}`: whether this person may do this now. A wrong name raises ValueError."""
    return seat.can(Ability(ability))
