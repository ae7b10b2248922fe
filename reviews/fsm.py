"""Typed doors to django_fsm, which has no types of its own for its decorators.

Every state machine of the product declares its steps with `step` and its field with `state_field`; every
`choices` field also gets a CHECK in the database (`in_choices`), because `Model(stage=...)` and
`queryset.update(stage=...)` pass by the machine.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

Method = TypeVar("Method", bound=Callable[..., Any])

__all__ = ["FSMModelMixin", "in_choices", "state_field", "step"]


def state_field(choices: type[models.TextChoices], default: models.TextChoices) -> Any:
    """A state that only steps may change."""
    return FSMField(max_length=24, choices=choices.choices, default=default.value, protected=True)


def step(field: Any, *, source: Iterable[models.TextChoices], target: Any) -> Callable[[Method], Method]:
    """Declare a method of 0-6 lines as a step of a state machine. Called only by `reviews.actions.take_step`.

    Raises django_fsm.TransitionNotAllowed when the row is in another state.
    """
    target = target.value if isinstance(target, models.TextChoices) else target
    decorate: Callable[[Method], Method] = transition(field=field, source=[s.value for s in source], target=target)
    return decorate


def in_choices(
    field: str, choices: type[models.TextChoices], *, name: str, blank: bool = False
) -> models.CheckConstraint:
    """A CHECK that keeps a column to its choices. `blank` also allows the empty string."""
    values = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)
