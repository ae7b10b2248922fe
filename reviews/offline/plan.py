"""What a form holds, in one language: made once, written as a Word document or as a spreadsheet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from people.languages import language_of
from reviews.enums import MilestoneKind, Role
from reviews.models import Answer, Milestone, Question, Section
from reviews.offline.words import Words, words_in
from reviews.queries.people import people_in
from reviews.queries.self_assessments import parts_of, theirs
from reviews.self_assessment_pages import self_assessment_of

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import QuestionSet
    from reviews.queries.self_assessments import Part


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in the language of the form, with what stands there when the form takes answers along."""

    anchor: str
    number: int
    text: str
    help_text: str
    prompts: tuple[str, ...]
    is_required: bool
    is_rated: bool
    max_words: int
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class AskedSection:
    """One section in the language of the form."""

    position: int
    title: str
    help_text: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. `case_mark` says for which review it was made."""

    language: str
    words: Words
    city: str
    review: str
    case_mark: str
    question_set: str
    sections: tuple[AskedSection, ...]
    filled_on: date | None
    deadline: date | None
    contact: str

    @property
    def title(self) -> str:
        """The title of the document."""
        return self.words.say("title", city=self.city)

    @property
    def lede(self) -> str:
        """Whether it is empty, or from which day its answers are."""
        return self.words.say("filled", day=self.words.day(self.filled_on)) if self.filled_on else self.words["empty"]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return language_of(self.language).direction


def anchor_of(question: Question) -> str:
    """Return the mark of a question in a form: of its key, so that it is the same in every version and language."""
    name = question.key or f"number {question.number}"
    return f"cf_{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def said_in(row: Section | Question, language: str, name: str) -> str:
    """Return a text of the set in a language, or in the set's own where nobody has translated it."""
    translated = row.translations.get(language) or {}
    return str(translated.get(name) or getattr(row, name))


def languages_of(question_set: QuestionSet) -> list[str]:
    """The codes of the languages in which a set can be filled in, its own first."""
    return list(dict.fromkeys([question_set.language, *question_set.languages]))


def language_for(question_set: QuestionSet, wanted: str) -> str:
    """Return the wanted language if the set speaks it, else the set's own."""
    return wanted if wanted in languages_of(question_set) else question_set.language


def form_for(seat: Seat, language: str, *, on: date | None) -> Form:
    """Put a form together of what this person writes; `on` is today when the present answers come along.

    Five queries, however many questions there are.
    """
    held = self_assessment_of(seat)
    language = language_for(held.question_set, language)
    parts = theirs(parts_of(held, seat.case), seat.writes)
    return Form(
        language=language,
        words=words_in(language),
        city=seat.case.host_city.name,
        review=seat.case.title,
        case_mark=case_mark(seat.case.slug),
        question_set=f"{held.question_set.slug} {held.question_set.version}",
        sections=tuple(_section(part, language, takes_answers=on is not None) for part in parts),
        filled_on=on,
        deadline=_deadline(seat),
        contact=_contact(seat),
    )


def case_mark(slug: str) -> str:
    """Return what a form carries so that a form of another review is noticed."""
    return f"critical-friend:{slug}"


def _section(part: Part, language: str, *, takes_answers: bool) -> AskedSection:
    questions = tuple(
        Asked(
            anchor=anchor_of(item.question),
            number=item.question.number,
            text=said_in(item.question, language, "text"),
            help_text=said_in(item.question, language, "help_text"),
            prompts=tuple(said_in(item.question, language, "prompts").splitlines()),
            is_required=item.question.is_required,
            is_rated=item.question.is_rated,
            max_words=item.question.max_words,
            answer=item.answer if takes_answers and item.answer.pk else None,
        )
        for item in part.items
    )
    section = part.section
    return AskedSection(
        section.position, said_in(section, language, "title"), said_in(section, language, "help_text"), questions
    )


def _deadline(seat: Seat) -> date | None:
    kind = MilestoneKind.SELF_ASSESSMENT_DUE
    return Milestone.objects.filter(case=seat.case, kind=kind).values_list("due", flat=True).first()


def _contact(seat: Seat) -> str:
    """Whom to ask: the city's own coordinators."""
    return ", ".join(f"{person.name} <{person.email}>" for person in people_in(seat.case, {Role.HOST_COORDINATOR}))
