"""What the team can release to the host now: what goes, what stays behind and why, what to look at first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import Reason
from reviews.enums import FindingKind, FindingStatus, Wants
from reviews.queries.findings import OPEN_TO_HOST
from visits.queries.names import known_names, names_in
from visits.queries.notes import Sources, sources_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reviews.models import Case, Finding, Recommendation

_TEAM = "Review team"


@dataclass(frozen=True, slots=True)
class Release:
    """The release as the lead sees it before pressing the button.

    `held_back` are drafts that do not pass, each with its reason and the page that cures it; `blockers` stop the
    whole release; `warnings` have to be confirmed. `fingerprint` changes when any of this does.
    """

    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    held_back: tuple[Reason, ...]
    blockers: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    sources: dict[int, Sources]

    @property
    def is_open(self) -> bool:
        """Whether the button works."""
        return not self.blockers

    @property
    def fingerprint(self) -> str:
        """A short hash of what goes and of the warnings: confirming is confirming exactly this."""
        parts = [
            *(f"f{found.pk}.{found.version}" for found in self.findings),
            *(f"r{found.pk}.{found.version}" for found in self.recommendations),
            *(warning.text for warning in self.warnings),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def release_of(case: Case) -> Release:
    """Look at all drafts of a case. Six queries, however many there are."""
    findings = list(case.findings.all())
    recommendations = list(case.recommendations.prefetch_related("findings"))
    sources = sources_of(findings)
    held_back: list[Reason] = []
    going = [
        f for f in _drafts(findings) if _passes(held_back, _finding_page(f, case), finding_lacks(f, sources[f.pk]))
    ]
    out = {f.pk for f in findings if f.status in OPEN_TO_HOST} | {f.pk for f in going}
    recommended = [
        r
        for r in _drafts(recommendations)
        if _passes(held_back, _recommendation_page(r, case), _recommendation_lacks(r, out))
    ]
    return Release(
        findings=tuple(going),
        recommendations=tuple(recommended),
        held_back=tuple(held_back),
        blockers=tuple(_blockers(case, findings, going, recommended)),
        warnings=tuple(_warnings(case, going, recommended)),
        sources=sources,
    )


def _drafts(rows: Iterable[Finding] | Iterable[Recommendation]) -> list:  # type: ignore[type-arg]
    return [row for row in rows if row.status == FindingStatus.DRAFT]


def _passes(held_back: list[Reason], url: str, lacks: str) -> bool:
    if lacks:
        held_back.append(Reason(lacks, _TEAM, url))
    return not lacks


def finding_lacks(finding: Finding, sources: Sources) -> str:
    """Say what a finding lacks before the host may read it; empty when nothing.

    A question claims nothing, so it needs no source.
    """
    if not finding.text.strip():
        return "A finding has no text yet"
    if finding.kind == FindingKind.QUESTION or finding.single_source_reason.strip():
        return ""
    if not sources.notes:
        return f"No note stands behind {_short(finding.text)}"
    if sources.is_single_source:
        return f"One source only, and no reason why that is enough: {_short(finding.text)}"
    return ""


def _recommendation_lacks(recommendation: Recommendation, released: Collection[int]) -> str:
    if not recommendation.text.strip():
        return "A recommendation has no text yet"
    if not any(finding.pk in released for finding in recommendation.findings.all()):
        return f"No released finding stands behind {_short(recommendation.text)}"
    return ""


def _blockers(
    case: Case, findings: list[Finding], going: list[Finding], recommended: list[Recommendation]
) -> Iterable[Reason]:
    url = reverse("visits:findings", args=(case.slug,))
    if not going and not recommended:
        yield Reason("There is nothing new to release.", _TEAM, url)
    released = [*going, *(found for found in findings if found.status in OPEN_TO_HOST)]
    if not any(found.kind == FindingKind.STRENGTH for found in released):
        yield Reason("At least one strength has to be among the findings: a critical friend begins there.", _TEAM, url)


def _warnings(case: Case, going: list[Finding], recommended: list[Recommendation]) -> Iterable[Reason]:
    """Names first, then what the host asked for."""
    names = known_names(case)
    for finding in going:
        yield from _names(f"{finding.text}\n{finding.single_source_reason}", names, _finding_page(finding, case))
    for found in recommended:
        yield from _names(f"{found.text}\n{found.reason}", names, _recommendation_page(found, case))
    if recommended and case.wants == Wants.OBSERVATIONS:
        url = reverse("visits:recommendations", args=(case.slug,))
        yield Reason("The host asked for observations only, and recommendations are among what goes.", "", url)


def _names(text: str, names: Collection[str], url: str) -> Iterable[Reason]:
    if found := names_in(text, names):
        yield Reason(f"This may name a person ({', '.join(found)}): {_short(text)}", "", url)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:70].rstrip()}…”" if len(words) > 70 else f"“{words}”"  # noqa: PLR2004 - what fits in a line


def _finding_page(finding: Finding, case: Case) -> str:
    return reverse("visits:finding", args=(case.slug, finding.pk))


def _recommendation_page(recommendation: Recommendation, case: Case) -> str:
    return reverse("visits:recommendation", args=(case.slug, recommendation.pk))
