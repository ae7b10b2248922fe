"""Every address x every role x every stage, from the URL configuration: a view without a rule here fails.

The expectation comes from the abilities that this table names for each address, by hand and apart from the views;
the role x ability table itself is checked cell by cell in tests/reviews. Each request is undone afterwards.

Answers are asked for in every stage. Of the refusals, three quarters of ten thousand requests, each run asks for a
third, drawn by the run's seed (pytest-randomly prints it); ALL_REFUSALS=1 asks for all, and remembers nothing from
request to request (tests/house/visitors.py).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.demonstration import cast
from config.demonstration.build import Builder
from config.demonstration.stories import Story, stories
from people.models import User
from reports.actions.outlines import begin_outline
from reports.models import Document, ReportSection
from reviews import question_bank
from reviews.access import Seat, seat_in
from reviews.actions.question_set_versions import import_set
from reviews.enums import HOST_ROLES, ReadingStatus, SelfAssessmentStatus, Stage
from reviews.models import Action, Case, FilledAnswer, FilledForm, Question, Section
from reviews.permissions import Ability as A  # noqa: N817 - a table is read across
from reviews.queries.evidence import public_photos
from reviews.uploads.kinds import Kind
from tests.cast import logged_in
from tests.factories import make_user, make_working_group
from tests.house.visitors import Visitor
from visits.enums import PRIVATE_SLOTS
from visits.models import DeskItem, Note, Slot

Kwargs = dict[str, Any]
ANSWERED = {200, 201, 202, 204, 302, 303, 409, 422}
PEOPLE = {
    "secretariat": "secretariat",
    "lead": "lead",
    "critical friend": "friend",
    "rapporteur": "rapporteur",
    "observer": "observer",
    "host coordinator": "coordinator",
    "host sponsor": "sponsor",
    "host contributor": "contributor",
    "stranger": "reader",
}


@dataclass(frozen=True)
class Rule:
    """Who may read and who may write at one address; None where the method is not served.

    `of` finds the ids of things in the case, None while there is none. `hidden` refuses people whose ability would be
    enough (`hidden_post` to write); where `unsure` holds, another rule than access decides, and people with the ability may get any answer.
    """

    get: A | None = None
    post: A | None = None
    of: Callable[[Case], Kwargs | None] = lambda _: {}
    hidden: Callable[[Seat], bool] = lambda _: False
    hidden_post: Callable[[Seat], bool] = lambda _: False
    unsure: Callable[[Case], bool] = lambda _: False


def _row(accessor: str, name: str = "pk", attribute: str = "pk", **more: Any) -> Callable[[Case], Kwargs | None]:
    """The first thing of one kind in a case, as the argument `name`."""

    def find(case: Case) -> Kwargs | None:
        holder: Any = case
        for part in accessor.split("."):
            holder = getattr(holder, part, None)
            if holder is None:
                return None
        row = holder.order_by("pk").first()
        return None if row is None else {name: getattr(row, attribute), **more}

    return find


def _always(**kwargs: Any) -> Callable[[Case], Kwargs | None]:
    return lambda _: kwargs


def _question(case: Case) -> Kwargs:
    return {"question": Question.objects.filter(section__question_set=case.self_assessment.question_set).first().pk}  # type: ignore[union-attr]


def _filled_form(case: Case) -> Kwargs:
    """A form that the coordinator brought."""
    row = FilledForm.objects.filter(self_assessment__case=case).first()
    if row is None:
        held = case.self_assessment
        row = FilledForm(self_assessment=held, file_name="form.docx", content_type=Kind.DOCX.content_type, size=1)
        row.sha256, row.status = f"{case.pk:064}", ReadingStatus.READY
        row.file.save("form.docx", ContentFile(b"x"))
        FilledAnswer.objects.create(form=row, question_id=_question(case)["question"], text="We do.")
    return {"pk": row.pk}


def _filled_answer(case: Case) -> Kwargs:
    return {**_filled_form(case), "answer": FilledAnswer.objects.filter(form__self_assessment__case=case).first().pk}  # type: ignore[union-attr]


def _writes_a_share(seat: Seat) -> bool:
    """Whether somebody writes a part only: they see the forms that they brought themselves."""
    return not seat.writes.everything


def _reads_nothing_of_section_1(seat: Seat) -> bool:
    """Whether nothing of the first section was assigned to a contributor."""
    section = Section.objects.get(question_set=seat.case.self_assessment.question_set, position=1)
    return not seat.reads.touches(section.pk)


def _closed_to_writing(case: Case) -> bool:
    """Who may write answers hears so when there is nothing to write any more."""
    return not case.self_assessment.is_open


def _frozen(case: Case) -> bool:
    return hasattr(case, "study_visit") and case.study_visit.is_frozen


def _unsent(seat: Seat) -> bool:
    """The host sees no draft report before it is sent."""
    report = getattr(seat.case, "report", None)
    return not seat.is_team and (report is None or report.status == "drafting")


def _anything(_: Case) -> bool:
    return True


def _no_report(case: Case) -> bool:
    return getattr(case, "report", None) is None


def _photo(case: Case) -> Kwargs | None:
    """The first photo of the host that everybody may see."""
    row = public_photos(case).first()
    return None if row is None else {"digest": row.sha256}


def _still_at_host(case: Case) -> bool:
    """The report shows what was released with the self-assessment."""
    return bool(case.self_assessment.status != SelfAssessmentStatus.ACCEPTED)


def _not_of_team(seat: Seat) -> bool:
    """The work on the report is the team's own, also after the draft was sent."""
    return not seat.is_team


