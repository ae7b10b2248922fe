"""The last words before publication: the team stands behind the report, the host's sponsor knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady, Reason, StaleText
from reports.contents import team_hash
from reports.models import Confirmation, GoAhead, Report
from reports.queries.approval import approval_of
from reviews import steps
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import VISITING_ROLES, EventKind, Role
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

ANOTHER_TEXT = "The report has changed since you opened the page. Nothing was recorded: read it again, then decide."


@transaction.atomic
def confirm_report(case: Case, *, by: User, seen: str) -> None:
    """Say that one stands behind the report as it is.

    `seen` is the hash that the page showed. Effects: lock, permit, store over the hash, record, and tell secretariat
    and lead once everybody has confirmed. Raises NotAllowed, AlreadyDone.
    """
    report = _said(case, by, seen, objection="")
    record(report.case, EventKind.SIGNED, "Stands behind the report", by=by, team_only=True)
    if not approval_of(report, seen).missing:
        text = f"{report.case.title}: the whole team stands behind the report"
        told = people_in(report.case, (Role.SECRETARIAT, Role.LEAD)).exclude(pk=by.pk)
        notify(told, text=text, url=_page(report.case))


@transaction.atomic
def object_to_report(case: Case, *, by: User, seen: str, objection: str) -> None:
    """Say what stands against the report as it is; the lead is told. Raises NotAllowed, AlreadyDone, NotReady."""
    if not objection.strip():
        raise NotReady("Write what stands against the report: the lead reads it.", code="reason_missing")
    report = _said(case, by, seen, objection=objection.strip())
    said = f"{by} does not stand behind the report as it is"
    record(report.case, EventKind.COMMENTED, said, by=by, reason=objection.strip(), team_only=True)
    told = people_in(report.case, (Role.LEAD,)).exclude(pk=by.pk)
    notify(told, text=f"{report.case.title}: {said}", url=_page(report.case), detail=objection.strip())


def _said(case: Case, by: User, seen: str, *, objection: str) -> Report:
    report, digest = _final_text(case, by, Ability.CONFIRM_REPORT, seen)
    Confirmation.objects.update_or_create(
        report=report,
        user=by,
        defaults={"content_hash": digest, "objection": objection, "at": timezone.now(), "lapsed_at": None},
    )
    return report


@transaction.atomic
def go_ahead(case: Case, *, by: User, seen: str, reason: str) -> None:
    """Go on without the word of some of the team, with a reason that names them on the timeline.

    Effects: lock, permit, store over the hash, record, tell those whose word is missing. Raises NotAllowed,
    AlreadyDone when everybody has confirmed, NotReady without a reason.
    """
    report, digest = _final_text(case, by, Ability.GO_AHEAD, seen)
    if not reason.strip():
        raise NotReady("Give your reason: the team reads it.", code="reason_missing")
    missing = [voice.user for voice in approval_of(report, digest).missing]
    if not missing:
        raise AlreadyDone("Everybody in the team stands behind the report. Nothing stands in the way.")
    names = ", ".join(str(user) for user in missing)
    defaults = {"names": names, "reason": reason.strip(), "content_hash": digest, "by": by, "at": timezone.now()}
    GoAhead.objects.update_or_create(report=report, defaults=defaults)
    said = f"Report goes on without the word of {names}"
    record(report.case, EventKind.SIGNED, said, by=by, reason=reason.strip(), team_only=True)
    told = [user for user in missing if user != by]
    notify(told, text=f"{report.case.title}: the report goes on without your word", url=_page(report.case))


def _final_text(case: Case, by: User, ability: Ability, seen: str) -> tuple[Report, str]:
    """Lock, permit, and return the report with the hash of its text, if it is the text that was read."""
    case = locked_case(case.pk)
    seat_in(by, case).require(ability)
    report: Report = case.report
    digest = team_hash(case)
    if digest != seen:
        raise AlreadyDone(ANOTHER_TEXT, code="another_text")
    return report, digest


# --- The host's sponsor ------------------------------------------------------------------------------
@steps.effect("finalise_report")
def ask_everybody(move: steps.Move) -> None:
    """The team is asked whether it stands behind the text, and the host's political sponsor is told of it."""
    team = people_in(move.case, VISITING_ROLES).exclude(pk=move.by.pk)
    notify(team, text=f"{move.case.title}: do you stand behind the final report?", url=_page(move.case))
    _tell_sponsor(move.case, move.row, move.by)


@transaction.atomic
def inform_sponsor(case: Case, *, by: User) -> None:
    """Tell the host's political sponsor of the final text, with a link and never with the file.

    Raises NotAllowed, AlreadyDone, and NotReady while the review has no sponsor.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.INFORM_SPONSOR)
    if case.report.sponsor_informed_at:
        raise AlreadyDone("The political sponsor has already been told.")
    if not _tell_sponsor(case, case.report, by):
        url = reverse("reviews:team", args=(case.slug,))
        reason = Reason("The review has no political sponsor of the host", Role.HOST_COORDINATOR.label, url)
        raise NotReady("There is nobody to tell yet.", reasons=[reason])


def _tell_sponsor(case: Case, report: Report, by: User) -> bool:
    """Tell the sponsor, and keep when; False while there is none."""
    sponsors = list(people_in(case, (Role.HOST_SPONSOR,)))
    if not sponsors:
        return False
    notify(sponsors, text=f"{case.title}: the final report is there for you to read", url=_page(case))
    report.sponsor_informed_at, report.sponsor_informed_by = timezone.now(), by
    report.save(update_fields=("sponsor_informed_at", "sponsor_informed_by"))
    names = ", ".join(str(user) for user in sponsors)
    record(case, EventKind.SHARED, f"Political sponsor told of the final report: {names}", by=by)
    return True


# --- What a new version changes ----------------------------------------------------------------------
@transaction.atomic
def save_erratum(case: Case, *, by: User, text: str, version: int) -> int:
    """Store what the new version changes; returns the number of the text. Raises NotAllowed, StaleText."""
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.EDIT_ERRATUM)
    report: Report = case.report
    if report.erratum == text:
        return report.erratum_version
    if report.erratum_version != version:
        raise StaleText(version=report.erratum_version, texts={"text": report.erratum}, by="", at=None)
    report.erratum, report.erratum_version = text, version + 1
    report.save(update_fields=("erratum", "erratum_version"))
    return report.erratum_version


def _page(case: Case) -> str:
    return reverse("reports:report", args=(case.slug,))
