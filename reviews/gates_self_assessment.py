"""The gates of the self-assessment: what is missing before it can be submitted, returned or accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import Reason
from reviews.enums import Role, Stage, Verdict
from reviews.queries.assignments import given_sections
from reviews.queries.people import people_in
from reviews.queries.self_assessments import parts_of, verdicts_of_round
from reviews.queries.signatures import is_signed_by_sponsor, stands_of
from reviews.requirements import gate, once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviews.models import Case, SectionVerdict
    from reviews.queries.self_assessments import Item, Part

_HOST = "Host city"
_LEAD = "Review lead"
_SPONSOR = "Host political sponsor"
_NAMES_SPONSOR = "Host coordinator or secretariat"
_BEFORE = {Stage.DRAFT, Stage.PLANNING}


@gate("submit_self_assessment")
def is_opened(case: Case) -> Iterable[Reason]:
    """The self-assessment is open: scope, dates and team are confirmed."""
    if case.effective_stage in _BEFORE:
        yield Reason(
            "The review is still being prepared: scope, dates and team come first",
            "Secretariat or review lead",
            case.get_absolute_url(),
        )


@gate("submit_self_assessment")
def is_complete(case: Case) -> Iterable[Reason]:
    """Every required question is answered, every rating has its reason, and no answer is too long."""
    for part in once(_parts, case):
        yield from missing_in(case, part)


def _parts(case: Case) -> list[Part]:
    return parts_of(case.self_assessment, case)


def missing_in(case: Case, part: Part) -> Iterator[Reason]:
    """At most three reasons a section, each with the first place where it is cured."""
    for items, one, many in (
        (part.unanswered, "question {} is not answered", "questions {} are not answered"),
        (part.unexplained, "the rating of question {} has no reason", "the ratings of questions {} have no reason"),
        (part.over_long, "the answer to question {} is too long", "the answers to questions {} are too long"),
    ):
        if items:
            words = (one if len(items) == 1 else many).format(_numbers(items))
            yield Reason(f"{part.section.title}: {words}", _HOST, _place(case, items[0]))


def _numbers(items: list[Item]) -> str:
    """`7`, `7 and 9`, `7, 9 and 10`."""
    *most, last = (str(item.question.number) for item in items)
    return f"{', '.join(most)} and {last}" if most else last


def _place(case: Case, item: Item) -> str:
    """Where it is cured."""
    page = reverse("reviews:self_assessment_section", args=(case.slug, item.question.section.position))
    return f"{page}#question-{item.question.number}"


@gate("submit_self_assessment")
def sections_are_signed(case: Case) -> Iterable[Reason]:
    """Each section that was given to a contributor is signed off, as it is now."""
    held = case.self_assessment
    given = given_sections(held)
    parts = [part for part in once(_parts, case) if part.section.pk in given] if given else []
    for section_id, stand in (stands_of(held, parts) if parts else {}).items():
        if stand.is_current:
            continue
        section = next(part.section for part in parts if part.section.pk == section_id)
        words = "was changed after it was signed off" if stand.is_lapsed else "is not signed off"
        page = reverse("reviews:section_sign", args=(case.slug, section.position))
        yield Reason(f"{section.title} {words}", given[section_id], page)


@gate("return_self_assessment")
def says_what_to_change(case: Case) -> Iterable[Reason]:
    """At least one section is marked to be changed, and each of those says why."""
    returned = _returned(case)
    if not returned:
        yield Reason("Mark at least one section to be changed, and say why", _LEAD, _review(case))
    for verdict in returned:
        if not verdict.reason.strip():
            yield Reason(f"{verdict.section.title}: say what should change", _LEAD, _review(case, verdict))


@gate("accept_self_assessment")
def returns_nothing(case: Case) -> Iterable[Reason]:
    """No section is marked to be changed."""
    for verdict in _returned(case):
        yield Reason(f"{verdict.section.title} is marked to be changed", _LEAD, _review(case, verdict))


@gate("accept_self_assessment")
def sponsor_signed(case: Case) -> Iterable[Reason]:
    """The political sponsor signed the submitted version."""
    if not people_in(case, {Role.HOST_SPONSOR}).exists():
        page = reverse("reviews:team", args=(case.slug,))
        yield Reason("Nobody is named as the political sponsor, who signs the self-assessment", _NAMES_SPONSOR, page)
        return
    version = case.self_assessment.versions.filter(number=case.self_assessment.version).first()
    if version is not None and not is_signed_by_sponsor(version):
        page = f"{reverse('reviews:self_assessment', args=(case.slug,))}#signatures"
        yield Reason(f"The political sponsor has not signed version {version.number}", _SPONSOR, page)


def _returned(case: Case) -> list[SectionVerdict]:
    held = case.self_assessment
    found = verdicts_of_round(held, held.version).values()
    return sorted((v for v in found if v.verdict == Verdict.RETURNED), key=lambda v: v.section.position)


def _review(case: Case, verdict: SectionVerdict | None = None) -> str:
    page = reverse("reviews:self_assessment_review", args=(case.slug,))
    return f"{page}#section-{verdict.section.position}" if verdict else page
