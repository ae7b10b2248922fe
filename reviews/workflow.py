"""The steps of the case and of the self-assessment, registered."""

from reviews import steps
from reviews.enums import HOST_ROLES, TEAM_ROLES, MilestoneKind, Role
from reviews.models import Case, SelfAssessment
from reviews.permissions import Ability
from reviews.steps import StepRule

M = MilestoneKind
_HOST = tuple(sorted(HOST_ROLES))
_TEAM = tuple(sorted(TEAM_ROLES))
_EVERYBODY = (Role.SECRETARIAT, *_TEAM, *_HOST)


def _case(name: str, label: str, done: str, **more: object) -> StepRule:
    """A step of the case."""
    fields: dict[str, object] = {"ability": Ability.MOVE_CASE, "tells": _EVERYBODY, **more}
    return StepRule(
        name=name,
        label=label,
        done=done,
        machine="case",
        model=Case,
        accessor="",
        field="stage",
        method=name,
        **fields,  # type: ignore[arg-type]
    )


def _self_assessment(name: str, method: str, label: str, done: str, **more: object) -> StepRule:
    """A step of the self-assessment."""
    return StepRule(
        name=name,
        label=label,
        done=done,
        machine="self_assessment",
        model=SelfAssessment,
        accessor="self_assessment",
        field="status",
        method=method,
        **more,  # type: ignore[arg-type]
    )


steps.register(
    (
        _case(
            "accept_proposal",
            "Accept the proposal",
            "Proposal accepted, preparation begins",
            ability=Ability.CANCEL_CASE,
            fulfils=(M.SCOPE_AGREED,),
        ),
        _case(
            "open_self_assessment",
            "Open the self-assessment",
            "Team confirmed, the host writes its self-assessment",
            fulfils=(M.TEAM_CONFIRMED,),
        ),
        _case("start_feedback", "Start visit and feedback", "Ready for the visit"),
        _case("start_report", "Start the report", "Feedback given, the report is written", fulfils=(M.VISIT,)),
        _case("start_follow_up", "Start follow-up", "Report published, follow-up begins"),
        _case("close", "Close the review", "Review closed", fulfils=(M.ACTION_PLAN, M.PROGRESS_REVIEW)),
        _case(
            "return_proposal",
            "Return the proposal",
            "Proposal returned to the host",
            ability=Ability.CANCEL_CASE,
            back=True,
            needs_reason=True,
            reopens=(M.SCOPE_AGREED,),
        ),
        _case(
            "reopen_planning",
            "Go back to preparation",
            "Back to preparation",
            back=True,
            needs_reason=True,
            reopens=(M.TEAM_CONFIRMED,),
        ),
        _case(
            "reopen_self_assessment",
            "Go back to the self-assessment",
            "Back to the self-assessment",
            back=True,
            needs_reason=True,
        ),
        _case(
            "reopen_feedback",
            "Go back to feedback",
            "Back to feedback",
            back=True,
            needs_reason=True,
            reopens=(M.VISIT,),
        ),
        _case("reopen_report", "Go back to the report", "Back to the report", back=True, needs_reason=True),
        _case(
            "reopen_follow_up",
            "Reopen the review",
            "Review reopened",
            back=True,
            needs_reason=True,
            reopens=(M.ACTION_PLAN, M.PROGRESS_REVIEW),
        ),
        _case(
            "postpone",
            "Postpone the review",
            "Review postponed",
            back=True,
            needs_reason=True,
            reopens=(M.SCOPE_AGREED, M.TEAM_CONFIRMED),
        ),
        _case(
            "resume",
            "Go on with the review",
            "Review goes on",
            fulfils=(M.SCOPE_AGREED, M.TEAM_CONFIRMED),
        ),
        _case(
            "cancel",
            "Cancel the review",
            "Review cancelled",
            ability=Ability.CANCEL_CASE,
            back=True,
            needs_reason=True,
            danger=True,
        ),
        _self_assessment(
            "submit_self_assessment",
            "submit",
            "Submit the self-assessment",
            "Self-assessment submitted",
            ability=Ability.SUBMIT_SELF_ASSESSMENT,
            tells=(Role.LEAD, Role.SECRETARIAT, Role.HOST_SPONSOR),
            fulfils=(M.SELF_ASSESSMENT_DUE,),
            signs=True,
            help_text="You sign this version by name, for the host city. The political sponsor signs it next.",
        ),
        _self_assessment(
            "withdraw_self_assessment",
            "withdraw",
            "Take the submission back",
            "Submission taken back",
            ability=Ability.SUBMIT_SELF_ASSESSMENT,
            tells=(Role.LEAD, Role.SECRETARIAT),
            back=True,
            needs_reason=True,
            reopens=(M.SELF_ASSESSMENT_DUE,),
        ),
        _self_assessment(
            "return_self_assessment",
            "send_back",
            "Return for changes",
            "Self-assessment returned for changes",
            ability=Ability.REVIEW_SELF_ASSESSMENT,
            tells=(Role.HOST_COORDINATOR, Role.HOST_CONTRIBUTOR),
            back=True,
            reopens=(M.SELF_ASSESSMENT_DUE,),
        ),
        _self_assessment(
            "accept_self_assessment",
            "accept",
            "Accept and release to the team",
            "Self-assessment accepted and released to the team",
            ability=Ability.REVIEW_SELF_ASSESSMENT,
            tells=_EVERYBODY,
            fulfils=(M.SELF_ASSESSMENT_ACCEPTED,),
        ),
        _self_assessment(
            "reconsider_self_assessment",
            "reconsider",
            "Take the acceptance back",
            "Acceptance of the self-assessment taken back",
            ability=Ability.REVIEW_SELF_ASSESSMENT,
            tells=(Role.HOST_COORDINATOR, Role.SECRETARIAT),
            back=True,
            needs_reason=True,
            reopens=(M.SELF_ASSESSMENT_ACCEPTED,),
        ),
    )
)
