"""What the clock does about consents: a final text that has outrun the consent of the host is noted and told.

Hundreds of actions can change what a report shows, in every app. Whether a consent still stands is known by composing
the report, so it is asked from time to time for the few reports that wait between consent and publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotReady
from reports.contents import consent_stands
from reports.enums import ReportStatus
from reports.models import Report
from reports.queries.approval import CONSENTING
from reviews.enums import STAGES_AT_REST
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from django.db.models import QuerySet


def mind_consents() -> int:
    """Note where a consent has lapsed, and where it stands again; tell the host once. Returns how many lapsed.

    Safe to run at any time and twice at once: the note is claimed by an update, for one consent.
    """
    rows = _consented().exclude(case__stage__in=STAGES_AT_REST).select_related("case__host_city", "case__working_group")
    return sum(_mind(report) for report in rows.order_by("pk"))


def _consented() -> QuerySet[Report]:
    return Report.objects.filter(status=ReportStatus.FINAL, consent_at__isnull=False)


def _mind(report: Report) -> bool:
    """Note what became of one consent; whether it was found to have lapsed."""
    try:
        stands = consent_stands(report.case)
    except NotReady:  # nothing can be printed now: the page of the report says why
        return False
    if stands == (report.consent_lapsed_at is None):
        return False
    return _note(report, stands=stands)


@transaction.atomic
def _note(report: Report, *, stands: bool) -> bool:
    same = _consented().filter(pk=report.pk, consent_at=report.consent_at, consent_lapsed_at=report.consent_lapsed_at)
    claimed = same.update(consent_lapsed_at=None if stands else timezone.now())
    if stands or not claimed:
        return False
    case = report.case
    text = f"{case.title}: the report has changed since your city consented: read it and consent again"
    url = f"{reverse('reports:report', args=(case.slug,))}#consent"
    notify(people_in(case, CONSENTING), text=text, url=url)
    return True