def _not_their_section(seat: Seat) -> bool:
    """Who does not write the whole report writes the sections that are theirs."""
    report = getattr(seat.case, "report", None)
    is_theirs = report is not None and report.sections.filter(key="summary", owner=seat.user).exists()
    return not (seat.can(A.EDIT_REPORT) or is_theirs)


def _section(case: Case) -> ReportSection | None:
    report = getattr(case, "report", None)
    return report.sections.get(key="summary") if report else None


def _said(case: Case) -> Kwargs | None:
    """A comment of the team on a section."""
    section = _section(case)
    return {"pk": section.comments.get_or_create(text="Shorter?")[0].pk} if section else None


def _kept_version(case: Case) -> Kwargs | None:
    """A state of a section that was kept."""
    section = _section(case)
    if section is None:
        return None
    return {"key": "summary", "number": section.versions.get_or_create(number=1000, text="Before.")[0].number}


def _piece(case: Case) -> Kwargs | None:
    """Words of the team in a section."""
    section = _section(case)
    if section is None:
        return None
    return {"key": "summary", "piece": section.pieces.get_or_create(key="finding:1")[0].key}


def _working_draft(**more: Any) -> Callable[[Case], Kwargs | None]:
    """A working draft that waits to be made."""

    def find(case: Case) -> Kwargs | None:
        if _section(case) is None:
            return None
        draft, _ = Document.objects.get_or_create(case=case, kind="report", edition="team", content_hash="0" * 64)
        return {"pk": draft.pk, **more}

    return find


def _desk(kind: str) -> Callable[[Case], Kwargs | None]:
    """An entry of the desk review of one kind: the host answers requests, not questions."""
    return lambda case: (
        {"item_id": row.pk} if (row := DeskItem.objects.filter(visit__case=case, kind=kind).first()) else None
    )


def _action(case: Case) -> Kwargs | None:
    row = Action.objects.filter(recommendation__case=case).first()
    return {"pk": row.pk} if row else None


def _linked_note(case: Case) -> Kwargs | None:
    note = Note.objects.filter(findings__case=case).first()
    finding = note.findings.first() if note else None
    return {"pk": finding.pk, "note": note.pk} if note and finding else None


def _older(case: Case) -> Kwargs | None:
    """A version that was replaced before the release: never for the team."""
    row = case.evidence.filter(number=2).first()
    return {"pk": row.pk, "number": 1} if row else None


_note = _row("study_visit.notes", "note_id")


def _slot(case: Case) -> Kwargs | None:
    """A slot that both sides see: the host does not see the team's own."""
    row = Slot.objects.filter(visit__case=case).exclude(kind__in=PRIVATE_SLOTS).first()
    return {"slot_id": row.pk} if row else None


def _unreleased(case: Case) -> bool:
    """Before the release there is nothing to respond to."""
    return case.findings_shared_at is None


_site, _group = (
    _row("study_visit.sites", "site_id"),
    _row("study_visit.groups", "group_id"),
)
_finding, _recommendation, _comment = (
    _row("findings"),
    _row("recommendations"),
    _row("report.comments", "number", "number"),
)
_evidence, _document = _row("evidence"), _row("documents")


def _programme(get: A | None = A.EDIT_PROGRAMME, of: Callable[[Case], Kwargs | None] = lambda _: {}) -> Rule:
    """An address at which the programme is changed: once it is frozen, the freeze answers."""
    return Rule(get=get, post=A.EDIT_PROGRAMME, of=of, unsure=_frozen)


