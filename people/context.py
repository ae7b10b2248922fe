"""What every page needs for its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from people.queries.shell import task_count, unread_count

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page: who is here, what waits for them, and where they are."""

    user_id: int | None
    user_name: str
    task_count: int
    unread_count: int
    section: str
    is_demonstration: bool


def _section(request: HttpRequest) -> str:
    """The key of the main navigation entry that the request belongs to."""
    match = request.resolver_match
    return str(match.kwargs.get("section") or match.extra_kwargs.get("section") or match.route.split("/")[0]) if match else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: gives `shell`. Two small queries for a person, none for a stranger."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "shell": Shell(
            user_id=user.pk if known else None,
            user_name=user.name if known else "",
            task_count=task_count(user) if known else 0,
            unread_count=unread_count(user) if known else 0,
            section=_section(request),
            is_demonstration=settings.DEMONSTRATION,
        )
    }
