"""The second half of a story: notes, findings, recommendations, report, follow-up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone as django_timezone

from config.demonstration import certificates, fact_checking, publishing
from config.demonstration.stories import Story
from config.demonstration.writing import write_together
from people.models import User
from reports.actions.fact_checks import WORKING_DAYS, close_fact_check
from reports.actions.sections import save_section
from reports.calendar import add_working_days
from reports.models import FactComment, Report, ReportSection, SentDraft
from reviews.actions.action_plan import ActionText, add_action
from reviews.actions.responses import respond
from reviews.actions.steps import take_step
from reviews.enums import Decision, MilestoneKind
from reviews.models import Case, CaseEvent, Finding, Milestone, Recommendation
from visits.actions.feedback import record_feedback
from visits.actions.release import share_findings
from visits.actions.visits import visit_of
from visits.models import Note, Slot, StudyVisit
from visits.queries.release import release_of

SECTIONS = {"take_home": "annexes"}
"""Texts of a story that stand in a section of another name."""
DATED = ("start_fact_check",)


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
    reply = "We recognise ourselves. Please be as clear in the report as you were today."
    visit = visit_of(case)
    record_feedback(visit, by=lead, version=visit.feedback_version, held_on=case.visit_end, attendance=9, reply=reply)
    take_step(case, "start_report", by=lead)


def write_report(case: Case, story: Story, people: dict[str, User]) -> None:
    """Write the sections, and take the report as far as the story has come."""
    rapporteur, lead = people[story.rapporteur], people[story.lead]
    for key, text in story.report.items():
        if text:
            row = ReportSection.objects.get(report__case=case, key=SECTIONS.get(key, key))
            save_section(case, row.key, by=rapporteur, text=text.strip(), version=row.version)
    fact_checking.look_at_hints(case, story, people)
    write_together(case, story, people)
    if story.report_status == "drafting":
        return
    take_step(case, "start_fact_check", by=lead)
    case.refresh_from_db()
    fact_checking.check_facts(case, story, people)
    if story.report_status == "final":
        close_fact_check(case, by=people[story.coordinator])
        publishing.finalise(case, story, people)


def to_follow_up(case: Case, story: Story, people: dict[str, User]) -> None:
    """The report is checked, final, published with the host's consent; the host answers recommendations."""
    lead, coordinator = people[story.lead], people[story.coordinator]
    write_report(case, story, people)
    close_fact_check(case, by=coordinator)
    case.refresh_from_db()
    publishing.finalise(case, story, people)
    publishing.publish(case, story, people)
    take_step(case, "start_follow_up", by=lead)
    case.refresh_from_db()
    _answer_recommendations(case, story, people)
    certificates.thank(case, by=lead)


def _answer_recommendations(case: Case, story: Story, people: dict[str, User]) -> None:
    rows = case.recommendations.order_by("position")
    for row, told in zip(rows, story.recommendations, strict=True):
        if "decision" in told:
            decision, reason = told["decision"]
            respond(row, by=people[story.sponsor], decision=Decision(decision), reason=reason)
        for text, owner, due, status, progress in told.get("actions", ()):
            wording = ActionText(text=text, owner=owner, due=_day(due), status=status, progress=progress)
            add_action(row, by=people[story.coordinator], wording=wording)


def _day(told: str) -> date:
    """A date, or so many days from today."""
    if told[0] in "+-":
        return django_timezone.localdate() + timedelta(days=int(told))
    return date.fromisoformat(told)


def to_closed(case: Case, story: Story, people: dict[str, User]) -> None:
    """Everything is answered: the secretariat closes the review."""
    publishing.withdraw(case, story, people)
    take_step(case, "close", by=people["secretariat"])


def date_report(case: Case, published: date | None) -> None:
    """Give the drafts, comments and publication of a report the days on which they would have come."""
    taken = dict(CaseEvent.objects.filter(case=case, step__in=DATED).values_list("step", "at"))
    if sent := taken.get("start_fact_check"):
        due = add_working_days(sent.date(), WORKING_DAYS)
        SentDraft.objects.filter(report__case=case).update(sent_at=sent)
        FactComment.objects.filter(report__case=case).update(at=sent + timedelta(days=2))
        comments = FactComment.objects.filter(report__case=case).exclude(answered_at=None)
        comments.update(answered_at=sent + timedelta(days=3))
        Report.objects.filter(case=case).update(fact_check_due=due)
        Milestone.objects.filter(case=case, kind=MilestoneKind.FACT_CHECK).update(due=due)
    publishing.date_publications(case, published)