RULES: dict[str, Rule] = {
    "reviews:case": Rule(get=A.VIEW_CASE),
    "reviews:scope": Rule(get=A.VIEW_CASE, post=A.EDIT_SCOPE),
    "reviews:scope_subjects": Rule(post=A.VIEW_CASE, unsure=_anything),
    "reviews:scope_dates": Rule(post=A.VIEW_CASE, unsure=_anything),
    "reviews:choose_questions": Rule(post=A.CHOOSE_QUESTIONS),
    "reviews:team": Rule(get=A.VIEW_CASE, post=A.MANAGE_HOST_PEOPLE),
    "reviews:remove_person": Rule(
        get=A.MANAGE_TEAM,
        post=A.MANAGE_TEAM,
        of=lambda case: {"membership": row.pk} if (row := case.memberships.filter(role="lead").first()) else None,
    ),
    "reviews:interests": Rule(get=A.DECLARE_INTEREST, post=A.DECLARE_INTEREST),
    "reviews:decide_interest": Rule(
        get=A.DECIDE_INTEREST, post=A.DECIDE_INTEREST, of=_row("declarations", "declaration"), unsure=lambda _: True
    ),
    "reviews:object": Rule(
        get=A.OBJECT,
        post=A.OBJECT,
        of=lambda case: {"user": row.user_id} if (row := case.memberships.filter(role="lead").first()) else None,
    ),
    "reviews:deadlines": Rule(get=A.VIEW_CASE),
    "reviews:change_deadline": Rule(post=A.EDIT_DEADLINES, of=_always(kind="visit")),
    "reviews:timeline": Rule(get=A.VIEW_CASE),
    "reviews:step": Rule(post=A.CANCEL_CASE, of=_always(step="cancel")),
    "reviews:self_assessment": Rule(get=A.VIEW_SELF_ASSESSMENT),
    "reviews:self_assessment_section": Rule(
        get=A.VIEW_SELF_ASSESSMENT, of=_always(position=1), hidden=_reads_nothing_of_section_1
    ),
    "reviews:answer": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_question),
    "reviews:presence": Rule(post=A.EDIT_SELF_ASSESSMENT, unsure=_closed_to_writing),
    "reviews:form_language": Rule(post=A.VIEW_SELF_ASSESSMENT),
    "reviews:self_assessment_reading": Rule(get=A.VIEW_SELF_ASSESSMENT),
    "reviews:self_assessment_review": Rule(get=A.REVIEW_SELF_ASSESSMENT),
    "reviews:verdict": Rule(post=A.REVIEW_SELF_ASSESSMENT, of=_always(position=1)),
    "reviews:self_assessment_versions": Rule(get=A.VIEW_SELF_ASSESSMENT),
    "reviews:self_assessment_version": Rule(
        get=A.VIEW_SELF_ASSESSMENT, of=_row("self_assessment.versions", "number", "number")
    ),
    "reviews:who_writes": Rule(get=A.SHARE_WORK, post=A.SHARE_WORK),
    "reviews:assignment_due": Rule(post=A.SHARE_WORK, of=_row("self_assessment.assignments")),
    "reviews:assignment_remove": Rule(post=A.SHARE_WORK, of=_row("self_assessment.assignments")),
    "reviews:self_assessment_check": Rule(get=A.EDIT_SELF_ASSESSMENT),
    "reviews:check_aside": Rule(post=A.EDIT_SELF_ASSESSMENT, unsure=_anything),
    "reviews:comments": Rule(get=A.COMMENT_SELF_ASSESSMENT, post=A.COMMENT_SELF_ASSESSMENT, of=_question),
    "reviews:comment_settle": Rule(post=A.COMMENT_SELF_ASSESSMENT, of=_row("self_assessment.comments")),
    "reviews:comment_reopen": Rule(post=A.COMMENT_SELF_ASSESSMENT, of=_row("self_assessment.comments")),
    "reviews:addenda": Rule(get=A.ADD_ADDENDUM, post=A.ADD_ADDENDUM),
    "reviews:answer_start": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_question, unsure=_anything),
    "reviews:section_sign": Rule(get=A.EDIT_SELF_ASSESSMENT, post=A.EDIT_SELF_ASSESSMENT, of=_always(position=1)),
    "reviews:self_assessment_sign": Rule(get=A.SIGN_SELF_ASSESSMENT, post=A.SIGN_SELF_ASSESSMENT),
    "reviews:self_assessment_decline": Rule(post=A.SIGN_SELF_ASSESSMENT),
    "reviews:offline": Rule(get=A.EDIT_SELF_ASSESSMENT, post=A.EDIT_SELF_ASSESSMENT),
    "reviews:offline_form": Rule(get=A.EDIT_SELF_ASSESSMENT, of=_always(kind="docx")),
    "reviews:filled_form": Rule(get=A.EDIT_SELF_ASSESSMENT, of=_filled_form, hidden=_writes_a_share),
    "reviews:filled_form_file": Rule(get=A.EDIT_SELF_ASSESSMENT, of=_filled_form, hidden=_writes_a_share),
    "reviews:filled_form_decide": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_filled_answer, hidden=_writes_a_share),
    "reviews:filled_form_many": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_filled_form, hidden=_writes_a_share),
    "reviews:filled_form_again": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_filled_form, hidden=_writes_a_share),
    "reviews:filled_form_keep": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_filled_form, hidden=_writes_a_share),
    "reviews:self_assessment_export": Rule(get=A.VIEW_SELF_ASSESSMENT, of=_always(kind="json")),
    "reviews:self_assessment_version_export": Rule(
        get=A.VIEW_SELF_ASSESSMENT, of=_row("self_assessment.versions", "number", "number", kind="docx")
    ),
    "reviews:evidence": Rule(get=A.VIEW_SELF_ASSESSMENT, post=A.EDIT_SELF_ASSESSMENT),
    "reviews:evidence_announce": Rule(get=A.EDIT_SELF_ASSESSMENT, post=A.EDIT_SELF_ASSESSMENT),
    "reviews:evidence_edit": Rule(get=A.VIEW_SELF_ASSESSMENT, post=A.EDIT_SELF_ASSESSMENT, of=_evidence),
    "reviews:evidence_bring": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_evidence),
    "reviews:evidence_link": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_evidence),
    "reviews:evidence_version": Rule(
        get=A.VIEW_SELF_ASSESSMENT, of=_older, hidden=lambda seat: not seat.roles & HOST_ROLES
    ),
    "reviews:uploads": Rule(post=A.VIEW_SELF_ASSESSMENT, unsure=_anything),
    "reviews:upload": Rule(post=A.VIEW_SELF_ASSESSMENT, of=_always(pk=uuid4()), unsure=_anything),
    "reviews:upload_discard": Rule(post=A.VIEW_SELF_ASSESSMENT, of=_always(pk=uuid4()), unsure=_anything),
    "reviews:evidence_download": Rule(get=A.VIEW_SELF_ASSESSMENT, of=_evidence),
    "reviews:evidence_remove": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_evidence),
    "reviews:evidence_restore": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_evidence),
    "reviews:reader": Rule(get=A.VIEW_SELF_ASSESSMENT),
    "reviews:reader_file": Rule(get=A.VIEW_SELF_ASSESSMENT, of=_evidence),
    "reviews:read_again": Rule(post=A.VIEW_SELF_ASSESSMENT, of=_evidence),
    "reviews:quote": Rule(post=A.EDIT_SELF_ASSESSMENT, of=_evidence),
    "reviews:page_picture": Rule(get=A.VIEW_SELF_ASSESSMENT, of=_row("evidence", number=1)),
    "reviews:follow_up": Rule(get=A.VIEW_FOLLOW_UP),
    "reviews:follow_up_one": Rule(get=A.VIEW_FOLLOW_UP, of=_recommendation, unsure=_unreleased),
    "reviews:respond": Rule(post=A.RESPOND, of=_recommendation, unsure=_unreleased),
    "reviews:new_action": Rule(post=A.TRACK_ACTIONS, of=_recommendation, unsure=_unreleased),
    "reviews:action": Rule(get=A.VIEW_FOLLOW_UP, post=A.TRACK_ACTIONS, of=_action),
    "reviews:action_remove": Rule(post=A.TRACK_ACTIONS, of=_action),
    "reviews:action_restore": Rule(post=A.TRACK_ACTIONS, of=_action),
    "reviews:confirm_scope": Rule(post=A.CONFIRM_SCOPE),
    "reviews:confirm_team": Rule(post=A.MANAGE_TEAM),
    "reviews:decide_objection": Rule(get=A.DECIDE_INTEREST, post=A.DECIDE_INTEREST, of=_row("objections", "objection")),
    "visits:programme": Rule(get=A.VIEW_PROGRAMME),
    "visits:my_day": Rule(get=A.VIEW_PROGRAMME),
    "visits:programme_seen": Rule(post=A.VIEW_PROGRAMME),
    "visits:programme_move": _programme(),
    "visits:agendas": Rule(get=A.EDIT_PROGRAMME, post=A.EDIT_PROGRAMME, unsure=_anything),
    "visits:practical": _programme(),
    "visits:settings": _programme(None),
    "visits:slot_new": _programme(),
    "visits:slot": _programme(of=_slot),
    "visits:slot_move": _programme(None, _slot),
    "visits:slot_remove": _programme(None, _slot),
    "visits:slot_restore": _programme(None, _slot),
    "visits:sites": _programme(A.VIEW_PROGRAMME),
    "visits:site": _programme(of=_site),
    "visits:site_remove": _programme(None, _site),
    "visits:site_restore": _programme(None, _site),
    "visits:groups": _programme(A.VIEW_PROGRAMME),
    "visits:group": _programme(of=_group),
    "visits:group_remove": _programme(None, _group),
    "visits:group_restore": _programme(None, _group),
    "visits:findings": Rule(get=A.VIEW_FINDINGS),
    "visits:new_finding": Rule(post=A.EDIT_FINDINGS),
    "visits:add_notes": Rule(post=A.EDIT_FINDINGS),
    "visits:release": Rule(get=A.SHARE_FINDINGS, post=A.SHARE_FINDINGS),
    "visits:withdraw_release": Rule(post=A.SHARE_FINDINGS),
    "visits:finding": Rule(get=A.VIEW_FINDINGS, post=A.EDIT_FINDINGS, of=_finding),
    "visits:finding_notes": Rule(post=A.EDIT_FINDINGS, of=_finding),
    "visits:move_finding": Rule(post=A.EDIT_FINDINGS, of=_row("findings", way="down")),
    "visits:finding_step": Rule(
        get=A.VIEW_FINDINGS, post=A.EDIT_FINDINGS, of=_row("findings", step="drop"), unsure=lambda _: True
    ),
    "visits:recommendations": Rule(get=A.VIEW_FINDINGS),
    "visits:new_recommendation": Rule(post=A.EDIT_FINDINGS),
    "visits:order_recommendations": Rule(post=A.EDIT_FINDINGS),
    "visits:recommendation": Rule(get=A.VIEW_FINDINGS, post=A.EDIT_FINDINGS, of=_recommendation),
    "visits:move_recommendation": Rule(post=A.EDIT_FINDINGS, of=_row("recommendations", way="down")),
    "visits:recommendation_step": Rule(
        get=A.VIEW_FINDINGS, post=A.EDIT_FINDINGS, of=_row("recommendations", step="drop"), unsure=lambda _: True
    ),
    "visits:feedback": Rule(get=A.VIEW_FINDINGS, post=A.RECORD_FEEDBACK),
    "visits:presentation": Rule(get=A.VIEW_FINDINGS),
    "visits:finding_note_remove": Rule(post=A.EDIT_FINDINGS, of=_linked_note),
    "visits:desk_review": Rule(get=A.VIEW_DESK_REVIEW, post=A.WRITE_DESK_REVIEW),
    "visits:desk_answer": Rule(post=A.ANSWER_DESK_REQUEST, of=_desk("person")),
    "visits:desk_remove": Rule(post=A.WRITE_DESK_REVIEW, of=_desk("question"), unsure=_anything),
    "visits:desk_restore": Rule(post=A.WRITE_DESK_REVIEW, of=_desk("question"), unsure=_anything),
    "visits:desk_close": Rule(post=A.CLOSE_DESK_REVIEW),
    "visits:desk_reopen": Rule(post=A.CLOSE_DESK_REVIEW),
    "visits:notes": Rule(get=A.VIEW_NOTES),
    "visits:note_write": Rule(post=A.WRITE_NOTE),
    "visits:note": Rule(post=A.WRITE_NOTE, of=_note, unsure=_anything),
    "visits:note_remove": Rule(post=A.WRITE_NOTE, of=_note, unsure=_anything),
    "visits:note_restore": Rule(post=A.WRITE_NOTE, of=_note, unsure=_anything),
    "reports:report": Rule(get=A.VIEW_REPORT, hidden=_unsent),
    "reports:begin_report": Rule(post=A.EDIT_REPORT),
    "reports:read": Rule(get=A.VIEW_REPORT, hidden=_unsent, unsure=_no_report),
    "reports:section": Rule(
        get=A.VIEW_REPORT,
        post=A.WRITE_SECTION,
        hidden=_unsent,
        hidden_post=_not_their_section,
        of=_always(key="summary"),
        unsure=_no_report,
    ),
    "reports:section_preview": Rule(post=A.WRITE_SECTION, of=_always(key="summary"), unsure=_no_report),
    "reports:piece": Rule(post=A.WRITE_SECTION, hidden=_not_their_section, of=_piece, unsure=_anything),
    "reports:decide_piece": Rule(post=A.WRITE_SECTION, of=_piece, unsure=_anything),
    "reports:request_pages": Rule(
        post=A.VIEW_REPORT, hidden=_not_of_team, of=_always(key="summary"), unsure=_no_report
    ),
    "reports:section_pages": Rule(get=A.VIEW_REPORT, hidden=_not_of_team, of=_working_draft(key="summary")),
    "reports:page_picture": Rule(get=A.VIEW_REPORT, of=_working_draft(number=1), unsure=_anything),
    "reports:report_photo": Rule(get=A.VIEW_REPORT, hidden=_unsent, of=_photo, unsure=_still_at_host),
    "reports:share": Rule(get=A.SHARE_REPORT, post=A.SHARE_REPORT, unsure=_no_report),
    "reports:section_desk": Rule(get=A.VIEW_REPORT, hidden=_not_of_team, of=_always(key="summary"), unsure=_no_report),
    "reports:section_status": Rule(post=A.WRITE_SECTION, of=_always(key="summary"), unsure=_anything),
    "reports:section_presence": Rule(
        post=A.VIEW_REPORT, hidden=_not_of_team, of=_always(key="summary"), unsure=_anything
    ),
    "reports:take_over": Rule(
        post=A.WRITE_SECTION, hidden=_not_their_section, of=_always(key="summary"), unsure=_no_report
    ),
    "reports:section_comments": Rule(
        get=A.COMMENT_REPORT, post=A.COMMENT_REPORT, of=_always(key="summary"), unsure=_no_report
    ),
    "reports:section_comment_settle": Rule(post=A.COMMENT_REPORT, of=_said),
    "reports:section_comment_reopen": Rule(post=A.COMMENT_REPORT, of=_said),
    "reports:section_versions": Rule(
        get=A.VIEW_REPORT, hidden=_not_of_team, of=_always(key="summary"), unsure=_no_report
    ),
    "reports:section_restore": Rule(post=A.WRITE_SECTION, hidden=_not_their_section, of=_kept_version),
    "reports:statement": Rule(get=A.WRITE_HOST_STATEMENT, post=A.WRITE_HOST_STATEMENT),
    "reports:consent": Rule(get=A.CONSENT_PUBLICATION, post=A.CONSENT_PUBLICATION),
    "reports:confirm_report": Rule(post=A.CONFIRM_REPORT),
    "reports:objection": Rule(get=A.CONFIRM_REPORT, post=A.CONFIRM_REPORT),
    "reports:go_ahead": Rule(get=A.GO_AHEAD, post=A.GO_AHEAD),
    "reports:inform_sponsor": Rule(post=A.INFORM_SPONSOR),
    "reports:erratum": Rule(get=A.EDIT_ERRATUM, post=A.EDIT_ERRATUM),
    "reports:withdraw_publication": Rule(
        get=A.WITHDRAW_PUBLICATION, post=A.WITHDRAW_PUBLICATION, of=_row("publications", "version", "version")
    ),
    "reports:check": Rule(get=A.VIEW_REPORT, post=A.SEND_REPORT, hidden=_unsent, unsure=_no_report),
    "reports:hint_back": Rule(post=A.SEND_REPORT, unsure=_anything),
    "reports:fact_check": Rule(get=A.VIEW_REPORT, hidden=_unsent, unsure=_no_report),
    "reports:add_comment": Rule(post=A.COMMENT_FACTS, unsure=_anything),
    "reports:comment_form": Rule(get=A.COMMENT_FACTS, unsure=_anything),
    "reports:edit_comment": Rule(get=A.COMMENT_FACTS, post=A.COMMENT_FACTS, of=_comment),
    "reports:withdraw_comment": Rule(post=A.COMMENT_FACTS, of=_comment),
    "reports:print_comment": Rule(post=A.WRITE_HOST_STATEMENT, of=_comment, unsure=_anything),
    "reports:close_fact_check": Rule(post=A.COMMENT_FACTS),
    "reports:extend_fact_check": Rule(post=A.EDIT_DEADLINES, unsure=_anything),
    "reports:draft_changes": Rule(get=A.VIEW_REPORT, hidden=_unsent, unsure=_no_report),
    "reports:fact_comments": Rule(get=A.VIEW_REPORT, hidden=_unsent, unsure=_no_report),
    "reports:fact_comments_csv": Rule(get=A.VIEW_REPORT, hidden=_unsent, unsure=_no_report),
    "reports:answer_comment": Rule(post=A.ANSWER_FACTS, of=_comment),
    "reports:apply_comment": Rule(get=A.ANSWER_FACTS, post=A.ANSWER_FACTS, of=_comment),
    "reports:certificates": Rule(get=A.ISSUE_CERTIFICATES, post=A.ISSUE_CERTIFICATES),
    "reports:documents": Rule(get=A.VIEW_DOCUMENTS),
    "reports:document_check": Rule(get=A.VIEW_DOCUMENTS, of=_document, unsure=_anything),
    "reports:request_document": Rule(post=A.VIEW_DOCUMENTS, unsure=_anything),
    "reports:document": Rule(get=A.VIEW_DOCUMENTS, of=_document, unsure=_anything),
    "reports:download": Rule(get=A.VIEW_DOCUMENTS, of=_document, unsure=_anything),
    "reports:cancel_document": Rule(post=A.VIEW_DOCUMENTS, of=_document, unsure=_anything),
    "reports:retry_document": Rule(post=A.VIEW_DOCUMENTS, of=_document, unsure=_anything),
}

