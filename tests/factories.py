"""Rows for tests. A test names only what matters to it; everything else is valid and unlike any other row.

One function a model, `make_<model>`; keyword arguments are the model's fields.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from people.models import City, User, WorkingGroup
from reviews.actions import milestones
from reviews.enums import FindingKind, Interest, InterestDecision, Role, Theme
from reviews.models import (
    Action,
    Assignment,
    Case,
    Finding,
    GuidingQuestion,
    InterestDeclaration,
    Membership,
    Question,
    QuestionSet,
    Recommendation,
    Section,
    SelfAssessment,
)
from visits.models import DeskItem, HostSite, Note, Slot, SlotPerson, StudyVisit, VisitGroup

PASSWORD = "a quiet morning"
_count = itertools.count(1)


# --- people ---------------------------------------------------------------------------------------
def make_city(name: str = "", **fields: Any) -> City:
    number = next(_count)
    fields = {"slug": f"city-{number}", "country": "BE", **fields}
    return City.objects.create(name=name or f"City {number}", **fields)


def make_working_group(**fields: Any) -> WorkingGroup:
    number = next(_count)
    return WorkingGroup.objects.create(**{"name": f"Working group {number}", "slug": f"group-{number}", **fields})


def make_user(name: str = "", **fields: Any) -> User:
    """A person who can log in with PASSWORD."""
    number = next(_count)
    fields = {"email": f"person{number}@example.org", "password": PASSWORD, **fields}
    return User.objects.create_user(name=name or f"Person {number}", **fields)


# --- reviews --------------------------------------------------------------------------------------
def make_question_set(*, sections: int = 2, questions: int = 2, **fields: Any) -> QuestionSet:
    """A set with so many sections of so many required questions each."""
    number = next(_count)
    made = QuestionSet.objects.create(**{"name": f"Questions {number}", "slug": f"questions-{number}", **fields})
    counter = itertools.count(1)
    for position in range(1, sections + 1):
        section = Section.objects.create(question_set=made, position=position, title=f"Section {position}")
        for _ in range(questions):
            at = next(counter)
            Question.objects.create(section=section, number=at, text=f"Question {at}?", is_rated=at == 1)
    return made


def make_case(title: str = "", **fields: Any) -> Case:
    """A case with its self-assessment and milestones; a visit of three days, 90 days from today."""
    number = next(_count)
    start = fields.pop("visit_start", timezone.localdate() + timedelta(days=90))
    fields = {
        "slug": f"case-{number}",
        "theme": Theme.EDUCATION,
        "challenge": "Children change school too often.",
        "visit_start": start,
        "visit_end": start + timedelta(days=2) if start else None,
        **fields,
    }
    fields.setdefault("host_city", None) or fields.update(host_city=make_city())
    fields.setdefault("working_group", None) or fields.update(working_group=make_working_group())
    question_set = fields.pop("question_set", None) or make_question_set()
    case = Case.objects.create(title=title or f"Case {number}", **fields)
    SelfAssessment.objects.create(case=case, question_set=question_set)
    milestones.sync(case)
    return case


def make_guiding_question(
    case: Case, position: int = 1, text: str = "How do we reach every family?"
) -> GuidingQuestion:
    return GuidingQuestion.objects.create(case=case, position=position, text=text)


def make_member(case: Case, role: Role, user: User | None = None) -> Membership:
    """A person in a role of a case; a new person with a city of their own without `user`."""
    return Membership.objects.create(case=case, role=role, user=user or make_user(city=make_city()))


def make_declaration(case: Case, user: User, **fields: Any) -> InterestDeclaration:
    """A declaration of interests, cleared."""
    fields = {"interest": Interest.NONE, "decision": InterestDecision.CLEARED, **fields}
    return InterestDeclaration.objects.create(case=case, user=user, **fields)


def make_assignment(
    case: Case, user: User, *, section: Section | None = None, question: Question | None = None, **fields: Any
) -> Assignment:
    """What somebody of the host writes: a section, a question, or everything without either."""
    return Assignment.objects.create(
        self_assessment=case.self_assessment, user=user, section=section, question=question, **fields
    )


# --- visits ---------------------------------------------------------------------------------------
def make_visit(case: Case, **fields: Any) -> StudyVisit:
    """The study visit of a case, in the zone of its host city."""
    return StudyVisit.objects.create(case=case, **{"time_zone": case.host_city.time_zone, **fields})


def make_site(visit: StudyVisit, name: str = "", **fields: Any) -> HostSite:
    return HostSite.objects.create(visit=visit, name=name or f"Site {next(_count)}", **fields)


def make_group(visit: StudyVisit, name: str = "", members: Iterable[User] = ()) -> VisitGroup:
    made = VisitGroup.objects.create(visit=visit, name=name or f"Group {next(_count)}")
    made.members.set(members)
    return made


def make_slot(visit: StudyVisit, start: str = "09:00", end: str = "10:00", *, day: int = 1, **fields: Any) -> Slot:
    """An interview on a day of the visit; `start` and `end` are times in the visit's zone.

    `met` maps source groups to numbers of people.
    """
    met = fields.pop("met", {})
    assert visit.case.visit_start is not None
    on = visit.case.visit_start + timedelta(days=day - 1)
    zone = ZoneInfo(visit.time_zone)
    fields = {
        "title": f"Slot {next(_count)}",
        "starts_at": datetime.combine(on, time.fromisoformat(start), zone),
        "ends_at": datetime.combine(on, time.fromisoformat(end), zone),
        **fields,
    }
    made = Slot.objects.create(visit=visit, **fields)
    for group, count in met.items():
        SlotPerson.objects.create(slot=made, source_group=group, count=count)
    return made


def make_note(visit: StudyVisit, author: User, text: str = "Families like the breakfast club.", **fields: Any) -> Note:
    return Note.objects.create(visit=visit, author=author, text=text, **fields)


def make_desk_item(visit: StudyVisit, author: User, **fields: Any) -> DeskItem:
    return DeskItem.objects.create(
        **{"visit": visit, "author": author, "kind": "question", "text": "Who decides?", **fields}
    )


# --- findings -------------------------------------------------------------------------------------
def make_finding(case: Case, text: str = "", *, notes: Iterable[Note] = (), **fields: Any) -> Finding:
    """A draft area for consideration that rests on `notes`."""
    number = next(_count)
    fields = {"kind": FindingKind.CONSIDERATION, "position": number, **fields}
    made = Finding.objects.create(case=case, text=text or f"Finding {number} as the team sees it.", **fields)
    for note in notes:
        note.findings.add(made)
    return made


def make_recommendation(
    case: Case, text: str = "", *, findings: Iterable[Finding] = (), **fields: Any
) -> Recommendation:
    """A draft recommendation that rests on `findings`."""
    number = next(_count)
    fields = {"position": number, **fields}
    made = Recommendation.objects.create(case=case, text=text or f"Do thing {number} first.", **fields)
    made.findings.set(findings)
    return made


def make_action(recommendation: Recommendation, **fields: Any) -> Action:
    number = next(_count)
    return Action.objects.create(**{"recommendation": recommendation, "text": f"Action {number}", **fields})
