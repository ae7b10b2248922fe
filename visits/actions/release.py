"""Releasing findings and recommendations to the host, and taking the release back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.errors import AlreadyDone, NotReady
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.finding_steps import tell_host
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, MilestoneKind, Stage
from reviews.models import HostResponse
from reviews.permissions import Ability
from reviews.queries.findings import OPEN_TO_HOST
from visits.queries.release import Release, release_of

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case


@transaction.atomic
def share_findings(case: Case, *, by: User, fingerprint: str, confirmed: bool = False) -> Release:
    """Release all drafts that pass to the host; returns what went.

    Effects in order: lock, permit (share_findings), look at the drafts anew, check them against what the person saw,
    share each, keep the first moment on the case, record, complete the milestone, tell the host.

    Raises NotReady with the reasons when the release is blocked, or when a warning is not confirmed; AlreadyDone
    when the drafts changed since they were shown (also for the second of two clicks).
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.SHARE_FINDINGS)
    release = release_of(held)
    _check(held, release, fingerprint=fingerprint, confirmed=confirmed)
    for row in (*release.findings, *release.recommendations):
        row.share()
        row.save()
    if held.findings_shared_at is None:
        held.findings_shared_at = timezone.now()
        held.save(update_fields=["findings_shared_at"])
    words = _words(release)
    record(held, EventKind.SHARED, f"Released to the host: {words}", by=by, step="share_findings")
    milestones.sync(held, done=(MilestoneKind.FEEDBACK_SHARED,))
    url = reverse("visits:findings", args=(held.slug,))
    tell_host(held, f"{held.title}: the team released {words} to you", by=by, url=url)
    return release


def _check(case: Case, release: Release, *, fingerprint: str, confirmed: bool) -> None:
    if not release.findings and not release.recommendations and case.findings_shared_at:
        raise AlreadyDone("Everything that can go is already with the host. Nothing was released a second time.")
    if release.blockers:
        raise NotReady("The findings cannot go to the host yet.", reasons=release.blockers)
    if release.fingerprint != fingerprint:
        message = "The findings changed after this page was shown. Nothing was released: look at them again."
        raise AlreadyDone(message, code="release_changed")
    if release.warnings and not confirmed:
        raise NotReady("Please look at the warnings and confirm.", code="not_confirmed", reasons=release.warnings)


def _words(release: Release) -> str:
    """`12 findings and 6 recommendations`, without what is none."""
    parts = ((len(release.findings), "finding"), (len(release.recommendations), "recommendation"))
    return " and ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in parts if number)


@transaction.atomic
def withdraw_release(case: Case, *, by: User, reason: str) -> None:
    """Take everything back from the host, with a reason that the host reads. All texts are kept, as drafts.

    Effects in order: lock, permit (share_findings), check that nobody builds on it yet, take each back, clear the
    moment on the case, record, open the milestone again, tell the host.

    Raises AlreadyDone when nothing is released, NotReady for a missing reason, while the report is being written,
    or when the host has responded.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.SHARE_FINDINGS)
    if held.findings_shared_at is None:
        raise AlreadyDone("Nothing is with the host now. Nothing was changed.")
    _check_can_withdraw(held, reason)
    for rows in (held.findings, held.recommendations):
        for row in rows.filter(status__in=OPEN_TO_HOST):
            row.take_back()
            row.status_reason = reason.strip()
            row.save()
    held.findings_shared_at = None
    held.save(update_fields=["findings_shared_at"])
    record(
        held,
        EventKind.STEP_BACK,
        "Release of the findings taken back",
        by=by,
        reason=reason.strip(),
        step="withdraw_release",
    )
    milestones.sync(held, reopened=(MilestoneKind.FEEDBACK_SHARED,))
    tell_host(
        held, f"{held.title}: the team took its findings back to work on them", by=by, url=held.get_absolute_url()
    )


def _check_can_withdraw(case: Case, reason: str) -> None:
    if not reason.strip():
        raise NotReady("Please give a reason: the host reads it.", code="reason_missing")
    if case.effective_stage in {Stage.REPORTING, Stage.FOLLOW_UP, Stage.CLOSED}:
        message = "The report is written from these findings. Go back to feedback first, or take single ones back."
        raise NotReady(message, code="report_started")
    if HostResponse.objects.filter(recommendation__case=case).exists():
        raise NotReady("The host has already responded. Take single findings back instead.", code="responded")
