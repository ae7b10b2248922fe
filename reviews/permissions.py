"""Who may do what in a case: ONE table of role x ability, and the conditions on top of it.

Pure predicates over a `Seat` (see reviews/access.py): no queries here. Views, templates, actions and the access
matrix in the tests all ask `verdict`.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from reviews.enums import HOST_ROLES, Role, SelfAssessmentStatus, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviews.access import Seat


class Ability(enum.StrEnum):
    """What somebody can do in a case. The value is the name that templates use."""

    VIEW_CASE = "view_case"
    EDIT_SCOPE = "edit_scope"
    CONFIRM_SCOPE = "confirm_scope"
    CHOOSE_QUESTIONS = "choose_questions"
    MANAGE_TEAM = "manage_team"
    MANAGE_HOST_PEOPLE = "manage_host_people"
    OBJECT = "object"
    EDIT_DEADLINES = "edit_deadlines"
    MOVE_CASE = "move_case"
    CANCEL_CASE = "cancel_case"
    DECLARE_INTEREST = "declare_interest"
    DECIDE_INTEREST = "decide_interest"
    VIEW_PROGRAMME = "view_programme"
    EDIT_PROGRAMME = "edit_programme"
    PROPOSE_PROGRAMME = "propose_programme"
    AGREE_PROGRAMME = "agree_programme"
    VIEW_DESK_REVIEW = "view_desk_review"
    WRITE_DESK_REVIEW = "write_desk_review"
    CLOSE_DESK_REVIEW = "close_desk_review"
    ANSWER_DESK_REQUEST = "answer_desk_request"
    VIEW_SELF_ASSESSMENT = "view_self_assessment"
    EDIT_SELF_ASSESSMENT = "edit_self_assessment"
    SHARE_WORK = "share_work"
    COMMENT_SELF_ASSESSMENT = "comment_self_assessment"
    SUBMIT_SELF_ASSESSMENT = "submit_self_assessment"
    SIGN_SELF_ASSESSMENT = "sign_self_assessment"
    ADD_ADDENDUM = "add_addendum"
    REVIEW_SELF_ASSESSMENT = "review_self_assessment"
    VIEW_NOTES = "view_notes"
    WRITE_NOTE = "write_note"
    VIEW_FINDINGS = "view_findings"
    EDIT_FINDINGS = "edit_findings"
    SHARE_FINDINGS = "share_findings"
    RECORD_FEEDBACK = "record_feedback"
    VIEW_REPORT = "view_report"
    EDIT_REPORT = "edit_report"
    WRITE_SECTION = "write_section"
    SHARE_REPORT = "share_report"
    AGREE_SECTION = "agree_section"
    COMMENT_REPORT = "comment_report"
    SEND_REPORT = "send_report"
    COMMENT_FACTS = "comment_facts"
    ANSWER_FACTS = "answer_facts"
    WRITE_HOST_STATEMENT = "write_host_statement"
    CONFIRM_REPORT = "confirm_report"
    GO_AHEAD = "go_ahead"
    EDIT_ERRATUM = "edit_erratum"
    INFORM_SPONSOR = "inform_sponsor"
    CONSENT_PUBLICATION = "consent_publication"
    PUBLISH_REPORT = "publish_report"
    WITHDRAW_PUBLICATION = "withdraw_publication"
    VIEW_FOLLOW_UP = "view_follow_up"
    RESPOND = "respond"
    TRACK_ACTIONS = "track_actions"
    VIEW_DOCUMENTS = "view_documents"
    MAKE_HANDBOOK_TEAM = "make_handbook_team"
    ISSUE_CERTIFICATES = "issue_certificates"


A = Ability
_ALL = frozenset(Role)
_S = frozenset({Role.SECRETARIAT})
_LEADERS = frozenset({Role.SECRETARIAT, Role.LEAD})
_TEAM = frozenset({Role.SECRETARIAT, Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR, Role.OBSERVER})
_WRITERS = frozenset({Role.SECRETARIAT, Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR})
_PEERS = frozenset({Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR})
_REPORTERS = frozenset({Role.SECRETARIAT, Role.LEAD, Role.RAPPORTEUR})
_HOST = HOST_ROLES
_HOST_CHIEFS = frozenset({Role.HOST_COORDINATOR, Role.HOST_SPONSOR})
_HOST_DESK = frozenset({Role.SECRETARIAT, Role.HOST_COORDINATOR})

TABLE: dict[Ability, frozenset[Role]] = {
    A.VIEW_CASE: _ALL,
    A.EDIT_SCOPE: _HOST_DESK,
    A.CONFIRM_SCOPE: _HOST_CHIEFS | _S,
    A.CHOOSE_QUESTIONS: _S,
    A.MANAGE_TEAM: _LEADERS,
    A.MANAGE_HOST_PEOPLE: _LEADERS | {Role.HOST_COORDINATOR},
    A.OBJECT: _HOST_CHIEFS,
    A.EDIT_DEADLINES: _LEADERS,
    A.MOVE_CASE: _LEADERS,
    A.CANCEL_CASE: _S,
    A.DECLARE_INTEREST: _TEAM - _S,
    A.DECIDE_INTEREST: _LEADERS,
    A.VIEW_PROGRAMME: _ALL,
    A.EDIT_PROGRAMME: _HOST_DESK | _LEADERS,
    A.PROPOSE_PROGRAMME: _HOST_DESK,
    A.AGREE_PROGRAMME: _LEADERS,
    A.VIEW_DESK_REVIEW: _ALL,
    A.WRITE_DESK_REVIEW: _PEERS,
    A.CLOSE_DESK_REVIEW: _LEADERS,
    A.ANSWER_DESK_REQUEST: _HOST_DESK,
    A.VIEW_SELF_ASSESSMENT: _ALL,
    A.EDIT_SELF_ASSESSMENT: _HOST,
    A.SHARE_WORK: frozenset({Role.HOST_COORDINATOR}),
    A.COMMENT_SELF_ASSESSMENT: _HOST,
    A.SUBMIT_SELF_ASSESSMENT: frozenset({Role.HOST_COORDINATOR}),
    A.SIGN_SELF_ASSESSMENT: frozenset({Role.HOST_SPONSOR}),
    A.ADD_ADDENDUM: frozenset({Role.HOST_COORDINATOR}),
    A.REVIEW_SELF_ASSESSMENT: _LEADERS,
    A.VIEW_NOTES: _TEAM,
    A.WRITE_NOTE: _PEERS | {Role.OBSERVER},
    A.VIEW_FINDINGS: _ALL - {Role.HOST_CONTRIBUTOR},
    A.EDIT_FINDINGS: _WRITERS,
    A.SHARE_FINDINGS: _LEADERS,
    A.RECORD_FEEDBACK: _REPORTERS,
    A.VIEW_REPORT: _ALL - {Role.HOST_CONTRIBUTOR},
    A.EDIT_REPORT: _REPORTERS,
    A.WRITE_SECTION: _WRITERS,
    A.SHARE_REPORT: _REPORTERS,
    A.AGREE_SECTION: _REPORTERS - _S,
    A.COMMENT_REPORT: _WRITERS,
    A.SEND_REPORT: _REPORTERS,
    A.COMMENT_FACTS: _HOST_CHIEFS,
    A.ANSWER_FACTS: _REPORTERS,
    A.WRITE_HOST_STATEMENT: _HOST_CHIEFS,
    A.CONFIRM_REPORT: _PEERS,
    A.GO_AHEAD: _LEADERS,
    A.EDIT_ERRATUM: _REPORTERS,
    A.INFORM_SPONSOR: _HOST_DESK,
    A.CONSENT_PUBLICATION: _HOST_CHIEFS,
    A.PUBLISH_REPORT: _S,
    A.WITHDRAW_PUBLICATION: _S,
    A.VIEW_FOLLOW_UP: _ALL - {Role.HOST_CONTRIBUTOR},
    A.RESPOND: _HOST_CHIEFS,
    A.TRACK_ACTIONS: _HOST_DESK,
    A.VIEW_DOCUMENTS: _ALL,
    A.MAKE_HANDBOOK_TEAM: _TEAM,
    A.ISSUE_CERTIFICATES: _LEADERS,
}

WRITING = frozenset(ability for ability in Ability if not ability.value.startswith("view_")) - {
    A.MOVE_CASE,
    A.CANCEL_CASE,
    A.MANAGE_TEAM,
    A.MANAGE_HOST_PEOPLE,
    A.OBJECT,
    A.EDIT_SCOPE,
    A.CONFIRM_SCOPE,
    A.EDIT_DEADLINES,
    A.ISSUE_CERTIFICATES,
    A.WITHDRAW_PUBLICATION,
}
"""Abilities that rest while the case is closed, postponed or cancelled.