FOR_EVERYBODY = {
    "healthz", "readyz", "icon", "people:login", "people:logout", "people:accept_invitation", "people:method", "people:privacy",
    "people:password_reset", "people:password_sent", "people:password_new", "reports:front",
    "reports:library", "reports:library_feed", "reports:library_city", "reports:open_data", "reports:open_data_json",
    "reports:open_data_csv", "reports:open_data_report", "reports:publication_picture", "reports:sitemap", "reports:robots",
    "reports:publication", "reports:publication_pdf", "reports:look_css", "reports:look_logo",
    "reports:publication_text", "reports:publication_photo", "reports:publication_bibtex", "reports:publication_ris",
}  # fmt: skip
FOR_EVERYBODY_LOGGED_IN = {
    "people:account", "people:notifications", "people:password_change", "people:password_changed", "people:still_here",
    "people:own_copy", "people:removal",
    "people:texts",
    "reviews:tasks",
    "reviews:calendar", "reviews:list", "reviews:new",
}  # fmt: skip
FOR_THE_SECRETARIAT: dict[str, tuple[str, ...]] = {
    "question_sets": (), "question_set_new": (), "question_set_import": (),
    "question_set": ("pk",), "question_set_file": ("pk",), "question_set_edit": ("pk",), "question_set_delete": ("pk",),
    "question_set_restore": ("pk",), "question_set_add_section": ("pk",), "question_set_add_language": ("pk",),
    "question_set_step": ("pk", "name"),
    "question_set_section": ("pk", "section"), "question_set_section_up": ("pk", "section"),
    "question_set_section_down": ("pk", "section"), "question_set_remove_section": ("pk", "section"),
    "question_set_add_question": ("pk", "section"),
    "question_set_question": ("pk", "question"), "question_set_question_up": ("pk", "question"),
    "question_set_question_down": ("pk", "question"), "question_set_remove_question": ("pk", "question"),
    "question_set_translation": ("pk", "language"), "question_set_remove_language": ("pk", "language"),
    "question_set_translate": ("pk", "language", "kind", "row"),
    "question_set_still_right": ("pk", "language", "kind", "row"),
}  # fmt: skip
"""What the secretariat keeps, apart from any case, with the arguments of each address."""
FOR_THE_SECRETARIAT_OF_REPORTS: dict[str, tuple[str, ...]] = {
    "outlines": (), "outline_built_in": (), "outline_built_in_file": (), "outline_begin": (), "outline_import": (),
    "outline": ("pk",), "outline_file": ("pk",), "outline_remove": ("pk",), "outline_edit": ("pk",),
    "outline_restore": ("pk",), "outline_add_section": ("pk",),
    "outline_section": ("pk", "section"), "outline_section_up": ("pk", "section"),
    "outline_section_down": ("pk", "section"), "outline_remove_section": ("pk", "section"),
    "outline_add_draw": ("pk", "section"), "outline_draw_up": ("pk", "section", "draw"),
    "outline_draw_down": ("pk", "section", "draw"), "outline_remove_draw": ("pk", "section", "draw"),
    "group_look": ("group",),
}  # fmt: skip
"""What the secretariat keeps for the reports of all cases."""
FOR_THE_SECRETARIAT_OF_PEOPLE = {
    "people:network", "people:network_new_city", "people:network_new_group", "people:network_city", "people:network_group",
    "people:people", "people:person", "people:remove_person",
}  # fmt: skip
"""The cities and groups of the network; who may is asked in tests/people/test_network.py."""


