"""Templates ask the same permission function as the actions, and sort steps by their direction."""

from collections.abc import Iterable

from django import template

from reviews.access import Seat
from reviews.permissions import Ability
from reviews.steps import StepOffer

register = template.Library()


@register.filter
def can(seat: Seat, ability: str) -> bool:
    """`{% if seat|can:"edit_programme" %}`: whether this person may do this now. A wrong name raises ValueError."""
    return seat.can(Ability(ability))


@register.filter
def forward(offers: Iterable[StepOffer]) -> list[StepOffer]:
    """The steps forward among those offered."""
    return [offer for offer in offers if not offer.rule.back]


@register.filter
def backward(offers: Iterable[StepOffer]) -> list[StepOffer]:
    """The steps back among those offered, and those that end a review."""
    return [offer for offer in offers if offer.rule.back]


@register.filter
def lowerfirst(words: str) -> str:
    """A label in the middle of a sentence: `Freeze the programme` becomes `freeze the programme`."""
    return words[:1].lower() + words[1:]