Scope, team and dates can be changed while a case is postponed: confirming them again is how it goes on.
"""


def _needs_cleared_interest(seat: Seat) -> str:
    """A team member sees the host's papers only after declaring interests."""
    if seat.is_secretariat or seat.roles & HOST_ROLES or seat.is_cleared:
        return ""
    if seat.has_declared:
        return "Your declaration of interests is waiting for a decision. You can read on once it is cleared."
    return "Declare your interests first: it takes a minute, and then this page opens."


def _needs_released_self_assessment(seat: Seat) -> str:
    """Critical friends read the self-assessment once it is released; the lead reads it once it is submitted."""
    if seat.is_secretariat or seat.roles & HOST_ROLES:
        return ""
    if refused := _needs_cleared_interest(seat):
        return refused
    status = seat.self_assessment_status
    if status == SelfAssessmentStatus.ACCEPTED or (Role.LEAD in seat.roles and status != SelfAssessmentStatus.DRAFT):
        return ""
    return "The host city is still writing. You can read the self-assessment as soon as it is accepted and released."


def _needs_a_share(seat: Seat) -> str:
    """The host coordinator writes everything; everybody else of the host city writes what was assigned to them."""
    if Role.HOST_COORDINATOR in seat.roles or seat.is_assigned:
        return ""
    return "Nothing is assigned to you yet. Ask the host coordinator for a section or a question."


