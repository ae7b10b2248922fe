"""The numbers in the frame of every page. Higher apps say how tasks are counted: `people` does not know cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from people.models import Notification
from people.queries.statements import SOMEBODY, kept_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from people.models import User

MOST = 99
_counters: list[Callable[[User, int], int]] = []


def count_tasks_with(counter: Callable[[User, int], int]) -> None:
    """Let an app count a person's tasks; `counter(user, most)` may stop counting at `most`."""
    if counter not in _counters:
        _counters.append(counter)


def task_count(user: User) -> int:
    """How many tasks wait for a person, at most MOST."""
    return min(sum(counter(user, MOST) for counter in _counters), MOST)


def unread_count(user: User) -> int:
    """How many notifications a person has not read, at most MOST. One query."""
    return len(kept_values(_unread, said={SOMEBODY: user.pk}))


def _unread() -> QuerySet[Any, Any]:
    return Notification.objects.filter(user=SOMEBODY, read_at__isnull=True).order_by().values_list("pk")[:MOST]
