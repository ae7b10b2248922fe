"""What a review holds of a person (people/belongings.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people import belongings
from people.belongings import GONE
from people.errors import Reason
from reviews import models as ours
from reviews.actions.events import record
from reviews.enums import EventKind, InterestDecision, Role, Stage
from reviews.models import Case, Evidence, Membership

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from people.models import User

OVER = (Stage.CLOSED, Stage.CANCELLED)

belongings.told_by_review(Case)
belongings.own_words(
    {
        (ours.Action, "updated_by"): ("text", "progress"),
        (ours.Addendum, "by"): ("text",),
        (ours.Answer, "updated_by"): ("text", "rating_reason"),
        (ours.Case, "created_by"): ("challenge", "off_limits"),
        (ours.CaseEvent, "actor"): ("text", "reason"),
        (ours.Comment, "author"): ("text",),
        (ours.Declined, "by"): ("message",),
        (ours.Evidence, "owner"): ("title",),
        (ours.Evidence, "uploaded_by"): ("title", "note", "file_name"),
        (ours.EvidenceVersion, "uploaded_by"): ("file_name",),
        (ours.FilledForm, "uploaded_by"): ("file_name",),
        (ours.Finding, "updated_by"): ("text", "single_source_reason"),
        (ours.HostResponse, "by"): ("reason",),
        (ours.InterestDeclaration, "user"): ("interest", "text", "decision", "decision_reason"),
        (ours.InterestDeclaration, "decided_by"): ("decision", "decision_reason"),
        (ours.Membership, "user"): ("role",),
        (ours.Objection, "by"): ("text",),
        (ours.Objection, "decided_by"): ("decision", "decision_reason"),
        (ours.Recommendation, "updated_by"): ("text", "reason"),
        (ours.SectionSignature, "by"): ("name",),
        (ours.SectionVerdict, "by"): ("reason",),
        (ours.Signature, "by"): ("name", "function"),
        (ours.Upload, "by"): ("file_name",),
    }
)
belongings.names_in((ours.CaseEvent, "text"), (ours.SectionSignature, "name"), (ours.Signature, "name"))
belongings.signed_by({ours.SectionSignature: "by", ours.Signature: "by"})


def _open_cases(person: User) -> QuerySet[Case]:
    theirs = Membership.objects.filter(user=person).values("case")
    return Case.objects.filter(pk__in=theirs).exclude(stage__in=OVER).order_by("pk")


def roles_held_alone(person: User, *, hold: bool = False) -> Iterator[Reason]:
    """A role in an open review that nobody else has: the review would stand still."""
    cases = list(_open_cases(person).select_for_update() if hold else _open_cases(person))
    shared = set(
        Membership.objects.filter(case__in=cases, user__is_active=True).exclude(user=person).values_list("case", "role")
    )
    for row in Membership.objects.filter(case__in=cases, user=person).select_related("case").order_by("case", "role"):
        if (row.case_id, row.role) not in shared:
            words = f"{person} alone is {Role(row.role).label.lower()} in “{row.case.title}”: name somebody else there"
            url = reverse("reviews:team", args=(row.case.slug,))
            yield Reason(f"{words}, or take the role away", Role.SECRETARIAT.label, url)


def forget_person(person: User, *, by: User) -> None:
    """Roles in open reviews end, with a line on the timeline; what was declared or said of the person is emptied."""
    rows = Membership.objects.filter(user=person, case__in=_open_cases(person)).select_related("case")
    for row in rows:
        record(row.case, EventKind.ROLE_TAKEN, f"{GONE} is no longer {Role(row.role).label.lower()}", by=by)
    rows.delete()
    person.declarations.filter(decision=InterestDecision.PENDING).delete()
    person.declarations.update(text="", decision_reason="")
    person.objections_to.all().delete()
    person.assignments.all().delete()
    ours.Presence.objects.filter(user=person).delete()
    Evidence.objects.filter(owner=person, file="").update(owner=None)


belongings.hindrances.append(roles_held_alone)
belongings.forgetting.append(forget_person)