def _needs_something_to_read(seat: Seat) -> str:
    """Contributors comment where something is assigned to them."""
    return "" if seat.reads_whole else _needs_a_share(seat)


def _needs_release(seat: Seat) -> str:
    """Something is added to what the team already reads; before that the text itself is changed."""
    if seat.self_assessment_status == SelfAssessmentStatus.ACCEPTED:
        return ""
    return "The self-assessment is not released yet. Until then, change the answers themselves."


def _needs_shared_findings(seat: Seat) -> str:
    """The host sees no finding before the team has released it."""
    if seat.is_team:
        return _needs_cleared_interest(seat)
    if seat.case.findings_shared_at:
        return ""
    return "The team is still working. You will see its findings when they are released to you."


def _needs_open_proposal(seat: Seat) -> str:
    """The host changes the scope while it is a proposal or being prepared, and after a postponement."""
    if seat.is_secretariat or seat.case.stage in {Stage.DRAFT, Stage.PLANNING, Stage.POSTPONED}:
        return ""
    return "The scope is agreed. Ask the secretariat if it has to change."


def _needs_preparation(seat: Seat) -> str:
    """The questions are chosen before the host begins to answer them."""
    if seat.case.stage in {Stage.DRAFT, Stage.PLANNING}:
        return ""
    return "The questions are chosen while a review is proposed or prepared. It keeps the version it began with."


def _needs_sent_report(seat: Seat) -> str:
    """The host reads the report from the moment the team sends its draft; a new version again when it is sent."""
    if seat.is_team:
        return _needs_cleared_interest(seat)
    if seat.report_status in {"fact_check", "final", "published"}:
        return ""
    return "The team is writing. You will see the report when its draft is sent to you for the fact check."


def _needs_open_report(seat: Seat) -> str:
    """The team writes, and answers the host, until the report is final."""
    if refused := _needs_cleared_interest(seat):
        return refused
    if seat.report_status in {"", "drafting", "fact_check"}:
        return ""
    return "The report is final. Its text has to be opened again before it can change."


