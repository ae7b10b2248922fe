"""The numbers in the frame of every page. Higher apps say how tasks are counted: `people` does not know cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.models import Notification

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """How many notifications a person has not read, at most MOST."""
    return Notification.objects.filter(user=user, read_at__isnull=True)[:MOST].count()
