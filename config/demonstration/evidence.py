"""The files of the stories: with notes, questions, a newer version, one for the host only, and some still to come."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils import timezone

from config.demonstration.files import brought, plan_signed
from config.demonstration.photos import photos
from reviews.access import seat_in
from reviews.actions.announcing import announce_evidence
from reviews.actions.evidence import Described, Promise, add_evidence
from reviews.actions.evidence_links import link_question
from reviews.actions.evidence_versions import add_version
from reviews.enums import EventKind, EvidenceClass, EvidenceKind
from reviews.models import Case, CaseEvent, Evidence, Question

if TYPE_CHECKING:
    from config.demonstration.stories import Story
    from people.models import User
    from reviews.access import Seat

_PROMISED = (
    ("Evaluation of the house visits, 2017", EvidenceKind.EVALUATION, EvidenceClass.TEAM, 26, -2),
    ("Council decision on the yearly meeting", EvidenceKind.DECISION, EvidenceClass.PUBLIC, 5, 5),
    ("Minutes of the steering group", EvidenceKind.OTHER, EvidenceClass.HOST, 7, 16),
)
"""Title, kind, class, question, and in how many days it is due."""


def add_files(case: Case, story: Story, people: dict[str, User]) -> None:
    """Add the evidence of a self-assessment: a plan in two versions, figures, a paper of the host alone, photos."""
    seat = _seat(case, people[story.coordinator])
    questions = _questions(seat)
    dated = (case.visit_start or timezone.localdate()) - timedelta(days=200)
    for file in (*brought(story.title), *(photos() if story.photos else ())):
        described = Described(
            title=file.title,
            kind=file.kind,
            access_class=file.access_class,
            note=file.note,
            language="en",
            dated=dated,
            question=questions[file.questions[0]],
        )
        row = add_evidence(seat, BytesIO(file.content), file.name, described)
        for number in file.questions[1:]:
            link_question(seat, row.pk, questions[number].pk, is_linked=True)
        if file.name == "action-plan.pdf":
            add_version(seat, row.pk, BytesIO(plan_signed(story.title)), "action-plan-signed.pdf")


def promise_files(case: Case, story: Story, people: dict[str, User]) -> None:
    """Announce what is still to come: one paper is late, one due this week, one for the host only."""
    seat = _seat(case, people[story.coordinator])
    questions = _questions(seat)
    owners = [people[key] for key in (*story.contributors, story.coordinator, story.sponsor)]
    for place, (title, kind, access_class, number, days) in enumerate(_PROMISED):
        described = Described(title=title, kind=kind, access_class=access_class, question=questions[number])
        promise = Promise(owners[place % len(owners)], timezone.localdate() + timedelta(days=days))
        announce_evidence(seat, described, promise)


def date_files(case: Case) -> None:
    """Give every version of a file the time at which the timeline says that it came."""
    for row in Evidence.objects.filter(case=case).exclude(file="").prefetch_related("versions"):
        came = CaseEvent.objects.filter(case=case, kind=EventKind.UPLOADED, evidence=row).order_by("pk")
        *before, row.uploaded_at = came.values_list("at", flat=True)
        row.save(update_fields=("uploaded_at",))
        for version, at in zip(sorted(row.versions.all(), key=lambda found: found.number), before, strict=True):
            version.uploaded_at = at
            version.save(update_fields=("uploaded_at",))


def _seat(case: Case, user: User) -> Seat:
    return seat_in(user, Case.objects.select_related("self_assessment").get(pk=case.pk))


def _questions(seat: Seat) -> dict[int, Question]:
    rows = Question.objects.filter(section__question_set=seat.case.self_assessment.question_set_id)
    return {row.number: row for row in rows.select_related("section")}
