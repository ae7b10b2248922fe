"""Who took part in a visit, for how long, and who has a certificate of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.enums import DocumentKind
from reports.models import Certificate
from reports.queries.documents import documents
from reviews.enums import TEAM_ROLES, Role
from reviews.queries.team import members
from visits.enums import SlotKind
from visits.queries.programme import programme, slots_of_person, visit_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from people.models import User
    from reports.models import Document
    from reviews.models import Case
    from visits.queries.programme import ProgrammeSlot

PREPARATION_HOURS = 6
"""What reading before a visit usually takes: proposed, and confirmed or changed by a person."""
_NO_WORK = frozenset({SlotKind.MEAL, SlotKind.TRAVEL})


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody of the team: the hours that the programme proposes, and the certificate once it is issued."""

    user: User
    role_words: str
    proposed: Decimal
    certificate: Certificate | None
    document: Document | None

    @property
    def hours(self) -> Decimal:
        """The hours that the form begins with."""
        return self.certificate.hours if self.certificate else self.proposed


def holders_of(case: Case) -> list[Holder]:
    """Everybody of the team, with proposed hours and certificates. Eight queries, however large the team."""
    visit = visit_in(case)
    plan = programme(visit, for_host=False) if visit else None
    issued = {row.user_id: row for row in Certificate.objects.filter(case=case)}
    papers = {row.about_id: row for row in _papers(case).order_by("number")}
    return [
        Holder(
            user=person.user,
            role_words=", ".join(str(role.label) for role in Role if role in person.roles & TEAM_ROLES),
            proposed=proposed_hours(slots_of_person(plan, person.user) if plan else ()),
            certificate=issued.get(person.user.pk),
            document=papers.get(person.user.pk),
        )
        for person in members(case)
        if person.in_team
    ]


def certificate_papers(case: Case, user: User) -> list[Document]:
    """The documents that certify this person's part in the case, newest first. One query."""
    return list(_papers(case).filter(about=user).order_by("-number"))


def proposed_hours(slots: Iterable[ProgrammeSlot]) -> Decimal:
    """Add up the working time of a person's slots, overlaps once, and preparation; in half hours, rounded up."""
    minutes = 0
    until = None
    for slot in sorted((slot for slot in slots if slot.kind not in _NO_WORK), key=lambda slot: slot.starts):
        starts = slot.starts if until is None else max(slot.starts, until)
        if slot.ends > starts:
            minutes += int((slot.ends - starts).total_seconds() // 60)
            until = slot.ends
    return Decimal(PREPARATION_HOURS) + Decimal(math.ceil(minutes / 30)) / 2


def _papers(case: Case) -> QuerySet[Document]:
    return documents().filter(case=case, kind=DocumentKind.CERTIFICATE)
