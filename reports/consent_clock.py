"""What the clock does about words on a final text: a consent or a confirmation that it has outrun is noted and told.

Hundreds of actions can change what a report shows, in every app. Whether a word still stands is known by composing
the report, so it is asked from time to time for the few reports that wait between the first word and publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotReady
from reports.contents import consent_stands, printed, team_hash
from reports.enums import ReportStatus
from reports.models import Confirmation, Report
from reports.queries.approval import CONSENTING
from reviews.enums import STAGES_AT_REST, VISITING_ROLES
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reports.rendering import DocumentContent
    from reviews.models import Case


def mind_consents() -> int:
    """Note where a consent or a word of the team has lapsed, and where it stands again; tell whose it is, once.

    Returns how many lapsed. Safe to run at any time and twice at once: each note is claimed by an update, for one word.
    """
    said = Confirmation.objects.filter(report=OuterRef("pk"), at__gte=OuterRef("finalised_at"))
    rows = Report.objects.filter(Q(consent_at__isnull=False) | Exists(said), status=ReportStatus.FINAL)
    rows = rows.exclude(case__stage__in=STAGES_AT_REST).select_related("case__host_city", "case__working_group")
    return sum(_mind(report) for report in rows.order_by("pk"))


def _mind(report: Report) -> int:
    """Note what became of the words on one report; how many were found to have lapsed."""
    try:
        content = printed(report.case)
    except NotReady:  # nothing can be printed now: the page of the report says why
        return 0
    return _mind_consent(report, content) + _mind_team(report, content)


# --- The host ----------------------------------------------------------------------------------------
def _consented() -> QuerySet[Report]:
    return Report.objects.filter(status=ReportStatus.FINAL, consent_at__isnull=False)


@transaction.atomic
def _mind_consent(report: Report, content: DocumentContent) -> bool:
    if report.consent_at is None:
        return False
    stands = consent_stands(report.case, content)
    if stands == (report.consent_lapsed_at is None):
        return False
    same = _consented().filter(pk=report.pk, consent_at=report.consent_at, consent_lapsed_at=report.consent_lapsed_at)
    claimed = same.update(consent_lapsed_at=None if stands else timezone.now())
    if stands or not claimed:
        return False
    case = report.case
    text = f"{case.title}: the report has changed since your city consented: read it and consent again"
    notify(people_in(case, CONSENTING), text=text, url=_page(case, "consent"))
    return True


# --- The team ----------------------------------------------------------------------------------------
@transaction.atomic
def _mind_team(report: Report, content: DocumentContent) -> int:
    rows = list(report.confirmations.filter(at__gte=report.finalised_at))
    if not rows:
        return 0
    case, digest = report.case, team_hash(report.case, content)
    lapsed = [row.user_id for row in rows if _has_newly_lapsed(row, digest)]
    if lapsed:
        text = f"{case.title}: the report has changed since you spoke on it: read it and say again"
        notify(people_in(case, VISITING_ROLES).filter(pk__in=lapsed), text=text, url=_page(case, "team"))
    return len(lapsed)


def _has_newly_lapsed(row: Confirmation, digest: str) -> bool:
    """Note whether a word is about this text; whether it was found only now that it is not."""
    stands = row.content_hash == digest
    if stands == (row.lapsed_at is None):
        return False
    same = Confirmation.objects.filter(pk=row.pk, content_hash=row.content_hash, lapsed_at=row.lapsed_at)
    claimed = same.update(lapsed_at=None if stands else timezone.now())
    return bool(claimed) and not stands


def _page(case: Case, part: str) -> str:
    return f"{reverse('reports:report', args=(case.slug,))}#{part}"
