"""The host's own work in the stories: who writes what, what they say to each other, who signs what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from reviews.access import seat_in
from reviews.actions.addenda import add_addendum
from reviews.actions.answers import Written, save_answer
from reviews.actions.assignments import Given, assign
from reviews.actions.comments import add_comment, settle
from reviews.actions.signing import sign_section, sign_version
from reviews.actions.starting import start_from
from reviews.enums import EventKind, Role
from reviews.models import (
    Addendum,
    Answer,
    Case,
    CaseEvent,
    Question,
    Section,
    SectionSignature,
    SelfAssessmentVersion,
    Signature,
)
from reviews.queries.assignments import given_sections
from reviews.queries.earlier import RECOMMENDATIONS, earlier_case
from reviews.queries.self_assessments import parts_of
from reviews.queries.signatures import section_digest
from reviews.steps import SignedAs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from config.demonstration.stories import Story
    from people.models import User
    from reviews.access import Seat

_GIVEN = (1, 2, 3, 6)
_NAMED = "We learnt most of it from Rosa Martí, a retired nurse whom the families know."
_LATER = "The figures of the last school year came in May: **38 children** moved school, five fewer than before."
_TALK = (
    (1, "coordinator", "Can somebody bring the figures of last winter? @{contributor}, you had them.", False),
    (1, "contributor", "They are in the yearly report, page 12. I put the table into the files.", False),
    (4, "contributor", "The deputy mayor changed in March: is the name of the office still right?", True),
)


def share_out(case: Case, story: Story, people: dict[str, User]) -> None:
    """The coordinator gives four sections and one question to the contributors."""
    seat = _seat(case, people[story.coordinator])
    asked = Section.objects.filter(question_set=case.self_assessment.question_set)
    sections = list(asked.filter(position__in=_GIVEN))
    last = Question.objects.filter(section__in=asked, is_required=True).order_by("number").last()
    for key in story.contributors:
        due = timezone.localdate() + timedelta(days=6)
        given = Given(sections=tuple(section.pk for section in sections), due=due)
        assign(seat, people[key].pk, given)
        assign(seat, people[key].pk, Given(questions=(last.pk,) if last else (), due=due + timedelta(days=4)))


def talk(case: Case, story: Story, people: dict[str, User]) -> None:
    """What coordinator and contributor say to each other while they write; and one name that should not stand there."""
    if not story.contributors:
        return
    keys = {"coordinator": story.coordinator, "contributor": story.contributors[0]}
    given = Question.objects.filter(section__question_set=case.self_assessment.question_set, section__position=2)
    asked = list(given.order_by("number"))
    for place, who, words, is_settled in _TALK:
        seat = _seat(case, people[keys[who]])
        text = words.format(contributor=people[keys["contributor"]].name)
        question = asked[min(place, len(asked)) - 1]
        client_id = uuid5(NAMESPACE_URL, f"{case.slug}/{place}/{who}")
        row = add_comment(seat, question.pk, text, client_id=client_id)
        if is_settled:
            settle(_seat(case, people[story.coordinator]), row.pk)
    _add(_seat(case, people[story.coordinator]), number=3, text=_NAMED)


def _add(seat: Seat, *, number: int, text: str) -> None:
    row = Answer.objects.filter(self_assessment=seat.case.self_assessment, question__number=number).first()
    if row:
        save_answer(seat, row.question_id, Written(text=f"{row.text} {text}"), version=row.version)


def begin_again(case: Case, story: Story, people: dict[str, User]) -> None:
    """A repeat review: the answer on the earlier recommendations begins with the first of them."""
    question = Question.objects.filter(
        section__question_set=case.self_assessment.question_set, key=RECOMMENDATIONS
    ).first()
    before = earlier_case(case)
    first = before.recommendations.order_by("position", "pk").first() if before else None
    Answer.objects.filter(self_assessment=case.self_assessment, question=question).delete()
    if question and first:
        start_from(_seat(case, people[story.coordinator]), question.pk, str(first.pk))


def sign_off(case: Case, story: Story, people: dict[str, User]) -> None:
    """The contributors sign off what they were given, and have written."""
    held = case.self_assessment
    given = given_sections(held)
    for part in parts_of(held, case):
        if part.section.pk in given and part.is_complete:
            user = people[story.contributors[0]]
            sign_section(_seat(case, user), part.section.position, section_digest(part), SignedAs.of(user))


def sponsor_signs(case: Case, story: Story, people: dict[str, User]) -> None:
    """The political sponsor signs the submitted version."""
    seat = _seat(case, people[story.sponsor])
    held = seat.case.self_assessment
    sign_version(seat, held.versions.get(number=held.version).sha256, SignedAs.of(seat.user))


def add_later(case: Case, story: Story, people: dict[str, User]) -> None:
    """After the release the host adds one figure that came later."""
    question = Question.objects.filter(section__question_set=case.self_assessment.question_set, number=8).first()
    if story.contributors and question:
        add_addendum(_seat(case, people[story.coordinator]), question.pk, _LATER)


def date_signatures(case: Case) -> None:
    """Give versions, signatures and what was added the times of their events, as the timeline has them now."""
    moments = dict(_moments(case))
    for role, at in moments.items():
        Signature.objects.filter(self_assessment__case=case, role=role).update(at=at)
    if submitted := moments.get(Role.HOST_COORDINATOR):
        SelfAssessmentVersion.objects.filter(self_assessment__case=case).update(submitted_at=submitted)
        SectionSignature.objects.filter(self_assessment__case=case).update(at=submitted - timedelta(days=2))
    for event in CaseEvent.objects.filter(case=case, kind=EventKind.ADDED):
        Addendum.objects.filter(self_assessment__case=case).update(at=event.at)


def _moments(case: Case) -> Iterator[tuple[str, datetime]]:
    events = CaseEvent.objects.filter(case=case).order_by("at", "pk")
    for event in events.filter(step="submit_self_assessment"):
        yield Role.HOST_COORDINATOR, event.at
    for event in events.filter(kind=EventKind.SIGNED):
        yield Role.HOST_SPONSOR, event.at


def _seat(case: Case, user: User) -> Seat:
    return seat_in(user, Case.objects.select_related("self_assessment", "host_city").get(pk=case.pk))
