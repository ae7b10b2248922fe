"""Gates: what is missing before a step can be taken, who must act, and where to cure it.

Any app registers checks in `apps.ready()`; a check may veto a step of any machine and says why. A check gets
the locked Case and returns reasons; an empty list means that it has nothing against the step.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from people.errors import Reason
from reviews.models import Case

Check = Callable[[Case], Iterable[Reason]]
T = TypeVar("T")

_checks: dict[str, list[Check]] = defaultdict(list)
_seen: ContextVar[dict[tuple[Callable[[Case], Any], int], Any] | None] = ContextVar("_seen", default=None)


def register(step: str, check: Check) -> None:
    """Let `check` veto `step`. Registering the same check twice changes nothing."""
    if check not in _checks[step]:
        _checks[step].append(check)


def gate(*steps: str) -> Callable[[Check], Check]:
    """Decorate a check with the steps that it guards."""

    def decorate(check: Check) -> Check:
        for step in steps:
            register(step, check)
        return check

    return decorate


def unmet(case: Case, step: str) -> list[Reason]:
    """Everything that is missing before `step`, in the order of registration."""
    with one_look():
        return [reason for check in _checks[step] for reason in check(case)]


@contextmanager
def one_look() -> Iterator[None]:
    """While it lasts, what is asked for by `once` is made once. Nothing of that may change meanwhile.

    The checks of a step are one look; so is a page that shows a case, and a step with its effects. Decorates views too.
    """
    if _seen.get() is not None:
        yield
        return
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def once(make: Callable[[Case], T], case: Case) -> T:
    """What several want to know of a case: made once in one look, else whenever it is asked for."""
    seen = _seen.get()
    if seen is None:
        return make(case)
    if (make, case.pk) not in seen:
        seen[make, case.pk] = make(case)
    found: T = seen[make, case.pk]
    return found


def guarded_steps() -> dict[str, tuple[str, ...]]:
    """The names of the checks of each step, for the generated documentation."""
    return {step: tuple(check.__doc__ or check.__name__ for check in checks) for step, checks in _checks.items()}
