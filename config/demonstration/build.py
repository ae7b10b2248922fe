"""Builds the stories: rows by the models, states only by the product's own steps, so that every gate is passed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from config.demonstration import clock, downloads, evidence, offline, outcome, rewording, sharing
from config.demonstration.stories import Story, answers
from people.models import City, User, WorkingGroup
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.question_sets import current_question_set
from reviews.actions.steps import take_step
from reviews.enums import STAGES_IN_ORDER, EventKind, Interest, InterestDecision, Role, Stage
from reviews.models import Answer, Case, GuidingQuestion, InterestDeclaration, Membership, Question, SelfAssessment
from visits.actions.desk_review import add_item, answer_request, close_desk_review
from visits.actions.visits import visit_of
from visits.enums import DeskKind, SlotKind
from visits.models import HostSite, Slot, SlotPerson, StudyVisit, VisitGroup

_BEFORE_PAUSE = {Stage.POSTPONED: Stage.PLANNING, Stage.CANCELLED: Stage.PLANNING}
_SHOWN = {SlotKind.INTERVIEW, SlotKind.PANEL, SlotKind.SITE_VISIT, SlotKind.WELCOME, SlotKind.FEEDBACK}
DESK = (
    (DeskKind.QUESTION, "Who decides when two departments disagree?", ""),
    (DeskKind.HYPOTHESIS, "The figures describe activities rather than changes.", ""),
    (
        DeskKind.PERSON,
        "Somebody who tried to use the service and gave up.",
        "We have asked two families; one will come.",
    ),
    (DeskKind.PAPER, "The last evaluation, even if it is a draft.", "It is among the evidence now."),
)
"""What the friends write down while reading: kind, text, the host's answer."""


