"""The only way to a case: `case_for` fetches AND authorises.

Strangers get 404 for what they may not know of; members get 403 with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from people.errors import NotAllowed, NotThere
from people.models import User
from people.queries.statements import SOME_SLUG, SOMEBODY, kept_objects
from reviews import permissions
from reviews.enums import HOST_ROLES, TEAM_ROLES, InterestDecision, Role, SelfAssessmentStatus
from reviews.models import Case, Membership
from reviews.queries.seats import current_declaration, roles_in
from reviews.queries.shares import NOT_YOURS, NOTHING, WHOLE, Share, share_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from reviews.models import InterestDeclaration, Question, Section

_HOST_CHIEFS = frozenset({Role.HOST_COORDINATOR, Role.HOST_SPONSOR})


@dataclass(frozen=True)
class Seat:
    """One person's place at the table of one case: the case, the person, and the person's roles in it.

    Made by `case_for`; holds all that permissions need, so that asking them costs no query.
    """

    case: Case
    user: User
    roles: frozenset[Role]
    declaration: InterestDeclaration | None
    is_assigned: bool = False
    """Whether a part of the self-assessment was given to the person to write."""

    @property
    def is_secretariat(self) -> bool:
        """Whether the person coordinates all reviews."""
        return Role.SECRETARIAT in self.roles

    @property
    def is_host(self) -> bool:
        """Whether the person speaks for the host city, and for nobody else."""
        return bool(self.roles & HOST_ROLES) and not self.is_secretariat

    @property
    def is_team(self) -> bool:
        """Whether the person is on the visiting side."""
        return self.is_secretariat or bool(self.roles & TEAM_ROLES)

    @property
    def has_declared(self) -> bool:
        """Whether the person said something about their interests in this case."""
        return self.declaration is not None

    @property
    def is_cleared(self) -> bool:
        """Whether the person declared interests and nothing stands in the way."""
        return self.declaration is not None and self.declaration.decision == InterestDecision.CLEARED

    @property
    def self_assessment_status(self) -> str:
        """Status of the self-assessment; `draft` before it exists."""
        found = getattr(self.case, "self_assessment", None)
        return found.status if found else SelfAssessmentStatus.DRAFT

    @property
    def report_status(self) -> str:
        """Status of the final report; empty before it exists."""
        found = getattr(self.case, "report", None)
        return found.status if found else ""

    # --- The self-assessment, shared out ----------------------------------------------------------
    @property
    def reads_whole(self) -> bool:
        """Whether the person reads the self-assessment as a whole; a contributor of the host reads their own share."""
        return self.is_secretariat or Role.HOST_CONTRIBUTOR not in self.roles or bool(self.roles & _HOST_CHIEFS)

    @cached_property
    def share(self) -> Share:
        """What was assigned to the person. One query where something was, none otherwise."""
        return share_of(self.user, self.case) if self.is_assigned else NOTHING

    @property
    def reads(self) -> Share:
        """What of the self-assessment the person reads, once it is theirs to read. At most one query."""
        return WHOLE if self.reads_whole else self.share

    @property
    def writes(self) -> Share:
        """What of the self-assessment the person writes while it is open. At most one query."""
        return WHOLE if Role.HOST_COORDINATOR in self.roles else self.share

    def require_to_read(self, question: Question) -> None:
        """Refuse a question that is not theirs to read. Raises NotAllowed."""
        if not self.reads.covers(question):
            raise NotAllowed(NOT_YOURS, code="not_assigned")

    def require_to_write(self, question: Question) -> None:
        """Refuse a question that is not theirs to write. Raises NotAllowed."""
        if not self.writes.covers(question):
            raise NotAllowed(NOT_YOURS, code="not_assigned")

    def require_section(self, section: Section) -> None:
        """Refuse a section that is not theirs to write as a whole. Raises NotAllowed."""
        if not self.writes.covers_section(section.pk):
            raise NotAllowed(NOT_YOURS, code="not_assigned")

    @cached_property
    def role_words(self) -> str:
        """The person's roles in words, for the page."""
        return ", ".join(role.label for role in Role if role in self.roles)

    def can(self, ability: permissions.Ability) -> bool:
        """Whether this person may do this now."""
        return permissions.can(self, ability)

    def require(self, ability: permissions.Ability) -> None:
        """Refuse with the reason when this person may not do this now.

        Raises NotAllowed.
        """
        if refused := permissions.verdict(self, ability):
            raise NotAllowed(refused)


def visible_to(user: User | AnonymousUser) -> QuerySet[Case]:
    """The cases a person may know of: all for the secretariat, else those in which they have a role."""
    if not user.is_authenticated or not user.is_active:
        return Case.objects.none()
    if user.is_secretariat:
        return Case.objects.all()
    return Case.objects.filter(Q(pk__in=Membership.objects.filter(user=user).values("case")))


def seat_in(user: User, case: Case) -> Seat:
    """The place of a person in a case that they may see. Two queries."""
    found = roles_in(case, user)
    roles = {role for role, _ in found}
    if user.is_secretariat:
        roles.add(Role.SECRETARIAT)
    return Seat(
        case=case,
        user=user,
        roles=frozenset(roles),
        declaration=current_declaration(case, user),
        is_assigned=any(is_so for _, is_so in found),
    )


def case_for(user: User | AnonymousUser, slug: str, ability: permissions.Ability) -> Seat:
    """Fetch a case with this person's place in it, if they may do `ability` there.

    Raises NotThere for strangers and NotAllowed, with the reason, for members. Three queries.
    """
    if not user.is_authenticated or not user.is_active:
        raise NotThere
    found = kept_objects(_for_pages, user.is_secretariat, said={SOMEBODY: user.pk, SOME_SLUG: slug})
    case = next(iter(found), None)
    if case is None:
        raise NotThere
    seat = seat_in(user, case)
    seat.require(ability)
    return seat


def _for_pages(is_secretariat: bool) -> QuerySet[Case]:  # noqa: FBT001 - a key
    """The case at an address that `SOMEBODY` may know of, with what pages need of it."""
    rows = visible_to(User(pk=SOMEBODY, is_secretariat=is_secretariat)).filter(slug=SOME_SLUG).order_by()
    return rows.select_related("host_city", "working_group", "self_assessment__question_set", "study_visit", "report")
