"""docs/workflow.md, written from the registries: what stands there is what the product does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviews import requirements, steps
from reviews.enums import Role
from reviews.permissions import CONDITIONS, TABLE, WRITING, Ability
from reviews.queries.deadlines import offset_words
from reviews.timeline import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.steps import StepRule

HEAD = """# How a review moves

Written by `python manage.py workflow_docs` from the registries in the code; a test fails when it is out of date.
Change `workflow.py`, `gates.py`, `permissions.py` or `timeline.py`, then run the command again.

A review is a few small state machines side by side, one row each. Every step goes through one door
(`reviews.actions.steps.take_step`): it locks the review, asks who, asks the gate, changes the state, writes one line
on the timeline, brings the deadlines in line and tells the people who act next.
"""
MACHINES = {
    "case": "The review",
    "self_assessment": "The self-assessment",
    "visit": "The study visit and its programme",
    "report": "The report",
}


def workflow_text() -> str:
    """The whole page, as Markdown."""
    rules = steps.all_rules()
    known = list(MACHINES)
    names = sorted({rule.machine for rule in rules}, key=known.index)
    parts = [HEAD]
    parts += [_machine(name, [rule for rule in rules if rule.machine == name]) for name in names]
    parts += [_deadlines(), _abilities()]
    return "\n".join(parts)


# --- Machines ------------------------------------------------------------------------------------
def _machine(name: str, rules: list[StepRule]) -> str:
    head = ("Step", "From", "To", "Who", "Reason", "Before it", "With it")
    rows = [_step_row(rule) for rule in rules]
    title = MACHINES[name]
    return f"## {title}\n\n{_diagram(rules)}\n{_table(head, rows)}"


def _diagram(rules: list[StepRule]) -> str:
    labels = _labels(rules[0])
    lines = [f"    {value}: {label}" for value, label in labels.items()]
    for rule in rules:
        lines += [
            f"    {source} --> {target}: {rule.label}" for source in rule.sources for target in rule.target.split(" / ")
        ]
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```", ""))


def _labels(rule: StepRule) -> dict[str, str]:
    choices: Iterable[tuple[object, object]] = getattr(rule.model._meta.get_field(rule.field), "flatchoices", ())
    return {str(value): str(label) for value, label in choices}


def _step_row(rule: StepRule) -> tuple[str, ...]:
    labels = _labels(rule)
    gates = requirements.guarded_steps().get(rule.name, ())
    return (
        f"{'← ' if rule.back else ''}{rule.label} (`{rule.name}`)",
        ", ".join(labels[source] for source in rule.sources),
        ", ".join(labels[target] for target in rule.target.split(" / ")),
        _roles(TABLE[rule.ability]),
        "yes" if rule.needs_reason else "",
        "<br>".join(_first_line(text) for text in gates),
        "<br>".join(_with_it(rule)),
    )


def _with_it(rule: StepRule) -> Iterable[str]:
    """What a step brings with it: deadlines, effects, people told."""
    if rule.fulfils:
        yield "done: " + ", ".join(kind.label for kind in rule.fulfils)
    if rule.reopens:
        yield "open again: " + ", ".join(kind.label for kind in rule.reopens)
    yield from (_first_line(text) for text in steps.effects_of(rule.name))
    if rule.tells:
        yield "tells: " + _roles(rule.tells)


def _roles(roles: Iterable[str]) -> str:
    found = set(roles)
    return "everybody" if found == set(Role) else ", ".join(role.label for role in Role if role in found)


def _first_line(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[0].split())


# --- Deadlines -----------------------------------------------------------------------------------
def _deadlines() -> str:
    rows = [
        (planned.kind.label, offset_words(planned.days), planned.owner.label, planned.stage.label)
        for planned in TIMELINE
    ]
    told = (
        "All dates follow the first day of the visit until somebody sets one by hand. A deadline is a task of its "
        "owner from its stage on; owners are reminded a week before, and once when it is late.\n"
    )
    return f"## Deadlines\n\n{told}\n{_table(('Deadline', 'When', 'Owner', 'A task from'), rows)}"


# --- Abilities -----------------------------------------------------------------------------------
def _abilities() -> str:
    rows = [(f"`{ability}`", *(_mark(ability, role) for role in Role), _condition(ability)) for ability in Ability]
    head = ("Ability", *(role.label for role in Role), "Only when")
    told = "Strangers know of no review. While a review rests (closed, postponed, cancelled) it can be read.\n"
    return f"## Who may do what\n\n{told}\n{_table(head, rows)}"


def _mark(ability: Ability, role: Role) -> str:
    return "✓" if role in TABLE[ability] else ""


def _condition(ability: Ability) -> str:
    told = [_first_line(CONDITIONS[ability].__doc__ or "")] if ability in CONDITIONS else []
    if ability in WRITING:
        told.append("Not while the review rests.")
    return " ".join(told)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(head)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