def _addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of all addresses of the product."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _addresses(found, found.namespace or namespace)
        elif isinstance(found, URLPattern):
            yield f"{namespace}:{found.name}" if namespace else str(found.name)


def test_every_address_has_a_rule() -> None:
    ruled = RULES.keys() | FOR_EVERYBODY | FOR_EVERYBODY_LOGGED_IN | FOR_THE_SECRETARIAT_OF_PEOPLE
    ruled |= {f"reviews:{name}" for name in FOR_THE_SECRETARIAT}
    ruled |= {f"reports:{name}" for name in FOR_THE_SECRETARIAT_OF_REPORTS}
    assert set(_addresses(get_resolver())) == ruled


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(FOR_EVERYBODY_LOGGED_IN))
def test_stranger_is_led_to_the_login(client: Client, name: str) -> None:
    address = reverse(name)
    assert client.get(address).headers["Location"] == f"{reverse('people:login')}?next={address}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(FOR_THE_SECRETARIAT))
def test_question_sets_are_for_the_secretariat_alone(name: str) -> None:
    keeper, other = make_user("Keeper", is_secretariat=True), make_user("Other")
    draft = import_set(question_bank.builtin(), by=keeper)
    section = draft.sections.get(position=2)
    values = {
        "pk": draft.pk, "section": section.pk, "question": section.questions.all()[0].pk, "row": section.pk,
        "kind": "section", "language": "ro", "name": "publish",
    }  # fmt: skip
    address = reverse(f"reviews:{name}", kwargs={key: values[key] for key in FOR_THE_SECRETARIAT[name]})
    sent = {who: {_status(who, method, address) for method in ("GET", "POST")} for who in map(_client, (keeper, other))}
    allowed, refused = (statuses - {405} for statuses in sent.values())
    assert allowed
    assert allowed <= ANSWERED | ({404} if name == "question_set_restore" else set())
    assert refused == {403}
    assert Client().get(address).headers["Location"].startswith(reverse("people:login"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(FOR_THE_SECRETARIAT_OF_REPORTS))
def test_outlines_and_looks_are_for_the_secretariat_alone(name: str) -> None:
    keeper, other = make_user("Keeper", is_secretariat=True), make_user("Other")
    group = make_working_group()
    made = begin_outline(group, by=keeper)
    values = {
        "pk": made.pk, "section": made.sections.get(key="findings").pk, "draw": "findings", "group": group.slug,
    }  # fmt: skip
    address = reverse(f"reports:{name}", kwargs={key: values[key] for key in FOR_THE_SECRETARIAT_OF_REPORTS[name]})
    sent = {who: {_status(who, method, address) for method in ("GET", "POST")} for who in map(_client, (keeper, other))}
    allowed, refused = (statuses - {405} for statuses in sent.values())
    assert allowed
    assert allowed <= ANSWERED | ({404} if name == "outline_restore" else set())
    assert refused == {403}
    assert Client().get(address).headers["Location"].startswith(reverse("people:login"))


def _story(stage: str) -> Story:
    """The story in which every role is played, up to one stage."""
    told = next(story for story in stories() if story.slug == "timisoara-2018")
    return replace(told, slug=f"matrix-{stage}", stage=stage, self_assessment="")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(Stage))
