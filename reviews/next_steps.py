"""What comes next in a case: for one person, and for the case as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from people.templatetags.words import dates, due
from reviews import frame, requirements
from reviews.enums import HOST_ROLES, MilestoneKind, MilestoneStatus, Role, Stage
from reviews.pages import page_of
from reviews.permissions import Ability
from reviews.queries.announced import promised_by
from reviews.queries.team import waiting_people
from reviews.steps import StepOffer, all_rules
from reviews.timeline import PLANNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reviews.access import Seat
    from reviews.models import Case, Milestone


@dataclass(frozen=True, slots=True)
class Deadline:
    """An open deadline: what, until when, who, and where."""

    text: str
    due: date | None
    owner: str
    url: str

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a person can do now, and until when, if there is a day for it."""

    step: frame.Next
    deadline: Deadline | None


def told_once(nexts: Iterable[frame.Next], deadlines: Iterable[Deadline]) -> tuple[list[Due], list[Deadline]]:
    """What comes next, each with the first deadline for which it is done on the same page, and the other deadlines."""
    left = list(deadlines)
    told = []
    for step in nexts:
        page = step.url.partition("#")[0]
        met = next((row for row in left if row.url.partition("#")[0] == page), None)
        if met is not None:
            left.remove(met)
        told.append(Due(step, met))
    return told, left


def deadlines_of(seat: Seat, deadlines: Mapping[str, Milestone]) -> list[Deadline]:
    """The open deadlines of a case that this person owns, by date. No query."""
    return _open(seat.case, deadlines, lambda row: Role(row.owner) in seat.roles)


def waiting_for_others(seat: Seat, deadlines: Mapping[str, Milestone]) -> list[Deadline]:
    """The open deadlines that others own, by date. No query."""
    return _open(seat.case, deadlines, lambda row: Role(row.owner) not in seat.roles)


def _open(case: Case, deadlines: Mapping[str, Milestone], wanted: Callable[[Milestone], bool]) -> list[Deadline]:
    rows = [row for row in deadlines.values() if row.status == MilestoneStatus.OPEN and wanted(row)]
    rows.sort(key=lambda row: row.due or date.max)
    return [
        Deadline(PLANNED[MilestoneKind(row.kind)].todo, row.due, row.get_owner_display(), page_of(row.kind, case))
        for row in rows
    ]


def next_step(case: Case, offers: Iterable[StepOffer] = ()) -> StepOffer | None:
    """The case's next step forward, with what is missing before it, whoever may take it; None at the end.

    Costs the queries of its gates, or none if it is among the `offers` of the case to a person.
    """
    asked = {offer.rule.name: offer for offer in offers}
    for rule in all_rules():
        if rule.machine == "case" and not rule.back and rule.is_possible_from(case):
            return asked.get(rule.name) or StepOffer(rule, tuple(requirements.unmet(case, rule.name)))
    return None


@frame.register_next
def declare_interests(seat: Seat) -> Iterator[frame.Next]:
    """Who is in the team and has declared nothing does that first. No query."""
    if seat.can(Ability.DECLARE_INTEREST) and not seat.has_declared:
        yield frame.Next(
            "Declare your interests: then the papers of the host open for you.",
            "Declare your interests",
            reverse("reviews:interests", args=(seat.case.slug,)),
        )


@frame.register_next
def decide_on_people(seat: Seat) -> Iterator[frame.Next]:
    """Declared interests and objections that wait for this person's decision. One query."""
    if not seat.can(Ability.DECIDE_INTEREST):
        return
    url = reverse("reviews:team", args=(seat.case.slug,))
    for name, objected in waiting_people(seat.case, seat.user):
        words = "is objected to by the host" if objected else "has declared an interest"
        yield frame.Next(f"{name} {words}: please decide.", "Decide", url)


@frame.register_next
def bring_promised_files(seat: Seat) -> Iterator[frame.Next]:
    """Files that this person promised and that are due within a week, or late. One query for the host's people."""
    if not seat.roles & HOST_ROLES:
        return
    for row in promised_by(seat.user).filter(case=seat.case):
        url = reverse("reviews:evidence_edit", args=(seat.case.slug, row.pk))
        yield frame.Next(f"Bring “{row.title}”: it is due {dates(row.due)} ({due(row.due)}).", "Add the file", url)


@frame.register_next
def confirm_again(seat: Seat) -> Iterator[frame.Next]:
    """After a postponement: confirm what has not been confirmed. No query."""
    if seat.case.stage != Stage.POSTPONED:
        return
    if not seat.case.scope_confirmed_at and seat.can(Ability.CONFIRM_SCOPE):
        url = reverse("reviews:scope", args=(seat.case.slug,))
        yield frame.Next("Look at the scope again: is it still right?", "Look at the scope", f"{url}#confirm")
    if not seat.case.team_confirmed_at and seat.can(Ability.MANAGE_TEAM):
        url = reverse("reviews:team", args=(seat.case.slug,))
        yield frame.Next("Ask the team again: is it still the same?", "Look at the team", f"{url}#confirm")
