"""The evidence trail: from findings to the notes they rest on, and to where those were taken; and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from reviews.enums import FindingStatus
from visits.models import HostSite, Note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from reviews.models import Case, Finding


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the findings board is narrowed to; empty values do not narrow."""

    site: int | None = None
    question: int | None = None
    kind: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.site or self.question or self.kind)


def team_notes_of(case: Case) -> QuerySet[Note]:
    """The notes of a case that count as evidence: not removed, and not the private ones of an observer.

    Brings slot, site and author, and the findings that each note is part of.
    """
    return (
        Note.objects.filter(visit__case=case, removed_at=None, is_private=False)
        .select_related("slot", "site", "author")
        .prefetch_related(Prefetch("findings", queryset=case.findings.exclude(status=FindingStatus.DROPPED)))
    )


def notes_without_finding(case: Case, *, site: int | None = None) -> QuerySet[Note]:
    """The evidence that no finding uses yet; those of dropped findings are free again. Narrowed to a site if given."""
    kept = case.findings.exclude(status=FindingStatus.DROPPED)
    used = Note.findings.through.objects.filter(finding__in=kept).values("note")
    free = team_notes_of(case).exclude(pk__in=used)
    return free.filter(_at_site(site)) if site else free


def notes_of(finding: Finding) -> QuerySet[Note]:
    """The notes that a finding rests on, oldest first."""
    return team_notes_of(finding.case).filter(findings=finding)


def narrowed(findings: QuerySet[Finding], wanted: BoardFilter) -> QuerySet[Finding]:
    """The findings that a filter leaves: of one kind, one guiding question, resting on notes of one site."""
    if wanted.kind:
        findings = findings.filter(kind=wanted.kind)
    if wanted.question:
        findings = findings.filter(guiding_question=wanted.question)
    if wanted.site:
        there = Note.objects.filter(_at_site(wanted.site), removed_at=None, is_private=False)
        findings = findings.filter(pk__in=Note.findings.through.objects.filter(note__in=there).values("finding"))
    return findings


def _at_site(site: int) -> Q:
    """Taken at a site, or in a slot that is there."""
    return Q(site=site) | Q(site=None, slot__site=site)


def sites_with_notes(case: Case) -> QuerySet[HostSite]:
    """The sites of a visit at which something was noted, for the filter."""
    noted = Note.objects.filter(visit__case=case, removed_at=None)
    return HostSite.objects.filter(visit__case=case).filter(
        Q(pk__in=noted.exclude(site=None).values("site")) | Q(pk__in=noted.filter(site=None).values("slot__site"))
    )


def trail_of(findings: Iterable[Finding], case: Case) -> dict[int, list[Note]]:
    """The notes of several findings by the finding's id, each finding with an entry. Three queries."""
    wanted = {finding.pk: finding for finding in findings}
    trail: dict[int, list[Note]] = {pk: [] for pk in wanted}
    for note in team_notes_of(case).filter(findings__in=wanted).distinct():
        for finding in note.findings.all():
            if finding.pk in trail:
                trail[finding.pk].append(note)
    return trail


def count_of_notes(case: Case) -> int:
    """How many notes the team took: a number that the host may read, too."""
    return Note.objects.filter(visit__case=case, removed_at=None, is_private=False).count()


def all_known(case: Case, ids: Collection[int]) -> list[Note] | None:
    """The notes with these ids, or None when one of them is not evidence of this case."""
    found = list(team_notes_of(case).filter(pk__in=ids))
    return found if len(found) == len(set(ids)) else None
