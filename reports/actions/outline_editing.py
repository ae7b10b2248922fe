"""Changing an outline: its name, its sections, their order, and what each draws from the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from django.db import transaction
from django.utils.text import slugify

from people.errors import NotReady, NotThere, StaleText
from reports.actions.outlines import held_outline, row_of, touch
from reports.draws import DRAWS
from reports.models import Outline, OutlineSection
from reports.outline_files.plan import MOST_SECTIONS, SectionPlan
from reports.outline_rules import mixes_voices
from reports.queries.outlines import plain_section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import User

Way = Literal["up", "down"]
Row = TypeVar("Row", Outline, OutlineSection)
Item = TypeVar("Item")
_KEY_LENGTH = 34


@dataclass(frozen=True, slots=True)
class Removed:
    """A section that was taken out, and where it stood."""

    position: int
    plan: SectionPlan


@transaction.atomic
def save_outline(outline: Outline, fields: Mapping[str, object], *, version: int, by: User) -> Outline:
    """Save the name. Raises StaleText, NotThere, and NotAllowed for everybody but the secretariat."""
    held = _written(held_outline(outline.pk, by=by), fields, version=version)
    touch(held, by=by)
    return held


@transaction.atomic
def save_section(section: OutlineSection, fields: Mapping[str, object], *, version: int, by: User) -> OutlineSection:
    """Save the texts and settings of a section. Raises as `save_outline`."""
    found = _written(_held(section, by=by), fields, version=version)
    touch(found.outline, by=by)
    return found


@transaction.atomic
def add_section(outline: Outline, title: str, *, by: User) -> OutlineSection:
    """Add a section, before the annexes at the end. Raises NotReady when there are too many, NotThere, NotAllowed."""
    held = held_outline(outline.pk, by=by)
    rows = list(held.sections.all())
    if len(rows) >= MOST_SECTIONS:
        raise NotReady(f"An outline can have {MOST_SECTIONS} sections. Put what belongs together into one.")
    made = row_of(held, 0, SectionPlan(key=_free_key(title, {row.key for row in rows}), title=title))
    made.save()
    place = next((at for at in range(len(rows), 0, -1) if not rows[at - 1].is_annex), 0)
    rows.insert(place, made)
    _renumber(held, rows, by=by)
    return made


@transaction.atomic
def remove_section(section: OutlineSection, *, by: User) -> Removed:
    """Take a section out; what comes back can be given to `put_back`.

    Raises NotReady for the only one, NotThere, NotAllowed.
    """
    found = _held(section, by=by)
    rows = list(found.outline.sections.all())
    if len(rows) == 1:
        raise NotReady("A report needs at least one section: this one stays until there is another.")
    removed = Removed(found.position, plain_section(found))
    found.delete()
    _renumber(found.outline, [row for row in rows if row.pk != section.pk], by=by)
    return removed


@transaction.atomic
def put_back(outline: Outline, removed: Removed, *, by: User) -> OutlineSection:
    """Put a removed section where it stood. What another section draws by now is left out. Raises as `add_section`."""
    held = held_outline(outline.pk, by=by)
    rows = list(held.sections.all())
    if len(rows) >= MOST_SECTIONS:
        raise NotReady(f"An outline can have {MOST_SECTIONS} sections. Remove another one first.")
    taken = {key for row in rows for key in row.draws}
    made = row_of(held, 0, removed.plan)
    made.draws = [key for key in removed.plan.draws if key not in taken]
    if made.key in {row.key for row in rows}:
        made.key = _free_key(made.key, {row.key for row in rows})
    made.save()
    rows.insert(removed.position - 1, made)
    _renumber(held, rows, by=by)
    return made


@transaction.atomic
def move_section(section: OutlineSection, way: Way, *, by: User) -> None:
    """Move a section one place up or down; at the end of the list it stays. Raises NotThere, NotAllowed."""
    found = _held(section, by=by)
    rows = list(found.outline.sections.all())
    _moved(rows, next(at for at, row in enumerate(rows) if row.pk == found.pk), way)
    _renumber(found.outline, rows, by=by)


# --- What a section draws ---------------------------------------------------------------------------
@transaction.atomic
def add_draw(section: OutlineSection, draw: str, *, by: User) -> OutlineSection:
    """Let a section draw one thing more, at the end.

    Raises NotReady where another section draws it, or where the host's words would stand among the team's; NotThere.
    """
    found = _held(section, by=by)
    if draw not in DRAWS:
        raise NotThere
    other = next((row for row in found.outline.sections.all() if draw in row.draws), None)
    if other is not None:
        raise NotReady(f"“{DRAWS[draw].label}” stands in “{other.title}”. A report shows it once.")
    if wrong := mixes_voices([*found.draws, draw]):
        raise NotReady(f"It was not added: {wrong}")
    return _with_draws(found, [*found.draws, draw], by=by)


@transaction.atomic
def remove_draw(section: OutlineSection, draw: str, *, by: User) -> OutlineSection:
    """Let a section draw one thing less. Raises NotThere, NotAllowed."""
    found = _held(section, by=by)
    return _with_draws(found, [key for key in found.draws if key != draw], by=by)


@transaction.atomic
def move_draw(section: OutlineSection, draw: str, way: Way, *, by: User) -> OutlineSection:
    """Move what a section draws one place. Raises NotThere, NotAllowed."""
    found = _held(section, by=by)
    if draw not in found.draws:
        raise NotThere("Somebody took this out of the section.")
    keys = list(found.draws)
    _moved(keys, keys.index(draw), way)
    return _with_draws(found, keys, by=by)


def _with_draws(found: OutlineSection, keys: list[str], *, by: User) -> OutlineSection:
    found.draws = keys
    found.save(update_fields=["draws"])
    touch(found.outline, by=by)
    return found


# --- What all of them need --------------------------------------------------------------------------
def _held(section: OutlineSection, *, by: User) -> OutlineSection:
    """Lock the outline of a section, and read the section anew."""
    held = held_outline(section.outline_id, by=by)
    found = OutlineSection.objects.filter(pk=section.pk).first()
    if found is None:
        raise NotThere("Somebody removed this section.")
    found.outline = held
    return found


def _written(row: Row, fields: Mapping[str, object], *, version: int) -> Row:
    """Write the fields unless somebody saved in between; the same fields sent twice are one save."""
    stored = {name: getattr(row, name) for name in fields}
    if stored == dict(fields):
        return row
    if version != row.version:
        texts = {name: str(value) for name, value in stored.items()}
        raise StaleText(version=row.version, texts=texts, by="", at=None)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


def _moved(items: list[Item], here: int, way: Way) -> None:
    there = max(0, min(len(items) - 1, here + (-1 if way == "up" else 1)))
    items.insert(there, items.pop(here))


def _renumber(held: Outline, rows: list[OutlineSection], *, by: User) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    OutlineSection.objects.bulk_update(rows, ["position"])
    touch(held, by=by)


def _free_key(title: str, taken: set[str]) -> str:
    """A key that names the section for good: of its title, with a number where it is taken."""
    base = slugify(title).replace("-", "_")[:_KEY_LENGTH].strip("_") or "section"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key
