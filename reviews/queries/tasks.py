"""What waits for a person: deadlines that they own, interests to declare, proposals and decisions to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from people.models import User
from people.queries.statements import SOMEBODY, kept_values
from reviews.enums import (
    STAGES_AT_REST,
    TEAM_ROLES,
    InterestDecision,
    MilestoneKind,
    MilestoneStatus,
    ObjectionDecision,
    Role,
    Stage,
)
from reviews.models import Assignment, Case, GuidingQuestion, InterestDeclaration, Membership, Milestone, Objection
from reviews.pages import address_of, page_in
from reviews.queries.announced import promised_by
from reviews.queries.assignments import open_assignments
from reviews.timeline import PLANNED

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from reviews.models import Evidence

PER_PAGE = 20
MOST_PROPOSALS = 20  # on the first page of tasks; all of them are in the list of reviews
_BY_DATE = (F("due").asc(nulls_last=True), "pk")
_OF_CASE = ("slug", "stage", "title", "host_city__name", "visit_start", "visit_end")
_SHOWN = ("kind", "owner", "due", *(f"case__{name}" for name in _OF_CASE))
"""What a line shows, as plain values: three objects a line would cost as much as the line itself."""


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody else waits for: in which case, if in one, what, until when, and where it is done."""

    case: Case | None
    text: str
    due: date | None
    url: str

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One line of the list of deadlines: which day it is, and the columns of `_SHOWN`."""

    today: date
    kind: str
    owner: str
    due: date | None
    slug: str
    stage: str
    title: str
    city: str
    visit_start: date | None
    visit_end: date | None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < self.today

    @property
    def text(self) -> str:
        """What is to do."""
        return PLANNED[MilestoneKind(self.kind)].todo

    @property
    def who(self) -> str:
        """The role that does it, in words."""
        return Role(self.owner).label

    @property
    def url(self) -> str:
        """Where it is done."""
        return page_in(self.stage, self.kind, self.slug)

    @property
    def case_url(self) -> str:
        """The overview of its case."""
        return address_of("reviews:case", self.slug)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that wait for a person: which, in the order of the page, how each reads as a task, and how many at most."""

    rows: Callable[[User], QuerySet[Any]]
    task: Callable[[Any], Task]
    most: int | None = None


_sources: list[Source] = []


def register_tasks(source: Source) -> None:
    """Let a higher app put tasks on "My tasks": one query for the page if there are any, none more for the number.

    Which rows wait may depend on the person's key, on whether they are of the secretariat and on the day, on nothing
    else of the person or the clock: what waits is found and counted by statements that are kept.
    """
    if source not in _sources:
        _sources.append(source)


# --- Deadlines -----------------------------------------------------------------------------------
def open_deadlines(user: User, *, everybodys: bool = False) -> QuerySet[Milestone]:
    """The open deadlines that a person owns, by due date, those without a date last.

    `everybodys` gives the secretariat all of them; nobody else.
    """
    found = Milestone.objects.filter(status=MilestoneStatus.OPEN)
    if not (everybodys and user.is_secretariat):
        found = found.filter(owned_by(user))
    return found.order_by(*_BY_DATE)


def owned_by(user: User) -> Q:
    """Deadlines of the roles that a person has in each case; the secretariat also owns its own everywhere."""
    mine = Membership.objects.filter(user=user, role=OuterRef("owner"), case=OuterRef("case"))
    in_my_cases = Q(case__in=Membership.objects.filter(user=user).values("case")) & Q(Exists(mine))
    return in_my_cases | Q(owner=Role.SECRETARIAT) if user.is_secretariat else in_my_cases


