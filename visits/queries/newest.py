"""What the overview of a case tells of its findings. Every page of a case asks it: the statements are kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Value

from people.queries.statements import SOME_CASE, kept_objects, kept_values
from reviews.enums import FindingStatus
from reviews.models import Case
from reviews.queries.findings import findings_of, recommendations_of
from visits.models import Note

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.models import Finding

_NEWEST = 4


class Funnel(NamedTuple):
    """How many notes, findings and recommendations there are."""

    notes: int
    findings: int
    recommendations: int


def newest_findings(case: Case, *, for_team: bool) -> list[Finding]:
    """The last findings that stand, the newest first: of all for the team, of the released ones for the host."""
    found = kept_objects(_newest, for_team, said={SOME_CASE: case.pk})
    for finding in found:
        finding.case = case
    return found


def funnel_of(case: Case, *, for_team: bool) -> Funnel:
    """From notes to recommendations in numbers, for the team or for the host. One query."""
    counted = Counter(part for (part,) in kept_values(_counted, for_team, said={SOME_CASE: case.pk}))
    return Funnel(*(counted[part] for part in range(len(Funnel._fields))))


def _newest(for_team: bool) -> QuerySet[Finding]:  # noqa: FBT001 - a key
    found = findings_of(Case(pk=SOME_CASE), for_team=for_team, bare=True).exclude(status=FindingStatus.DROPPED)
    return found.order_by("-created_at", "-pk")[:_NEWEST]


def _counted(for_team: bool) -> QuerySet[Any, Any]:  # noqa: FBT001 - a key
    """A row for each note, finding and recommendation: which of the three it is."""
    case = Case(pk=SOME_CASE)
    notes = Note.objects.filter(visit__case=SOME_CASE, removed_at=None, is_private=False)
    found = findings_of(case, for_team=for_team, bare=True).exclude(status=FindingStatus.DROPPED)
    advice = recommendations_of(case, for_team=for_team, bare=True).exclude(status=FindingStatus.DROPPED)
    parts: tuple[QuerySet[Any], ...] = (notes, found, advice)
    first, *others = [rows.order_by().values(part=Value(number)) for number, rows in enumerate(parts)]
    return first.union(*others, all=True)
