"""What the review is about, and when: texts that are saved as they are typed, dates, and confirming both again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady, StaleText
from people.models import User
from people.templatetags.words import dates
from reviews.access import Seat, seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.guiding_questions import write_guiding_questions
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, Role, Stage
from reviews.models import Case, CaseEvent
from reviews.permissions import Ability
from reviews.queries.people import people_in

ONE_SITTING = timedelta(hours=1)
EDITED = "scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeTexts:
    """The texts of a scope, named as the form's fields."""

    title: str
    challenge: str
    question_1: str
    question_2: str
    question_3: str
    off_limits: str
    wants: str

    @property
    def questions(self) -> tuple[str, str, str]:
        """The guiding questions in their places."""
        return (self.question_1, self.question_2, self.question_3)


def scope_texts(case: Case) -> ScopeTexts:
    """The texts as they are stored. One query."""
    asked = {row.position: row.text for row in case.guiding_questions.all()}
    return ScopeTexts(
        title=case.title,
        challenge=case.challenge,
        question_1=asked.get(1, ""),
        question_2=asked.get(2, ""),
        question_3=asked.get(3, ""),
        off_limits=case.off_limits,
        wants=case.wants,
    )


@transaction.atomic
def save_scope(case: Case, texts: ScopeTexts, *, version: int, by: User) -> Case:
    """Save the scope's texts, written on top of `version`; return the case with its new version.

    Effects: lock, permit, compare, texts and guiding questions, version + 1, one event an hour and writer.

    Raises NotAllowed, and StaleText when somebody saved something else in between.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_SCOPE)
    stored = scope_texts(held)
    if stored == texts:
        return held
    if version != held.scope_version:
        raise _stale(held, stored)
    held.title, held.challenge = texts.title, texts.challenge
    held.off_limits, held.wants = texts.off_limits, texts.wants
    held.scope_version += 1
    held.save(update_fields=["title", "challenge", "off_limits", "wants", "scope_version"])
    write_guiding_questions(held, texts.questions)
    _record_once(held, by)
    return held


def _stale(case: Case, stored: ScopeTexts) -> StaleText:
    last = case.events.filter(kind=EventKind.EDITED, step=EDITED).select_related("actor").first()
    who = str(last.actor) if last and last.actor else ""
    return StaleText(version=case.scope_version, texts=asdict(stored), by=who, at=last.at if last else None)


def _record_once(case: Case, by: User) -> None:
    """Tell of one sitting of writing once, not of every save."""
    since = timezone.now() - ONE_SITTING
    last = case.events.filter(kind=EventKind.EDITED, step=EDITED).first()
    if last is None or last.actor_id != by.pk or last.at < since:
        record(case, EventKind.EDITED, "Scope changed", by=by, step=EDITED)


@transaction.atomic
def set_visit_dates(case: Case, *, first: date | None, last: date | None, by: User) -> CaseEvent | None:
    """Set the days of the visit; all deadlines that nobody set by hand follow. None when nothing changes.

    Effects: lock, permit, dates, milestones, event, everybody in the review is told.

    Raises NotAllowed, and NotReady for dates that cannot be.
    """
    held = locked_case(case.pk)
    _require_dates(seat_in(by, held))
    last = last or first
    if (first is None and last) or (first and last and last < first):
        raise NotReady("The visit cannot end before it begins.", code="dates_wrong")
    if (held.visit_start, held.visit_end) == (first, last):
        return None
    held.visit_start, held.visit_end = first, last
    held.save(update_fields=["visit_start", "visit_end"])
    milestones.sync(held)
    text = f"Visit dates set: {dates(first, last)}" if first else "Visit dates taken away"
    told = people_in(held, set(Role) - {Role.SECRETARIAT}).exclude(pk=by.pk)
    notify(told, text=f"{held.title}: {text}", url=held.get_absolute_url())
    return record(held, EventKind.EDITED, text, by=by, step="dates")


def may_set_dates(seat: Seat) -> bool:
    """Who writes the scope sets the dates; so do those who keep the deadlines."""
    return seat.can(Ability.EDIT_SCOPE) or seat.can(Ability.EDIT_DEADLINES)


def _require_dates(seat: Seat) -> None:
    if not may_set_dates(seat):
        seat.require(Ability.EDIT_SCOPE)


@transaction.atomic
def confirm_again(case: Case, what: str, *, by: User) -> CaseEvent:
    """After a postponement, say that the scope ("scope") or the team ("team") is still right.

    Effects: lock, permit, the moment is kept on the case, event.

    Raises NotAllowed, and AlreadyDone when it is confirmed or nothing was postponed.
    """
    held = locked_case(case.pk)
    field, ability, text = _CONFIRM[what]
    seat_in(by, held).require(ability)
    if held.stage != Stage.POSTPONED or getattr(held, field):
        raise AlreadyDone("This has been confirmed already.")
    setattr(held, field, timezone.now())
    held.save(update_fields=[field])
    return record(held, EventKind.CONSENTED, text, by=by)


_CONFIRM = {
    "scope": ("scope_confirmed_at", Ability.CONFIRM_SCOPE, "Scope confirmed again"),
    "team": ("team_confirmed_at", Ability.MANAGE_TEAM, "Team confirmed again"),
}