def deadlines_page(user: User, number: str, *, everybodys: bool = False) -> Page[DeadlineLine]:
    """One page of a person's deadlines; a wrong page number gives the nearest. Two queries.

    The page is cut from the keys alone: sorting them with their cases beside them takes five times as long.
    """
    every = open_deadlines(user, everybodys=everybodys)
    found = Paginator(every.values("pk"), PER_PAGE).get_page(number)
    rows = Milestone.objects.filter(pk__in=cast("QuerySet[Milestone]", found.object_list)).order_by(*_BY_DATE)
    today = timezone.localdate()
    shown = [DeadlineLine(today, *row) for row in rows.values_list(*_SHOWN)]
    return Page(shown, found.number, cast("Paginator[DeadlineLine]", found.paginator))


# --- Without a deadline --------------------------------------------------------------------------
def missing_declarations(user: User) -> QuerySet[Membership]:
    """A person's roles in teams where they have declared nothing yet, one a case."""
    declared = InterestDeclaration.objects.filter(user=user, case=OuterRef("case"), is_current=True)
    earlier = Membership.objects.filter(user=user, case=OuterRef("case"), role__in=TEAM_ROLES, pk__lt=OuterRef("pk"))
    return Membership.objects.filter(
        ~Exists(declared), ~Exists(earlier), ~Q(case__stage__in=STAGES_AT_REST), user=user, role__in=TEAM_ROLES
    )


def _decided_by(user: User) -> Q:
    """Rows about somebody else, in the cases that a person leads with cleared interests; all of the secretariat's."""
    cleared = {"case__declarations__user": user, "case__declarations__is_current": True}
    cleared["case__declarations__decision"] = InterestDecision.CLEARED
    leads = user.memberships.filter(role=Role.LEAD, **cleared)
    led = Q() if user.is_secretariat else Q(case__in=leads.values("case"))
    return led & ~Q(user=user) & ~Q(case__stage__in=STAGES_AT_REST)


def undecided_interests(user: User) -> QuerySet[InterestDeclaration]:
    """Declared interests on which a person can decide."""
    return InterestDeclaration.objects.filter(_decided_by(user), is_current=True, decision=InterestDecision.PENDING)


def undecided_objections(user: User) -> QuerySet[Objection]:
    """The hosts' objections on which a person can decide."""
    return Objection.objects.filter(_decided_by(user), decision=ObjectionDecision.PENDING)


def complete_proposals(user: User) -> QuerySet[Case]:
    """Proposals that lack nothing for the gate of `accept_proposal`: the secretariat accepts or returns them."""
    if not user.is_secretariat:
        return Case.objects.none()
    asked = GuidingQuestion.objects.filter(case=OuterRef("pk"))
    sponsored = Membership.objects.filter(case=OuterRef("pk"), role=Role.HOST_SPONSOR)
    return Case.objects.filter(~Q(challenge=""), Exists(asked), Exists(sponsored), stage=Stage.DRAFT)


def removals_asked(user: User) -> QuerySet[User]:
    """The people who ask to be removed, for the others of the secretariat."""
    if not user.is_secretariat:
        return User.objects.none()
    return User.objects.filter(removal_asked_at__isnull=False).exclude(pk=user.pk)


_ABOUT = ("self_assessment__case__host_city", "section", "question")


def _given(user: User) -> QuerySet[Assignment]:
    """What a person was given to write and has not finished."""
    return open_assignments().filter(user=user)


def _writing(row: Assignment) -> Task:
    case = row.self_assessment.case
    url = reverse("reviews:self_assessment", args=(case.slug,))
    if row.question:
        text = f"Write the answer to question {row.question.number}"
    else:
        text = f"Write “{row.section.title}”" if row.section else "Write the self-assessment"
    return Task(case, text, row.due, url)


def _accepting(case: Case) -> Task:
    return Task(case, "Accept or return the proposal", None, case.get_absolute_url())


def _declaring(row: Membership) -> Task:
    return Task(row.case, "Declare your interests", None, reverse("reviews:interests", args=(row.case.slug,)))


def _bringing(row: Evidence) -> Task:
    url = reverse("reviews:evidence_edit", args=(row.case.slug, row.pk))
    return Task(row.case, f"Bring “{row.title}”", row.due, url)


