"""For whom an archive is made. It asks the same rules as every page, by the seat of somebody who stands for all.

The team's edition is what a critical friend with cleared interests reads now; the host's edition what its coordinator
reads. Neither shows what belongs to one person: private notes, certificates, declarations of interests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.models import User
from reports.enums import Edition
from reviews.access import Seat
from reviews.enums import InterestDecision, Role
from reviews.models import InterestDeclaration

if TYPE_CHECKING:
    from reviews.models import Case


def reader_of(case: Case, edition: str) -> Seat:
    """Return the seat of nobody in particular on one side of a case. No query."""
    is_team = edition == Edition.TEAM
    cleared = InterestDeclaration(decision=InterestDecision.CLEARED) if is_team else None
    role = Role.CRITICAL_FRIEND if is_team else Role.HOST_COORDINATOR
    return Seat(case=case, user=User(), roles=frozenset({role}), declaration=cleared)
