"""The second half of a story: notes, findings, recommendations, report, follow-up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone as django_timezone

from config.demonstration.stories import Story
from people.models import User
from reviews.actions.steps import take_step
from reviews.models import Case, Finding, Recommendation
from visits.actions.release import share_findings
from visits.actions.visits import visit_of
from visits.models import Note, Slot, StudyVisit
from visits.queries.release import release_of


def write_findings(case: Case, story: Story, people: dict[str, User]) -> None:
    """Write notes, the findings made from them, and the recommendations that rest on those."""
    visit = visit_of(case)
    slots = list(visit.slots.order_by("pk"))
    writers = [people[key] for key in story.team]
    questions = list(case.guiding_questions.all())
    themes = list(dict.fromkeys(finding["theme"] for finding in story.findings))
    findings = []
    for position, told in enumerate(story.findings, 1):
        finding = Finding.objects.create(
            case=case,
            kind=told["kind"],
            theme=told["theme"],
            text=told["text"],
            position=position,
            guiding_question=questions[themes.index(told["theme"]) % len(questions)],
            single_source_reason=told.get("single", ""),
            created_by=writers[position % len(writers)],
        )
        for number, note in enumerate(told["notes"]):
            _note(visit, slots, note, writers[(position + number) % len(writers)]).findings.add(finding)
        findings.append(finding)
    for number, note in enumerate(story.loose_notes):
        _note(visit, slots, note, writers[number % len(writers)])
    for position, told in enumerate(story.recommendations, 1):
        _recommendation(case, told, position, findings, people[story.lead])


def _note(visit: StudyVisit, slots: list[Slot], entry: list[Any], author: User) -> Note:
    number, kind, group, text = entry
    slot = slots[number] if number else None
    written = slot.ends_at + timedelta(minutes=20) if slot else visit.slots.earliest("starts_at").starts_at
    return Note.objects.create(
        visit=visit,
        slot=slot,
        site=slot.site if slot else None,
        kind=kind,
        source_group=group,
        text=text,
        author=author,
        created_at=min(written, django_timezone.now()),
    )


def _recommendation(case: Case, told: dict[str, Any], position: int, findings: list[Finding], by: User) -> None:
    row = Recommendation.objects.create(
        case=case,
        text=told["text"],
        reason=told["reason"],
        addressee=told["for"],
        time_frame=told["when"],
        effort=told["effort"],
        impact=told["impact"],
        feasibility=told["feasibility"],
        position=position,
        created_by=by,
    )
    row.findings.set(findings[number - 1] for number in told["findings"])


def to_reporting(case: Case, story: Story, people: dict[str, User]) -> None:
    """The visit is over: findings go to the host, the feedback session is recorded, the report begins."""
    lead = people[story.lead]
    write_findings(case, story, people)
    take_step(case, "mark_visit_held", by=lead)
    share_findings(case, by=lead, fingerprint=release_of(case).fingerprint, confirmed=True)
    visit = StudyVisit.objects.get(case=case)
    visit.feedback_held_on = case.visit_end
    visit.feedback_attendance = 9
    visit.feedback_reply = (
        story.statement or "We recognise ourselves. Please be as clear in the report as you were today."
    )
    visit.save()
    take_step(case, "start_report", by=lead)
