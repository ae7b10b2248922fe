"""Which documents somebody wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from reports.enums import DocumentStatus

if TYPE_CHECKING:
    from people.models import User

UNDER_WAY = "under_way"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which documents somebody wants to see: of a kind, in a state, asked for by a person. Empty for all."""

    kind: str = ""
    state: str = ""
    by: User | None = None

    @property
    def rows(self) -> Q:
        """The filter."""
        found = Q(kind=self.kind) if self.kind else Q()
        if self.state == UNDER_WAY:
            found &= Q(status__in=(DocumentStatus.QUEUED, DocumentStatus.RENDERING))
        elif self.state:
            found &= Q(status=self.state)
        return found & Q(requested_by=self.by) if self.by else found


EVERYTHING = Wish()