def test_each_address_answers_each_role_by_its_rule(stage: str, visitor: Callable[[User], Visitor]) -> None:
    people = cast.make_people(cast.make_cities(), "not-used-here")
    case = Builder(cast.make_cities(), cast.make_groups(), people).build(_story(stage))
    visitors = {role: visitor(people[key]) for role, key in PEOPLE.items()}
    seats = {role: _seat(case, people[key]) for role, key in PEOPLE.items()}  # every request is undone: they stay true
    chance = random.Random(f"{random.random()} {stage}")  # a run's own, and another in each stage
    wrong = [
        f"{method} {name} as {role}: {status}, expected {expected}"
        for name, address, rule in _ruled(seats["secretariat"].case)
        for method, ability in (("GET", rule.get), ("POST", rule.post))
        if ability is not None
        for role, seat in seats.items()
        for expected, is_right in [_expected(rule, ability, seat)]
        if expected not in REFUSALS or chance.random() < ASKED
        for status in [visitors[role].status(method, address)]
        if not is_right(status)
    ]
    assert not wrong, "\n".join(wrong)


REFUSALS = ("404", "a refusal")
ASKED = 1.0 if os.environ.get("ALL_REFUSALS") else 0.34


def _ruled(case: Case) -> Iterator[tuple[str, str, Rule]]:
    """The addresses of a case that has what they name, with their rules."""
    for name, rule in RULES.items():
        if (found := rule.of(case)) is not None:
            yield name, reverse(name, kwargs={"slug": case.slug, **found}), rule