def _needs_fact_check(seat: Seat) -> str:
    """The host comments while it has the draft."""
    if seat.report_status == "fact_check":
        return ""
    return "Comments are possible while the draft is with you for the fact check."


def _needs_draft_at_host(seat: Seat) -> str:
    """The host's statement is written from the fact check until the report is published."""
    if seat.report_status in {"fact_check", "final"}:
        return ""
    return "You can write your statement from the fact check until the report is published."


def _needs_final_report(seat: Seat) -> str:
    """Consent is given to a text that stands."""
    if seat.report_status == "final":
        return ""
    return "Consent is asked for when the report is final, and before it is published."


def _needs_final_text(seat: Seat) -> str:
    """The team says whether it stands behind a text that stands itself, and the sponsor hears of such a one."""
    if seat.is_team and (refused := _needs_cleared_interest(seat)):
        return refused
    if seat.report_status == "final":
        return ""
    return "This is asked for when the report is final, and before it is published."


def _needs_new_version(seat: Seat) -> str:
    """What changed against the published version is said until the next one is published."""
    if refused := _needs_cleared_interest(seat):
        return refused
    if seat.report_status in {"drafting", "fact_check", "final"} and seat.case.report.version > 1:
        return ""
    return "What changed is said while a new version of a published report is made."


CONDITIONS: dict[Ability, Callable[[Seat], str]] = {
    A.EDIT_SCOPE: _needs_open_proposal,
    A.CHOOSE_QUESTIONS: _needs_preparation,
    A.DECIDE_INTEREST: _needs_cleared_interest,
    A.VIEW_DESK_REVIEW: _needs_cleared_interest,
    A.WRITE_DESK_REVIEW: _needs_released_self_assessment,
    A.CLOSE_DESK_REVIEW: _needs_cleared_interest,
    A.VIEW_SELF_ASSESSMENT: _needs_released_self_assessment,
    A.EDIT_SELF_ASSESSMENT: _needs_a_share,
    A.COMMENT_SELF_ASSESSMENT: _needs_something_to_read,
    A.ADD_ADDENDUM: _needs_release,
    A.REVIEW_SELF_ASSESSMENT: _needs_cleared_interest,
    A.VIEW_NOTES: _needs_cleared_interest,
    A.WRITE_NOTE: _needs_cleared_interest,
    A.VIEW_FINDINGS: _needs_shared_findings,
    A.EDIT_FINDINGS: _needs_cleared_interest,
    A.SHARE_FINDINGS: _needs_cleared_interest,
    A.RECORD_FEEDBACK: _needs_cleared_interest,
    A.VIEW_FOLLOW_UP: _needs_shared_findings,
    A.VIEW_REPORT: _needs_sent_report,
    A.EDIT_REPORT: _needs_open_report,
    A.WRITE_SECTION: _needs_open_report,
    A.SHARE_REPORT: _needs_open_report,
    A.AGREE_SECTION: _needs_open_report,
    A.COMMENT_REPORT: _needs_open_report,
    A.SEND_REPORT: _needs_cleared_interest,
    A.COMMENT_FACTS: _needs_fact_check,
    A.ANSWER_FACTS: _needs_open_report,
    A.WRITE_HOST_STATEMENT: _needs_draft_at_host,
    A.CONFIRM_REPORT: _needs_final_text,
    A.GO_AHEAD: _needs_final_text,
    A.EDIT_ERRATUM: _needs_new_version,
    A.INFORM_SPONSOR: _needs_final_text,
    A.CONSENT_PUBLICATION: _needs_final_report,
    A.MAKE_HANDBOOK_TEAM: _needs_cleared_interest,
}


def verdict(seat: Seat, ability: Ability) -> str:
    """Return why this person may not do this now, or the empty string when they may."""
    if not seat.roles & TABLE[ability]:
        return "Your role in this review does not include this."
    if ability in WRITING and seat.case.is_at_rest:
        return f"This review is {seat.case.get_stage_display().lower()}: you can read everything, but not change it."
    if condition := CONDITIONS.get(ability):
        return condition(seat)
    return ""


def can(seat: Seat, ability: Ability) -> bool:
    """Whether this person may do this now."""
    return verdict(seat, ability) == ""
