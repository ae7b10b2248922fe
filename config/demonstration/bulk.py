"""The large demonstration: many cases by bulk inserts, for measuring. Their texts are short, their states are real.

States are written past the machines here, as only a loader may: every column is still held by its CHECK.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone

from people.models import City, User, WorkingGroup
from reports.actions.publication import publication_of
from reports.actions.shelving import recount, shelve
from reports.models import Publication
from reports.rendering import DocumentContent
from reports.rendering.model import Chapter
from reports.rendering.model import Finding as FindingBlock
from reports.rendering.model import Recommendation as RecommendationBlock
from reviews.actions.milestones import due_dates, status_in
from reviews.actions.question_sets import current_question_set
from reviews.enums import (
    STAGES_IN_ORDER,
    EventKind,
    FindingKind,
    FindingStatus,
    InterestDecision,
    MilestoneStatus,
    Role,
    SelfAssessmentStatus,
    Stage,
    Theme,
)
from reviews.models import (
    Case,
    CaseEvent,
    Finding,
    GuidingQuestion,
    InterestDeclaration,
    Membership,
    Milestone,
    Recommendation,
    SelfAssessment,
)
from reviews.timeline import TIMELINE
from visits.enums import VisitStatus
from visits.models import StudyVisit

Row = TypeVar("Row", bound=models.Model)
AT_ONCE = 1000
_NOTE = "Made by the thousand, for measuring. Everything in it is invented."
_STAGES = (
    *[Stage.CLOSED] * 12,
    *[Stage.FOLLOW_UP] * 4,
    Stage.REPORTING,
    Stage.FEEDBACK,
    Stage.SELF_ASSESSMENT,
    Stage.PLANNING,
)
_BEYOND_YEARS = 10_001
"""The first number: the stories are named by city and year, and no number may be one."""
_SUMMARY = "A short report, one of many. It says what works, what does not, and what should change first."
_REPORTING = STAGES_IN_ORDER.index(Stage.REPORTING)
_AHEAD = {
    Stage.PLANNING: 100,
    Stage.SELF_ASSESSMENT: 45,
    Stage.FEEDBACK: 1,
    Stage.REPORTING: -40,
    Stage.FOLLOW_UP: -200,
}


def make_cases(count: int, *, cities: dict[str, City], groups: dict[str, WorkingGroup]) -> None:
    """Write `count` cases with people, deadlines, events, findings, reports, a thousand at once.

    The people in them are others than those of the stories, about one for every four cases, so that nobody is in
    more reviews than a busy person would be. Cases that were made so before stay: their numbers are not used again.
    """
    chance = random.Random(count)  # noqa: S311 - the same demonstration every time
    crowd = _crowd(max(count // 4, 20), tuple(cities.values()))
    written = Case.objects.filter(demonstration_note=_NOTE).values_list("slug", flat=True)
    start = max(_next_number(written), _BEYOND_YEARS)
    for first in range(0, count, AT_ONCE):
        numbers = range(start + first, start + min(first + AT_ONCE, count))
        _Batch(chance, tuple(cities.values()), tuple(groups.values()), crowd).write(numbers)
    recount()


def _next_number(names: Iterable[str]) -> int:
    """The number after the highest with which one of these names ends. Rows may have been deleted in between."""
    ends = (re.search(r"[0-9]+$", name) for name in names)
    return max((int(end[0]) for end in ends if end), default=0) + 1


def _crowd(count: int, cities: Sequence[City]) -> list[User]:
    """People who are in the cases and cannot log in."""
    written = User.objects.filter(email__startswith="person.", email__endswith="@demo.example")
    first = _next_number(email.partition("@")[0] for email in written.values_list("email", flat=True))
    return _keep(
        User,
        [
            User(
                email=f"person.{number}@demo.example",
                name=f"Person {number}",
                city=cities[number % len(cities)],
                password=make_password(None),
            )
            for number in range(first, first + count)
        ],
    )


class _Batch:
    """A thousand cases and all that hangs on them, in one transaction."""

    def __init__(
        self, chance: random.Random, cities: Sequence[City], groups: Sequence[WorkingGroup], people: Sequence[User]
    ) -> None:
        self.chance, self.cities, self.groups = chance, cities, groups
        self.people = people
        self.today = timezone.localdate()
        self.now = timezone.now()

    @transaction.atomic
    def write(self, numbers: Iterable[int]) -> None:
        """Write the cases of these numbers."""
        cases = _keep(Case, [self._case(number) for number in numbers])
        questions = current_question_set()
        _keep(SelfAssessment, [self._self_assessment(case, questions.pk) for case in cases])
        _keep(StudyVisit, [self._visit(case) for case in cases])
        _keep(
            GuidingQuestion,
            [GuidingQuestion(case=case, position=1, text="What should change first?") for case in cases],
        )
        members = [row for case in cases for row in self._members(case)]
        _keep(Membership, members)
        _keep(InterestDeclaration, [self._declaration(m) for m in members if m.role == Role.LEAD])
        _keep(Milestone, [row for case in cases for row in self._milestones(case)])
        _keep(CaseEvent, [row for case in cases for row in self._events(case)])
        _keep(Finding, [row for case in cases for row in self._findings(case)])
        _keep(Recommendation, [row for case in cases for row in self._recommendations(case)])
        self._publish([case for case in cases if STAGES_IN_ORDER.index(Stage(case.stage)) > _REPORTING])

    def _case(self, number: int) -> Case:
        stage = self.chance.choice(_STAGES)
        city, group = self.chance.choice(self.cities), self.chance.choice(self.groups)
        theme = Theme(self.chance.choice(Theme.values))
        first = self._first_day(stage)
        return Case(
            slug=f"{city.slug}-{number}",
            title=f"{city.name}: {theme.label.lower()}, review {number}",
            host_city=city,
            working_group=group,
            theme=theme,
            challenge="What works, what does not, and what should change first?",
            visit_start=first,
            visit_end=first + timedelta(days=2),
            stage=stage.value,
            principles=self.chance.sample(range(1, 21), 2),
            goals=self.chance.sample(range(1, 18), 1),
            scope_confirmed_at=self.now,
            findings_shared_at=self.now
            if STAGES_IN_ORDER.index(stage) > STAGES_IN_ORDER.index(Stage.FEEDBACK)
            else None,
            demonstration_note=_NOTE,
            moved_at=self.now,
        )

    def _first_day(self, stage: Stage) -> date:
        if stage == Stage.CLOSED:
            return self.today - timedelta(days=self.chance.randint(400, 3600))
        return self.today + timedelta(days=_AHEAD[stage] + self.chance.randint(0, 20))

    def _self_assessment(self, case: Case, question_set_id: int) -> SelfAssessment:
        late = STAGES_IN_ORDER.index(Stage(case.stage)) > STAGES_IN_ORDER.index(Stage.SELF_ASSESSMENT)
        status = SelfAssessmentStatus.ACCEPTED if late else SelfAssessmentStatus.DRAFT
        return SelfAssessment(case=case, question_set_id=question_set_id, status=status.value)

    def _visit(self, case: Case) -> StudyVisit:
        late = STAGES_IN_ORDER.index(Stage(case.stage)) > STAGES_IN_ORDER.index(Stage.FEEDBACK)
        status = VisitStatus.HELD if late else VisitStatus.DRAFT
        return StudyVisit(case=case, status=status.value, time_zone=case.host_city.time_zone)

    def _members(self, case: Case) -> list[Membership]:
        roles = (
            Role.HOST_COORDINATOR,
            Role.HOST_SPONSOR,
            Role.LEAD,
            Role.RAPPORTEUR,
            Role.CRITICAL_FRIEND,
            Role.CRITICAL_FRIEND,
        )
        chosen = self.chance.sample(self.people, len(roles))
        return [Membership(case=case, user=user, role=role) for user, role in zip(chosen, roles, strict=True)]

    def _declaration(self, member: Membership) -> InterestDeclaration:
        return InterestDeclaration(
            case=member.case, user=member.user, interest="none", decision=InterestDecision.CLEARED
        )

    def _milestones(self, case: Case) -> Iterable[Milestone]:
        stage, dates = Stage(case.stage), due_dates(case.visit_start)
        for planned in TIMELINE:
            status = status_in(stage, planned.stage)
            if stage == Stage.CLOSED or STAGES_IN_ORDER.index(planned.stage) < STAGES_IN_ORDER.index(stage):
                status = MilestoneStatus.DONE
            done = self.now if status == MilestoneStatus.DONE else None
            yield Milestone(
                case=case,
                kind=planned.kind,
                owner=planned.owner,
                due=dates[planned.kind],
                status=status,
                done_at=done,
                reminded_at=self.now,
            )

    def _events(self, case: Case) -> list[CaseEvent]:
        texts = ("Proposal written", "Proposal accepted, preparation begins", "Team confirmed")
        return [CaseEvent(case=case, kind=EventKind.STEP, text=text, at=self.now) for text in texts]

    def _findings(self, case: Case) -> list[Finding]:
        if not case.findings_shared_at:
            return []
        return [
            Finding(
                case=case,
                kind=kind,
                theme="First theme",
                text=f"{kind.label}: one sentence.",
                position=position,
                status=FindingStatus.AGREED.value,
            )
            for position, kind in enumerate(FindingKind, 1)
        ]

    def _recommendations(self, case: Case) -> list[Recommendation]:
        if not case.findings_shared_at:
            return []
        return [
            Recommendation(
                case=case, text=f"Recommendation {position}", position=position, status=FindingStatus.AGREED.value
            )
            for position in (1, 2)
        ]

    def _publish(self, cases: list[Case]) -> None:
        """Put the reports of these cases into the library, with the words that the search finds."""
        told = [(case, _content(case)) for case in cases]
        rows = _keep(
            Publication,
            [
                publication_of(case, content, version=1, summary=_SUMMARY, by=None, at=self.now - timedelta(days=at))
                for at, (case, content) in enumerate(told)
            ],
        )
        shelve((row, content) for row, (_, content) in zip(rows, told, strict=True))


def _content(case: Case) -> DocumentContent:
    """A very short report."""
    findings = tuple(
        FindingBlock(kind=kind, label=kind.label, html=f"<p>{kind.label}: one sentence.</p>") for kind in FindingKind
    )
    recommended = tuple(RecommendationBlock(number=number, title=f"Recommendation {number}") for number in (1, 2))
    return DocumentContent(
        kind="report",
        edition="public",
        kind_label="Critical friend review",
        title=case.host_city.name,
        subtitle=case.challenge,
        language="en",
        dated=case.visit_end or timezone.localdate(),
        chapters=(
            Chapter(title="What the critical friends found", blocks=findings, anchor="s5", number="5"),
            Chapter(title="Recommendations", blocks=recommended, anchor="s7", number="7"),
        ),
    )


def _keep(model: type[Row], rows: list[Row]) -> list[Row]:
    """Insert rows in pieces that every database takes."""
    return list(model._default_manager.bulk_create(rows, batch_size=500))
