"""A city asks for a review."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from people.actions.notifications import notify
from people.errors import NotAllowed
from people.models import City, User, WorkingGroup
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.guiding_questions import write_guiding_questions
from reviews.actions.question_sets import current_question_set
from reviews.actions.team import Candidate, give_role
from reviews.enums import EventKind, QuestionSetStatus, Role, Stage, Wants
from reviews.models import Case, Membership, QuestionSet, SelfAssessment

if TYPE_CHECKING:
    from collections.abc import Sequence

SLUG_LENGTH = 60
NO_SLUGS = frozenset({"new", "data", "cities"})
"""Pages of their own, in the list of cases or in the library."""
SAME_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody proposes. Only the first four are needed for a draft.

    Without a `question_set` the review begins with the current one; only the secretariat chooses another.
    """

    title: str
    host_city: City
    working_group: WorkingGroup
    theme: str
    challenge: str = ""
    questions: tuple[str, ...] = ()
    off_limits: str = ""
    wants: str = Wants.IDEAS
    principles: Sequence[int] = ()
    goals: Sequence[int] = ()
    sponsor: Candidate | None = None
    visit_start: date | None = None
    visit_end: date | None = None
    question_set: QuestionSet | None = None


@transaction.atomic
def propose(proposal: Proposal, *, by: User) -> Case:
    """Make a case from a proposal, with its self-assessment and deadlines.

    The one who proposes becomes host coordinator; the secretariat, which may propose for any city, does not.
    Effects: case, guiding questions, roles (the sponsor is invited), self-assessment, milestones, event, the
    secretariat is told. The same proposal sent twice within half an hour gives the same case.

    Raises NotAllowed for another city than one's own.
    """
    if not by.is_secretariat and proposal.host_city.pk != by.city_id:
        raise NotAllowed("You can propose a review of your own city. For another city, ask the secretariat.")
    User.objects.select_for_update().get(pk=by.pk)
    if same := _sent_before(proposal, by):
        return same
    case = _make(proposal, by)
    if not by.is_secretariat:
        Membership.objects.create(case=case, user=by, role=Role.HOST_COORDINATOR, added_by=by)
    record(case, EventKind.CREATED, "Proposal written", by=by, target=Stage.DRAFT)
    if proposal.sponsor:
        give_role(case, Role.HOST_SPONSOR, proposal.sponsor, by=by)
    told = User.objects.filter(is_secretariat=True, is_active=True).exclude(pk=by.pk)
    notify(told, text=f"{case.title}: {case.host_city} proposes a review", url=case.get_absolute_url())
    return case


def _sent_before(proposal: Proposal, by: User) -> Case | None:
    """The case that the first of two clicks made."""
    return Case.objects.filter(
        created_by=by,
        title=proposal.title,
        host_city=proposal.host_city,
        stage=Stage.DRAFT,
        created_at__gte=timezone.now() - SAME_FOR,
    ).first()


def _make(proposal: Proposal, by: User) -> Case:
    case = Case.objects.create(
        slug=_free_slug(proposal),
        title=proposal.title,
        host_city=proposal.host_city,
        working_group=proposal.working_group,
        theme=proposal.theme,
        challenge=proposal.challenge,
        off_limits=proposal.off_limits,
        wants=proposal.wants,
        principles=sorted(set(proposal.principles)),
        goals=sorted(set(proposal.goals)),
        visit_start=proposal.visit_start,
        visit_end=proposal.visit_end,
        created_by=by,
    )
    write_guiding_questions(case, proposal.questions)
    SelfAssessment.objects.create(case=case, question_set=_questions_for(case, proposal, by))
    milestones.sync(case)
    return case


def _questions_for(case: Case, proposal: Proposal, by: User) -> QuestionSet:
    """The published version that the secretariat chose, else the current one."""
    chosen = proposal.question_set
    if chosen is None or not by.is_secretariat or chosen.status != QuestionSetStatus.PUBLISHED:
        return current_question_set(case.language)
    return chosen


def _free_slug(proposal: Proposal) -> str:
    """A readable address; the city's, where the title has no Latin letters."""
    words = slugify(proposal.title) or slugify(proposal.host_city.slug) or "review"
    base = words[:SLUG_LENGTH].strip("-")
    is_free = base not in NO_SLUGS and not Case.objects.filter(slug=base).exists()
    return base if is_free else f"{base}-{secrets.token_hex(3)}"