def _seat(case: Case, person: User) -> Seat:
    """A person's seat in the case as it is stored."""
    fresh = Case.objects.select_related("self_assessment", "report", "study_visit").get(pk=case.pk)
    return seat_in(person, fresh)


def _expected(rule: Rule, ability: A, seat: Seat) -> tuple[str, Callable[[int], bool]]:
    """What a person should get, in words and as a check of the status."""
    if not seat.roles:
        return "404", lambda status: status == 404
    if not seat.can(ability) or rule.hidden(seat) or (ability is rule.post and rule.hidden_post(seat)):
        return "a refusal", lambda status: status in {403, 404}
    if rule.unsure(seat.case):
        return "no error", lambda status: status < 500
    return "an answer", lambda status: status in ANSWERED


def _client(person: User) -> Client:
    client = logged_in(person)
    client.raise_request_exception = False
    return client


def _status(client: Client, method: str, address: str) -> int:
    """The status of one request, whose effects are undone."""
    with transaction.atomic():
        answer: Any = (client.get if method == "GET" else client.post)(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # reading to the end closes the file
        transaction.set_rollback(True)
    status: int = answer.status_code
    return status


@pytest.mark.django_db
def test_anonymous_gets_nothing_of_a_case() -> None:
    people = cast.make_people(cast.make_cities(), "not-used-here")
    case = Builder(cast.make_cities(), cast.make_groups(), people).build(_story(Stage.REPORTING))
    nobody = Client()
    for name, rule in RULES.items():
        if (found := rule.of(case)) is not None:
            for send in (nobody.get, nobody.post):
                answer = send(reverse(name, kwargs={"slug": case.slug, **found}))
                assert (name, answer.status_code, answer.headers["Location"].split("?")[0]) == (
                    name,
                    302,
                    reverse("people:login"),
                )