class Builder:
    """Builds one story after the other with the same people."""

    def __init__(self, cities: dict[str, City], groups: dict[str, WorkingGroup], people: dict[str, User]) -> None:
        self.cities, self.groups, self.people = cities, groups, people
        self.today = timezone.localdate()

    @transaction.atomic
    def build(self, story: Story) -> Case:
        """Write one case up to its stage, and lay its timeline over the year."""
        case = self._propose(story)
        target = Stage(story.stage)
        reached = STAGES_IN_ORDER.index(_BEFORE_PAUSE.get(target, target))
        for stage, bring in (
            (Stage.PLANNING, self._to_planning),
            (Stage.SELF_ASSESSMENT, self._to_self_assessment),
            (Stage.FEEDBACK, self._to_feedback),
            (Stage.REPORTING, outcome.to_reporting),
            (Stage.FOLLOW_UP, outcome.to_follow_up),
            (Stage.CLOSED, outcome.to_closed),
        ):
            if reached >= STAGES_IN_ORDER.index(stage):
                case.refresh_from_db()
                bring(case, story, self.people)
        case.refresh_from_db()
        self._finish(case, story, target)
        self._date(case, story)
        if story.slug == downloads.CASE:
            downloads.make_documents(case, by=self.people[story.lead])
        return case

    def _finish(self, case: Case, story: Story, target: Stage) -> None:
        """What a case does in the stage in which it stands."""
        if target == Stage.SELF_ASSESSMENT:
            self._write_answers(case, story)
            evidence.add_files(case, story, self.people)
            if story.self_assessment != "submitted":
                evidence.promise_files(case, story, self.people)
                offline.bring_filled_form(case, story, self.people)
            sharing.talk(case, story, self.people)
            sharing.begin_again(case, story, self.people)
            sharing.sign_off(case, story, self.people)
            if story.self_assessment == "submitted":
                take_step(case, "submit_self_assessment", by=self.people[story.coordinator])
        elif target == Stage.FEEDBACK:
            outcome.write_findings(case, story, self.people)
        elif target == Stage.REPORTING:
            outcome.write_report(case, story, self.people)
            rewording.reword(case, story, self.people)
        elif target == Stage.POSTPONED:
            reason = "Elections have been called for the month of the visit."
            take_step(case, "postpone", by=self.people["secretariat"], reason=reason)
        elif target == Stage.CANCELLED:
            reason = "The city reorganises its social services first, and comes back next year."
            take_step(case, "cancel", by=self.people["secretariat"], reason=reason)

    def _date(self, case: Case, story: Story) -> None:
        """Lay the timeline over the year."""
        first, _ = story.visit_dates(self.today)
        published = date.fromisoformat(story.published) if story.published else None
        clock.lay_out(case, first or self.today + timedelta(days=90), published=published)
        evidence.date_files(case)
        outcome.date_report(case, published)
        sharing.date_signatures(case)

    # --- proposal ---------------------------------------------------------------------------------
    def _propose(self, story: Story) -> Case:
        coordinator = self.people[story.coordinator]
        first, last = story.visit_dates(self.today)
        case = Case.objects.create(
            slug=story.slug,
            title=story.title,
            host_city=self.cities[story.city],
            working_group=self.groups[story.group],
            theme=story.theme,
            challenge=story.challenge.strip(),
            principles=story.principles,
            goals=story.goals,
            off_limits=story.off_limits,
            visit_start=first,
            visit_end=last,
            demonstration_note=story.note,
            created_by=coordinator,
        )
        GuidingQuestion.objects.bulk_create(
            GuidingQuestion(case=case, position=position, text=text) for position, text in enumerate(story.questions, 1)
        )
        SelfAssessment.objects.create(case=case, question_set=current_question_set())
        record(case, EventKind.CREATED, "Proposal written", by=coordinator)
        roles = [(Role.HOST_COORDINATOR, story.coordinator), (Role.HOST_SPONSOR, story.sponsor)]
        roles += [(Role.HOST_CONTRIBUTOR, key) for key in story.contributors]
        self._give(case, roles)
        milestones.sync(case)
        return case

    def _give(self, case: Case, roles: list[tuple[Role, str]]) -> None:
        Membership.objects.bulk_create(
            Membership(case=case, user=self.people[key], role=role, added_by=self.people["secretariat"])
            for role, key in roles
            if key
        )

    # --- preparation ------------------------------------------------------------------------------
    def _to_planning(self, case: Case, story: Story, people: dict[str, User]) -> None:
        take_step(case, "accept_proposal", by=people["secretariat"])
        roles = [(Role.LEAD, story.lead), (Role.RAPPORTEUR, story.rapporteur), (Role.OBSERVER, story.observer)]
        self._give(case, roles + [(Role.CRITICAL_FRIEND, key) for key in story.friends])
        self._declare(case, story)
        self._programme(case, story)

    def _declare(self, case: Case, story: Story) -> None:
        """Everybody declares; where the story stands in preparation, the last one still has to."""
        keys = [key for key in (*story.team, story.observer) if key]
        if story.stage == Stage.PLANNING:
            keys = keys[:-1]
        for key in keys:
            InterestDeclaration.objects.create(
                case=case, user=self.people[key], interest=Interest.NONE, decision=InterestDecision.CLEARED
            )
            record(case, EventKind.INTEREST_DECLARED, "Declared: no conflict of interest", by=self.people[key])

    def _programme(self, case: Case, story: Story) -> None:
        visit = visit_of(case)
        visit.time_zone = case.host_city.time_zone
        visit.practical = story.practical.strip()
        visit.save()
        sites = [
            HostSite.objects.create(visit=visit, name=name, address=address, description=description)
            for name, address, description in story.sites
        ]
        groups = {name: VisitGroup.objects.create(visit=visit, name=name) for name in story.groups}
        pairs = self._pairs(story)
        for group, pair in zip(groups.values(), pairs, strict=False):
            group.members.set(pair)
        if first := case.visit_start:
            for number, slot in enumerate(story.slots):
                self._slot(visit, first, slot, sites, groups, pairs[number % len(pairs)] if pairs else ())

    def _pairs(self, story: Story) -> list[tuple[User, ...]]:
        """Those who lead and those who take notes, two by two."""
        team = [self.people[key] for key in story.team]
        return [tuple(team[at : at + 2]) for at in range(0, len(team) - 1, 2)]

    def _slot(
        self,
        visit: StudyVisit,
        first: date,
        entry: list[Any],
        sites: list[HostSite],
        groups: dict[str, VisitGroup],
        pair: tuple[User, ...],
    ) -> None:
        day, start, end, kind, title, site, met, *rest = entry
        group = groups[rest[0]] if rest else None
        if group:
            pair = tuple(group.members.order_by("pk"))
        zone = ZoneInfo(visit.time_zone)
        on = first + timedelta(days=day - 1)
        slot = Slot.objects.create(
            visit=visit,
            group=group,
            site=sites[site - 1] if site else None,
            kind=kind,
            title=title,
            starts_at=datetime.combine(on, time.fromisoformat(start), tzinfo=zone),
            ends_at=datetime.combine(on, time.fromisoformat(end), tzinfo=zone),
            place="" if site else "City hall, meeting room 2",
            language="en",
            lead=pair[0] if pair and kind in _SHOWN else None,
            note_taker=pair[1] if pair and kind in _SHOWN else None,
        )
        SlotPerson.objects.bulk_create(SlotPerson(slot=slot, source_group=name, count=count) for name, count in met)

    # --- self-assessment --------------------------------------------------------------------------
    def _to_self_assessment(self, case: Case, story: Story, people: dict[str, User]) -> None:
        take_step(case, "propose_programme", by=people[story.coordinator])
        take_step(case, "open_self_assessment", by=people[story.lead])
        take_step(case, "agree_programme", by=people[story.lead])
        sharing.share_out(case, story, people)

    def _write_answers(self, case: Case, story: Story) -> None:
        found = case.self_assessment
        writers = [self.people[key] for key in (story.coordinator, *story.contributors)]
        questions = Question.objects.filter(section__question_set=found.question_set, number__lte=story.answered)
        Answer.objects.bulk_create(
            Answer(
                self_assessment=found,
                question=question,
                text=text.format(city=case.host_city.name),
                rating=rating,
                rating_reason=reason,
                trend=trend,
                updated_by=writers[question.number % len(writers)],
            )
            for question in questions
            for text, rating, reason, trend in [answers()[question.number]]
        )

    # --- visit ------------------------------------------------------------------------------------
    def _to_feedback(self, case: Case, story: Story, people: dict[str, User]) -> None:
        self._write_answers(case, story)
        evidence.add_files(case, story, people)
        sharing.sign_off(case, story, people)
        take_step(case, "submit_self_assessment", by=people[story.coordinator])
        sharing.sponsor_signs(case, story, people)
        take_step(case, "accept_self_assessment", by=people[story.lead])
        sharing.add_later(case, story, people)
        self._desk_review(case, story)
        take_step(case, "freeze_programme", by=people[story.lead])
        take_step(case, "start_feedback", by=people[story.lead])

    def _desk_review(self, case: Case, story: Story) -> None:
        friend, coordinator = self.people[story.friends[0]], self.people[story.coordinator]
        for kind, text, answer in DESK:
            item = add_item(case, by=friend, kind=kind, text=text)
            if answer:
                answer_request(case, item.pk, by=coordinator, text=answer, version=item.version)
        close_desk_review(case, by=self.people[story.lead])
