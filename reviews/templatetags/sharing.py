"""What templates ask about the shared work: ticked boxes, who writes a section, how a section stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import template

from reviews import confidentiality as texts
from reviews.queries.earlier import RECOMMENDATIONS

if TYPE_CHECKING:
    from django.forms import BaseForm

    from reviews.models import Question, Section
    from reviews.queries.earlier import Earlier
    from reviews.queries.signatures import Stand
    from reviews.sharing_pages import Sharing

register = template.Library()


@register.inclusion_tag("reviews/_comments.html", takes_context=True)
def comments_at(context: template.Context, number: int) -> dict[str, Any]:
    """The comments at a question, for the host's people; nothing where the page has none (`talk`) for this reader."""
    thread = (context.get("talk") or {}).get(number)
    return {
        "thread": thread,
        "seat": context["seat"],
        "user": context["request"].user,
        "csrf_token": context.get("csrf_token"),
        "client_id": uuid4(),
    }


@register.inclusion_tag("reviews/_addenda.html", takes_context=True)
def addenda_at(context: template.Context, number: int | None = None) -> dict[str, Any]:
    """What the host added to a question after the release; to the whole without a number (`addenda` of the page)."""
    rows = (context.get("addenda") or {}).get(number, [])
    return {"rows": rows, "seat": context["seat"]}


@register.inclusion_tag("reviews/_earlier.html", takes_context=True)
def earlier_at(context: template.Context, question: Question) -> dict[str, Any]:
    """What the earlier review left for a question (`earlier` of the page); nothing for a first review."""
    earlier: Earlier | None = context.get("earlier")
    asks = question.key == RECOMMENDATIONS
    return {
        "question": question,
        "earlier": earlier,
        "answer": earlier.answers.get(question.key) if earlier and question.key else None,
        "rows": earlier.recommendations if earlier and asks else (),
        "seat": context["seat"],
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def confidentiality() -> dict[str, Any]:
    """The texts on who reads what, and what may have to be released."""
    return {**vars(texts), "for_team": texts.kept(for_host=False), "for_host": texts.kept(for_host=True)}


@register.filter
def listed(data: Any, name: str) -> list[str]:
    """All values of one name in what a form was sent."""
    return list(getattr(data, "getlist", lambda _: [])(name))


@register.filter
def ticked(form: BaseForm, name: str) -> set[str]:
    """The values that were ticked in a form that comes back with errors."""
    values: list[object] = getattr(form.data, "getlist", lambda _: [])(name)
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
