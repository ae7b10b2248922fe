"""What every page needs for its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from people.models import User
from people.queries.shell import task_count, unread_count

SECTIONS = {
    "tasks": "tasks",
    "cases": "reviews",
    "network": "reviews",
    "calendar": "calendar",
    "question-sets": "questions",
    "outlines": "outlines",
    "groups": "outlines",
    "library": "library",
    "login": "login",
}
"""The first part of an address, and the entry of the main navigation that it belongs to."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page: who is here, what waits for them, and where they are."""

    user_name: str
    user_note: str
    task_count: int
    unread_count: int
    section: str
    is_demonstration: bool


def _note(user: User) -> str:
    """One line about a person, for the menu."""
    return "Secretariat" if user.is_secretariat else user.job_title


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: gives `shell`. Two small queries for a person, none for a stranger."""
    user = getattr(request, "user", None)
    known = user if isinstance(user, User) else None
    return {
        "shell": Shell(
            user_name=known.name if known else "",
            user_note=_note(known) if known else "",
            task_count=task_count(known) if known else 0,
            unread_count=unread_count(known) if known else 0,
            section=SECTIONS.get(request.path_info.strip("/").split("/")[0], ""),
            is_demonstration=settings.DEMONSTRATION,
        )
    }