def _removing(row: User) -> Task:
    return Task(None, f"{row} asks to be removed", None, reverse("people:remove_person", args=(row.pk,)))


def _deciding(row: InterestDeclaration | Objection) -> Task:
    words = "interests of" if isinstance(row, InterestDeclaration) else "objection to"
    url = reverse("reviews:team", args=(row.case.slug,))
    return Task(row.case, f"Decide on the {words} {row.user}", None, url)


_FIRST = (
    Source(
        lambda user: complete_proposals(user).select_related("host_city").order_by("created_at", "pk"),
        _accepting,
        MOST_PROPOSALS,
    ),
    Source(
        lambda user: missing_declarations(user).select_related("case__host_city").order_by("case__visit_start", "pk"),
        _declaring,
    ),
    Source(lambda user: _given(user).select_related(*_ABOUT).order_by("due", "pk"), _writing),
    Source(lambda user: promised_by(user).select_related("case__host_city"), _bringing),
)
_LAST = (  # by time, not by key: a walk along the keys would pass by the index of what waits and read every row
    Source(
        lambda user: undecided_interests(user).select_related("case__host_city", "user").order_by("declared_at", "pk"),
        _deciding,
    ),
    Source(
        lambda user: undecided_objections(user).select_related("case__host_city", "user").order_by("at", "pk"),
        _deciding,
    ),
    Source(lambda user: removals_asked(user).order_by("removal_asked_at", "pk"), _removing),
)


def urgent_tasks(user: User) -> list[Task]:
    """What somebody else waits for: what is late, what waits today or has no day, and what comes, by date.

    One query, and one for each kind of which there is something.
    """
    kinds = _kinds_waiting(user, (*_FIRST, *_sources, *_LAST))
    found = [kind.task(row) for kind in kinds for row in kind.rows(user)[: kind.most]]
    today = timezone.localdate()
    return sorted(found, key=lambda task: task.due or today)


def _kinds_waiting(user: User, kinds: tuple[Source, ...]) -> list[Source]:
    """The kinds of which something waits for a person: mostly none or one. One query."""
    rows = kept_values(_asking, user.is_secretariat, kinds, timezone.localdate(), said={SOMEBODY: user.pk})
    found = {number for (number,) in rows}
    return [kind for number, kind in enumerate(kinds) if number in found]


def count_tasks(user: User, most: int) -> int:
    """How many tasks wait for a person, counted to `most`: the number beside "My tasks" on every page. One query."""
    key = (user.is_secretariat, most, tuple(_sources), timezone.localdate())
    return len(kept_values(_counting, *key, said={SOMEBODY: user.pk}))


def _counting(is_secretariat: bool, most: int, sources: tuple[Source, ...], _day: date) -> QuerySet[Any, Any]:  # noqa: FBT001 - a key
    """The keys of all that waits for `SOMEBODY` on a day."""
    user = User(pk=SOMEBODY, is_secretariat=is_secretariat)
    parts: tuple[QuerySet[Any], ...] = (missing_declarations(user), undecided_interests(user))
    parts += (undecided_objections(user), complete_proposals(user), _given(user), promised_by(user))
    parts += (removals_asked(user),)
    parts += tuple(source.rows(user) for source in sources)
    first, *others = [rows.order_by().values("pk") for rows in (open_deadlines(user), *parts)]
    return first.union(*others, all=True)[:most]


def _asking(is_secretariat: bool, kinds: tuple[Source, ...], _day: date) -> QuerySet[Any, Any]:  # noqa: FBT001 - a key
    """The numbers of the kinds of which something waits for `SOMEBODY` on a day."""
    user = User(pk=SOMEBODY, is_secretariat=is_secretariat)
    rows = [kind.rows(user).order_by().values(waiting_kind=Value(number)) for number, kind in enumerate(kinds)]
    return rows[0].union(*rows[1:])
