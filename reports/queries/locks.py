"""Who is writing in a section now: a lock lives as long as its page gives a sign of life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from reviews.queries.presence import FORGOTTEN_AFTER

if TYPE_CHECKING:
    from people.models import User
    from reports.models import ReportSection


def writer_of(row: ReportSection) -> User | None:
    """Who is writing in this section now. No query where `locked_by` was fetched with the row."""
    is_live = row.locked_at is not None and row.locked_at >= timezone.now() - FORGOTTEN_AFTER
    return row.locked_by if is_live else None


def other_writer(row: ReportSection, user: User) -> User | None:
    """Who else is writing in this section now."""
    writer = writer_of(row)
    return writer if writer is not None and writer.pk != user.pk else None


def free_for(user: User) -> Q:
    """Sections in which nobody else is writing now."""
    gone = Q(locked_at__isnull=True) | Q(locked_at__lt=timezone.now() - FORGOTTEN_AFTER)
    return Q(locked_by__isnull=True) | Q(locked_by=user) | gone
