"""The report says a finding in its own words, and then the finding changes: what the section's page offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.actions.pieces import save_piece, take_over
from reports.models import ReportSection
from reviews.actions.finding_steps import take_finding_step
from reviews.actions.findings import save_finding
from reviews.enums import FindingKind
from visits.actions.release import share_findings
from visits.queries.release import release_of

if TYPE_CHECKING:
    from typing import Any

    from config.demonstration.stories import Story
    from people.models import User
    from reviews.models import Case, Finding


def reword(case: Case, story: Story, people: dict[str, User]) -> None:
    """Take over the words of what the story names, then let findings change that it lets change."""
    findings, recommendations = list(case.findings.all()), list(case.recommendations.all())
    for told in story.rewordings:
        if "finding" in told:
            finding = findings[told["finding"] - 1]
            _say(case, "findings", f"finding:{finding.pk}", told["words"], by=people[story.rapporteur])
            if "later" in told:
                _change(case, finding, told, story, people)
        else:
            key = f"reason:{recommendations[told['reason'] - 1].pk}"
            _say(case, "recommendations", key, told["words"], by=people[story.rapporteur])


def _say(case: Case, draw: str, key: str, words: str, *, by: User) -> None:
    rows = ReportSection.objects.filter(report__case=case)
    section = next(row.key for row in rows if draw in row.draws)
    row = take_over(case, section, key, by=by)
    save_piece(case, section, key, by=by, text=words, version=row.version)


def _change(case: Case, finding: Finding, told: dict[str, Any], story: Story, people: dict[str, User]) -> None:
    """Take a finding back, write it anew and give it to the host again."""
    lead = people[story.lead]
    take_finding_step(finding, "take_back", by=lead, reason=told["why"])
    finding.refresh_from_db()
    kind = FindingKind(finding.kind)
    save_finding(
        finding,
        by=lead,
        version=finding.version,
        text=told["later"],
        kind=kind,
        theme=finding.theme,
        guiding_question=finding.guiding_question,
        single_source_reason=finding.single_source_reason,
    )
    share_findings(case, by=lead, fingerprint=release_of(case).fingerprint, confirmed=True)
