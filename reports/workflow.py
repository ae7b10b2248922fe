"""The steps of the report, registered."""

from reports.models import Report
from reviews import steps
from reviews.enums import TEAM_ROLES, MilestoneKind, Role
from reviews.permissions import Ability
from reviews.steps import StepRule

M = MilestoneKind
_TEAM = (Role.SECRETARIAT, *sorted(TEAM_ROLES))
_HOST = (Role.HOST_COORDINATOR, Role.HOST_SPONSOR)


def _report(name: str, method: str, label: str, done: str, **more: object) -> StepRule:
    """A step of the report."""
    return StepRule(
        name=name,
        label=label,
        done=done,
        machine="report",
        model=Report,
        accessor="report",
        field="status",
        method=method,
        **more,  # type: ignore[arg-type]
    )


steps.register(
    (
        _report(
            "start_fact_check",
            "send_to_host",
            "Send the draft to the host for its fact check",
            "Draft report with the host for its fact check",
            ability=Ability.SEND_REPORT,
            tells=_HOST,
            fulfils=(M.REPORT_DRAFT,),
        ),
        _report(
            "take_report_back",
            "take_back",
            "Take the draft back",
            "Draft report taken back to writing",
            ability=Ability.SEND_REPORT,
            tells=_HOST,
            back=True,
            needs_reason=True,
            reopens=(M.REPORT_DRAFT, M.FACT_CHECK),
        ),
        _report(
            "finalise_report",
            "finalise",
            "Make the report final",
            "Report final",
            ability=Ability.SEND_REPORT,
            tells=(Role.SECRETARIAT, Role.OBSERVER, Role.HOST_COORDINATOR),  # the others by what the step does
            fulfils=(M.FACT_CHECK, M.REPORT_FINAL),
        ),
        _report(
            "reopen_report_text",
            "reopen",
            "Open the text again",
            "Report opened again",
            ability=Ability.SEND_REPORT,
            tells=(*_TEAM, *_HOST),
            back=True,
            needs_reason=True,
            reopens=(M.REPORT_FINAL,),
        ),
        _report(
            "publish_report",
            "publish",
            "Publish the report",
            "Report published",
            ability=Ability.PUBLISH_REPORT,
            tells=(*_TEAM, *_HOST),
            fulfils=(M.REPORT_PUBLISHED,),
        ),
        _report(
            "correct_report",
            "correct",
            "Open a new version",
            "New version of the report opened",
            ability=Ability.PUBLISH_REPORT,
            help_text="The published version stays. Your reason says what changed: it is published with the new one.",
            tells=_TEAM,
            back=True,
            needs_reason=True,
            reopens=(M.REPORT_FINAL, M.REPORT_PUBLISHED),
        ),
    )
)
