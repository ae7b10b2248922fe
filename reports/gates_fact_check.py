"""The gates around the fact check: what must be read before a draft leaves the team, and what follows from answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from people.errors import Reason
from reports.enums import ReportStatus
from reports.queries.fact_checks import to_apply
from reports.scanning import scan_of, words_of_kinds
from reviews import requirements
from reviews.enums import Role
from reviews.models import Case

TEAM = f"{Role.RAPPORTEUR.label} or {Role.LEAD.label.lower()}"


@requirements.gate("start_fact_check", "publish_report")
def nobody_can_be_recognised(case: Case) -> Iterator[Reason]:
    """What may tell of a private person was changed, or set aside with a reason."""
    if found := scan_of(case).open:
        words = (
            f"Look at {len(found)} {'hint' if len(found) == 1 else 'hints'} on personal data: {words_of_kinds(found)}"
        )
        yield Reason(words, TEAM, reverse("reports:check", args=(case.slug,)))


@requirements.gate("finalise_report")
def what_was_accepted_is_in_the_text(case: Case) -> Iterator[Reason]:
    """What the team accepted of the host's comments is in the text."""
    if numbers := [row.number for row in to_apply(case.report)]:
        listed = ", ".join(map(str, numbers))
        words = f"Comment {listed} is" if len(numbers) == 1 else f"Comments {listed} are"
        url = reverse("reports:apply_comment", args=(case.slug, numbers[0]))
        yield Reason(f"{words} accepted, and not yet in the text", TEAM, url)


@requirements.gate("deadline:fact_check")
def the_host_has_no_draft(case: Case) -> Iterator[Reason]:
    """While the host has the draft, its last day is moved on the page of the fact check, with a reason."""
    report = getattr(case, "report", None)
    if report is not None and report.status == ReportStatus.FACT_CHECK:
        who = f"{Role.SECRETARIAT.label} or {Role.LEAD.label.lower()}"
        url = reverse("reports:fact_check", args=(case.slug,))
        yield Reason("The host has the draft: give it more time on the page of the fact check", who, f"{url}#more-time")
