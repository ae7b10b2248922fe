"""Templates ask the same permission function as the actions, and sort steps by their direction."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils import timezone

from reviews import frame
from reviews.access import Seat
from reviews.actions.team import ability_for
from reviews.enums import Role, Stage
from reviews.evidence_access import file_words
from reviews.models import CaseEvent, Evidence, Question
from reviews.permissions import Ability
from reviews.steps import StepOffer

register = template.Library()


@register.filter
def can(seat: Seat, ability: str) -> bool:
    """`{% if seat|can:"edit_programme" %}`: whether this person may do this now. A wrong name raises ValueError."""
    return seat.can(Ability(ability))


@register.filter
def opens(seat: Seat | None, url: str) -> bool:
    """`{% if seat|opens:reason.url %}`: whether a link would let this person in; on a page without a case it does."""
    return seat is None or frame.opens(seat, url)


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


@register.filter
def open_ones(offers: Iterable[StepOffer]) -> list[StepOffer]:
    """The offers whose button works, and all steps back: what an overview shows that lists gates elsewhere."""
    return [offer for offer in offers if offer.is_open or offer.rule.back]


@register.filter
def files_of(linked: dict[int, list[Evidence]], question: Question) -> list[Evidence]:
    """The files that a question names, of those by question id."""
    return linked.get(question.pk, [])


@register.filter
def told_to(event: CaseEvent, seat: Seat) -> str:
    """The sentence of an event: the file that it speaks of is named to those who may know of it, as it is named now."""
    return event.text.replace("{file}", file_words(seat, event.evidence)) if "{file}" in event.text else event.text


@register.filter
def can_change_role(seat: Seat, role: str) -> bool:
    """Whether this person may give and take this role: the host its own, the leaders all."""
    return seat.can(ability_for(Role(role)))


@register.filter
def is_past(value: date | None) -> bool:
    """Whether a day has passed."""
    return value is not None and value < timezone.localdate()


@register.filter
def stage_tone(stage: str) -> str:
    """The class that colours a stage."""
    return _TONES.get(stage, "is-now")


_TONES: dict[str, str] = {
    Stage.DRAFT: "is-waiting",
    Stage.POSTPONED: "is-waiting",
    Stage.FOLLOW_UP: "is-good",
    Stage.CLOSED: "is-idle",
    Stage.CANCELLED: "is-idle",
}
