"""The check before submitting: what stands against it, and what should be looked at, each with its place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from people.models import City
from reviews import requirements
from reviews.evidence_access import evidence_for
from reviews.gates_self_assessment import missing_in
from reviews.hints import hints_in
from reviews.models import SetAside
from reviews.queries.evidence_gaps import Incomplete, incomplete_among
from reviews.queries.self_assessments import parts_of, theirs
from reviews.queries.signatures import stands_of
from reviews.self_assessment_pages import self_assessment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from people.errors import Reason
    from reviews.access import Seat
    from reviews.models import Case
    from reviews.queries.self_assessments import Item, Part


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to look at. `key` names it by what it is about, so that it can be set aside."""

    text: str
    why: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """Warnings of one kind."""

    title: str
    why: str
    rows: list[Warned]


@dataclass(frozen=True, slots=True)
class Check:
    """The whole check. `hard` stands against submitting; `groups` should be looked at; `aside` was looked at."""

    hard: list[Reason]
    groups: list[Group]
    aside: list[Warned]
    is_whole: bool

    @property
    def warnings(self) -> int:
        """How many things are still to be looked at."""
        return sum(len(group.rows) for group in self.groups)


def check_of(seat: Seat) -> Check:
    """Put the check together: of the whole text for the coordinator, of their share for everybody else."""
    held, case = self_assessment_of(seat), seat.case
    parts = theirs(parts_of(held, case), seat.writes)
    is_whole = seat.writes.everything
    hard = requirements.unmet(case, "submit_self_assessment") if is_whole else _hard_of_share(case, parts)
    aside = set(SetAside.objects.filter(self_assessment=held).values_list("key", flat=True))
    groups = [*_groups(seat, parts)]
    shown = [Group(g.title, g.why, [row for row in g.rows if row.key not in aside]) for g in groups]
    gone = [row for group in groups for row in group.rows if row.key in aside]
    return Check(hard, [group for group in shown if group.rows], gone, is_whole)


def _hard_of_share(case: Case, parts: list[Part]) -> list[Reason]:
    return [reason for part in parts for reason in missing_in(case, part)]


def _groups(seat: Seat, parts: list[Part]) -> Iterator[Group]:
    yield Group(
        "Likely personal data",
        "The review needs no private person’s name. A name here is only likely: people in public office may be named, "
        "and a place can look like a person. Change the text, or set the line aside.",
        list(_personal(seat, parts)),
    )
    files = incomplete_among(evidence_for(seat))
    yield Group(
        "Files that say too little",
        "A file is read by people who do not know it: they need to know what it shows and where it belongs.",
        [_file(seat.case, found) for found in files if not found.row.is_announced],
    )
    yield Group(
        "Announced files that are still missing",
        "You can submit without them. The review team sees that they are announced.",
        [_file(seat.case, found) for found in files if found.row.is_announced],
    )
    yield Group(
        "Sections that nobody signed off",
        "Whoever knows the section best says with their name that it can stand so.",
        list(_unsigned(seat, parts)),
    )


# --- Personal data -------------------------------------------------------------------------------
def _personal(seat: Seat, parts: list[Part]) -> Iterator[Warned]:
    known = _known(seat.case)
    for part in parts:
        for item in part.items:
            for hint in hints_in(f"{item.answer.text}\n\n{item.answer.rating_reason}", known=known):
                key = _key(hint.kind, item.question.pk, hint.words)
                yield Warned(f"Question {item.question.number}: “{hint.words}”", hint.why, _place(seat.case, item), key)


def _known(case: Case) -> list[str]:
    """What is no private person: cities, the working group, and the people who are in the review by name."""
    people = case.memberships.values_list("user__name", flat=True)
    return [*City.objects.values_list("name", flat=True), case.title, str(case.working_group), *people]


def _place(case: Case, item: Item) -> str:
    page = reverse("reviews:self_assessment_section", args=(case.slug, item.question.section.position))
    return f"{page}#question-{item.question.number}"


# --- Files and signatures ------------------------------------------------------------------------
def _file(case: Case, found: Incomplete) -> Warned:
    missing = [words for words in found.missing if found.row.is_announced == (words == "the file itself")]
    text = f"“{found.row.title}” is still without {_listed(missing or list(found.missing))}"
    url = reverse("reviews:evidence_edit", args=(case.slug, found.row.pk))
    return Warned(text, "", url, _key("file", found.row.pk, ",".join(found.missing)))


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _unsigned(seat: Seat, parts: list[Part]) -> Iterator[Warned]:
    held = self_assessment_of(seat)
    whole = [part for part in parts if seat.writes.covers_section(part.section.pk) and part.is_begun]
    for section_id, stand in stands_of(held, whole).items():
        if stand.is_current:
            continue
        part = next(part for part in whole if part.section.pk == section_id)
        words = "was changed after it was signed off" if stand.is_lapsed else "is not signed off"
        url = reverse("reviews:section_sign", args=(seat.case.slug, part.section.position))
        key = _key("section", section_id, stand.signature.sha256 if stand.signature else "")
        yield Warned(f"{part.section.position}. {part.section.title} {words}", "", url, key)


def _key(kind: str, pk: int, words: str) -> str:
    return hashlib.sha256(f"{kind}|{pk}|{words}".encode()).hexdigest()
