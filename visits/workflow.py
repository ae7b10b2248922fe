"""The steps of the study visit, registered."""

from reviews import steps
from reviews.enums import TEAM_ROLES, MilestoneKind, Role
from reviews.permissions import Ability
from reviews.steps import StepRule
from visits.models import StudyVisit

M = MilestoneKind
_TEAM = (Role.SECRETARIAT, *sorted(TEAM_ROLES))
_HOST = (Role.HOST_COORDINATOR, Role.HOST_CONTRIBUTOR)


def _visit(name: str, method: str, label: str, done: str, **more: object) -> StepRule:
    """A step of the study visit."""
    return StepRule(
        name=name,
        label=label,
        done=done,
        machine="visit",
        model=StudyVisit,
        accessor="study_visit",
        field="status",
        method=method,
        **more,  # type: ignore[arg-type]
    )


steps.register(
    (
        _visit(
            "propose_programme",
            "propose",
            "Propose the programme to the team",
            "Programme proposed to the team",
            ability=Ability.PROPOSE_PROGRAMME,
            tells=_TEAM,
            fulfils=(M.PROGRAMME_DRAFT,),
        ),
        _visit(
            "return_programme",
            "return_programme",
            "Return the programme",
            "Programme returned to the host",
            ability=Ability.AGREE_PROGRAMME,
            tells=_HOST,
            back=True,
            needs_reason=True,
            reopens=(M.PROGRAMME_DRAFT,),
        ),
        _visit(
            "agree_programme",
            "agree",
            "Agree to the programme",
            "Programme agreed",
            ability=Ability.AGREE_PROGRAMME,
            tells=(*_HOST, *_TEAM),
        ),
        _visit(
            "freeze_programme",
            "freeze",
            "Freeze the programme",
            "Programme frozen",
            ability=Ability.AGREE_PROGRAMME,
            tells=(*_HOST, *_TEAM),
            fulfils=(M.PROGRAMME_FROZEN,),
        ),
        _visit(
            "unfreeze_programme",
            "unfreeze",
            "Open the programme again",
            "Programme open for changes again",
            ability=Ability.AGREE_PROGRAMME,
            tells=(*_HOST, *_TEAM),
            back=True,
            needs_reason=True,
            reopens=(M.PROGRAMME_FROZEN,),
        ),
        _visit(
            "mark_visit_held",
            "hold",
            "The visit has taken place",
            "Study visit held",
            ability=Ability.AGREE_PROGRAMME,
            tells=(Role.SECRETARIAT,),
            fulfils=(M.VISIT,),
        ),
        _visit(
            "unmark_visit_held",
            "unhold",
            "The visit has not taken place yet",
            "Study visit marked as not yet held",
            ability=Ability.AGREE_PROGRAMME,
            back=True,
            needs_reason=True,
            reopens=(M.VISIT,),
        ),
    )
)
