"""Findings and recommendations of a case, as its team and as its host may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from people.errors import NotThere
from reviews.enums import FindingKind, FindingStatus
from reviews.models import Finding, Recommendation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from reviews.models import Case

OPEN_TO_HOST = (FindingStatus.SHARED, FindingStatus.AGREED)
MOST_RECOMMENDATIONS = 10
"""More than this, and a host loses sight of what matters. A warning, never a wall."""

_KIND_ORDER = {kind.value: place for place, kind in enumerate(FindingKind)}
_SHOWN_FIRST = {FindingStatus.DROPPED: 1}


@dataclass(frozen=True, slots=True)
class Heading:
    """The findings under one heading of the report, the kinds in their order. `name` is empty for those without."""

    name: str
    findings: tuple[Finding, ...]


def findings_of(case: Case, *, for_team: bool, bare: bool = False) -> QuerySet[Finding]:
    """The findings of a case in their order: all for the team, the released ones for the host.

    Brings the guiding question and the recommendations that rest on each (released ones only for the host); `bare`
    without them.
    """
    found = case.findings.all()
    if not bare:
        rest_on_it = Prefetch("recommendations", queryset=recommendations_of(case, for_team=for_team, bare=True))
        found = found.select_related("guiding_question", "updated_by").prefetch_related(rest_on_it)
    return found if for_team else found.filter(status__in=OPEN_TO_HOST)


def recommendations_of(case: Case, *, for_team: bool, bare: bool = False) -> QuerySet[Recommendation]:
    """The recommendations of a case in their order: all for the team, the released ones for the host.

    Brings the findings they rest on (released ones only for the host) and the host's response; `bare` without them.
    """
    found = case.recommendations.all()
    if not bare:
        findings = case.findings.all() if for_team else case.findings.filter(status__in=OPEN_TO_HOST)
        found = found.select_related("response", "updated_by").prefetch_related(Prefetch("findings", queryset=findings))
    return found if for_team else found.filter(status__in=OPEN_TO_HOST)


def finding_in(case: Case, pk: int, *, for_team: bool) -> Finding:
    """One finding of this case.

    Raises NotThere for a finding of another case, or one that the host may not see yet.
    """
    found = findings_of(case, for_team=for_team).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def recommendation_in(case: Case, pk: int, *, for_team: bool) -> Recommendation:
    """One recommendation of this case.

    Raises NotThere for a recommendation of another case, or one that the host may not see yet.
    """
    found = recommendations_of(case, for_team=for_team).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def under_headings(findings: Iterable[Finding]) -> list[Heading]:
    """Findings grouped by heading, in the order in which the headings first come; those without one stand last."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.theme.strip(), []).append(finding)
    without = groups.pop("", [])
    headings = [Heading(name, _in_order(group)) for name, group in groups.items()]
    return [*headings, Heading("", _in_order(without))] if without else headings


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Kinds in the order of the method, dropped ones last."""
    return tuple(sorted(findings, key=lambda f: (_SHOWN_FIRST.get(FindingStatus(f.status), 0), _KIND_ORDER[f.kind])))


def headings_used(case: Case) -> list[str]:
    """The headings that findings of this case already have, for suggestions."""
    names = case.findings.exclude(theme="").order_by("theme").values_list("theme", flat=True)
    return list(dict.fromkeys(names))


def counts_of_kinds(findings: Iterable[Finding]) -> list[tuple[FindingKind, int]]:
    """How many findings there are of each kind; dropped ones do not count."""
    kept = [finding.kind for finding in findings if finding.status != FindingStatus.DROPPED]
    return [(kind, kept.count(kind.value)) for kind in FindingKind]
