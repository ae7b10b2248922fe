"""ONE source for steps: buttons, actions, documentation and tests all read this registry.

A step belongs to a machine: the case, or one of its artefacts (one row a case each). Apps register their rules
from `workflow.py`; `steps_for` says what a page offers, and it is exactly what `actions.take_step` accepts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist

from people.errors import NotThere
from reviews import requirements
from reviews.models import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db import models

    from people.errors import Reason
    from people.models import User
    from reviews.access import Seat
    from reviews.enums import MilestoneKind, Role
    from reviews.models import CaseEvent
    from reviews.permissions import Ability


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step of one machine.

    `accessor` is the attribute of Case that leads to the row ("" for the case itself); `method` the FSM method,
    which is also the step's name unless `name` is given; `back` marks a step back, which needs a reason;
    `fulfils` are the milestones that it completes and `reopens` those that it opens again; `tells` are the roles
    that are notified; `signs` says that who takes the step signs by name and office.
    """

    name: str
    label: str
    done: str
    machine: str
    model: type[models.Model]
    accessor: str
    field: str
    method: str
    ability: Ability
    tells: tuple[Role, ...] = ()
    back: bool = False
    needs_reason: bool = False
    danger: bool = False
    team_only: bool = False
    fulfils: tuple[MilestoneKind, ...] = ()
    reopens: tuple[MilestoneKind, ...] = ()
    help_text: str = ""
    signs: bool = False

    def row(self, case: Case) -> Any:
        """The row whose state the step changes, or None when the artefact does not exist yet."""
        if not self.accessor:
            return case
        try:
            return getattr(case, self.accessor)
        except ObjectDoesNotExist:
            return None

    @property
    def sources(self) -> tuple[str, ...]:
        """The states from which the step starts, as the state machine itself declares them."""
        found = [t.source for t in self._transitions()]
        return tuple(sorted(str(source) for source in found))

    @property
    def target(self) -> str:
        """The state to which it leads; several, joined, where it depends on the row."""
        first = self._transitions()[0].target
        allowed = getattr(first, "allowed_states", None)
        return " / ".join(allowed) if allowed else str(first)

    def _transitions(self) -> Sequence[Any]:
        meta = getattr(self.model, self.method)._django_fsm
        return list(meta.transitions.values())

    def is_possible_from(self, row: Any) -> bool:
        """Whether the row is in a state from which the step starts."""
        return row is not None and getattr(row, self.field) in self.sources


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step as a page shows it: open, or with the reasons why it is not open yet."""

    rule: StepRule
    reasons: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        """Whether pressing the button will work."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class SignedAs:
    """The name and the office in which somebody signs."""

    name: str
    function: str = ""

    @classmethod
    def of(cls, user: User) -> SignedAs:
        """As the account says it."""
        return cls(user.name, user.job_title)


@dataclass(frozen=True, slots=True)
class Move:
    """A step that is just being taken: what an effect gets. `case` is locked, `row` is saved, `event` is recorded."""

    rule: StepRule
    case: Case
    row: Any
    by: User
    reason: str
    event: CaseEvent
    signed: SignedAs


Effect = Callable[[Move], None]

_rules: dict[str, StepRule] = {}
_effects: dict[str, list[Effect]] = defaultdict(list)


def register(rules: Iterable[StepRule]) -> None:
    """Add the steps of a machine. A name can be used once."""
    for rule in rules:
        if rule.name in _rules and _rules[rule.name] != rule:
            message = f"Two steps are called {rule.name}."
            raise ValueError(message)
        _rules[rule.name] = rule


def effect(*names: str) -> Callable[[Effect], Effect]:
    """Decorate a function that belongs to the steps `names`: it runs in their transaction, after the row is saved.

    Use it for what must be true together with the new state (a frozen version, a publication). It may refuse, and
    then nothing has happened; it must not send anything out: that is for `transaction.on_commit` or `case_moved`.
    Effects stand in actions/ modules, which apps import in `ready()`.
    """

    def decorate(function: Effect) -> Effect:
        for name in names:
            if function not in _effects[name]:
                _effects[name].append(function)
        return function

    return decorate


def run_effects(move: Move) -> None:
    """Run what belongs to a step, in the order of registration. Called only by `actions.take_step`."""
    for function in _effects[move.rule.name]:
        function(move)


def effects_of(name: str) -> tuple[str, ...]:
    """Say in sentences what else a step does, for the generated documentation."""
    return tuple(function.__doc__ or function.__name__ for function in _effects[name])


def all_rules() -> tuple[StepRule, ...]:
    """Every registered step, in the order of registration."""
    return tuple(_rules.values())


def rule_named(name: str) -> StepRule:
    """The rule of a step.

    Raises NotThere for a name that no machine knows.
    """
    try:
        return _rules[name]
    except KeyError:
        raise NotThere from None


def steps_for(seat: Seat, *machines: str) -> list[StepOffer]:
    """The steps this person could take from where the case stands; those with a gate come with its reasons.

    `machines` narrows to some machines, for the page of one artefact. Costs the queries of the gates only.
    """
    return [
        StepOffer(rule, tuple(requirements.unmet(seat.case, rule.name)))
        for rule in _rules.values()
        if (not machines or rule.machine in machines)
        and rule.is_possible_from(rule.row(seat.case))
        and seat.can(rule.ability)
    ]
