"""What several documents share: how a case introduces itself, who is in it, and the notices that must be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.utils import timezone

from people.queries.statements import SOME_CASE, kept_objects
from people.templatetags.words import dates
from people.texts import to_html
from reports.rendering.errors import NothingToShow
from reports.rendering.model import Callout, Fact, Facts, Look, People, Person, RichText
from reviews.enums import Role
from reviews.models import Case
from reviews.queries.team import members
from reviews.subjects import DEVELOPMENT, GOALS, PILLAR, PRINCIPLES, named
from visits.languages import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from reviews.models import GuidingQuestion
    from reviews.queries.team import Participant

REVIEW = "Critical friend review"
FOR_TEAM = "For the review team only"
FOR_BOTH = "For the host city and the review team"
WITH_CONTACT = frozenset({Role.LEAD, Role.HOST_COORDINATOR})
CHATHAM = Callout(
    "What you hear stays without a name",
    "<p>What people say may be used; who said it, and for whom they work, may not be told. Write down source groups,"
    " never names. With fewer than five people in a group, everybody knows who it was: be careful what you quote.</p>"
    "<p>Nobody can promise absolute secrecy. Laws on access to public documents can reach papers of a review, also"
    " notes and drafts. Write so that you could read it aloud in the city.</p>",
)


def case_of(case_id: int) -> Case:
    """Load a case with what every document says of it. Raises `NothingToShow`."""
    for found in kept_objects(_case, said={SOME_CASE: case_id}):
        return found
    raise NothingToShow("This review does not exist any more.")


def _case() -> QuerySet[Case]:
    told = ("host_city", "working_group", "study_visit", "self_assessment")
    return Case.objects.filter(pk=SOME_CASE).select_related(*told).order_by()


def look_of(case: Case) -> Look | None:
    """Return how the documents of a case look: its working group's colour and logo, nothing for our own."""
    group = case.working_group
    if not group.colour and not group.logo:
        return None
    return Look(colour=group.colour, logo=group.logo.name or "", alt=group.logo_alt)


def prose(text: str, *, top: int = 3) -> tuple[RichText, ...]:
    """Return a Markdown text as a block, or nothing for an empty one. `top` is the level of its highest heading."""
    return (RichText(to_html(text, top=top)),) if text.strip() else ()


def visit_dates(case: Case) -> str:
    """The days of the visit: `12–14 June 2018`; says so while they are open."""
    return dates(case.visit_start, case.visit_end) or "Dates not set yet"


def year_of(case: Case) -> str:
    """The year of the visit, with a space before it; empty while the dates are open."""
    return f" {case.visit_start.year}" if case.visit_start else ""


def data_sheet(case: Case) -> Facts:
    """Return the facts that every document of a case begins with."""
    city = case.host_city
    rows = [
        Fact("Host city", city.name),
        Fact("Theme", case.get_theme_display()),
        Fact("Working group", case.working_group.name),
        Fact("Study visit", visit_dates(case)),
        Fact("The host asks for", case.get_wants_display()),
    ]
    if principles := named(case.principles, PRINCIPLES):
        rows.append(Fact(PILLAR, "\n".join(principles)))
    if goals := named(case.goals, GOALS):
        rows.append(Fact(DEVELOPMENT, "\n".join(goals)))
    if city.population:
        rows.insert(1, Fact("Population", f"{city.population:,}".replace(",", " ")))
    if case.demonstration_note:
        rows.append(Fact("Please note", case.demonstration_note))
    return Facts(tuple(rows))


def questions_of(case: Case) -> list[GuidingQuestion]:
    """Return the guiding questions; a second look at the same case asks the database no more."""
    prefetch_related_objects([case], "guiding_questions")
    return list(case.guiding_questions.all())


def questions_text(case: Case) -> str:
    """Return the guiding questions as a numbered list, Markdown; empty without any."""
    texts = (question.text for question in questions_of(case))
    return "\n".join(f"{place}. {_one_line(text)}" for place, text in enumerate(texts, start=1))


def questions_html(case: Case) -> RichText | None:
    """Return the guiding questions as a numbered list, or nothing."""
    text = questions_text(case)
    return RichText(to_html(text)) if text else None


def first_question(case: Case) -> str:
    """The question that stands on the cover: the first guiding question, else the title of the review."""
    return next((question.text for question in questions_of(case)), case.title)


def cities_of(people: Iterable[Participant]) -> str:
    """Name the cities that the critical friends come from: `Budapest, Ghent and Glasgow`."""
    names = sorted({person.user.city.name for person in people if person.visits and person.user.city})
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def team_of(case: Case) -> list[Participant]:
    """Return everybody with a role in the case, in the order of roles."""
    return members(case)


def people_block(
    people: Iterable[Participant], *, caption: str, with_contact: bool = False, with_profile: bool = True
) -> tuple[People, ...]:
    """Return a table of people, or nothing; contacts only of those whom everybody has to reach."""
    rows = tuple(
        Person(
            name=person.user.name,
            role=", ".join(Role(role).label for role in Role if role in person.roles),
            city=person.user.city.name if person.user.city else "",
            languages=person.user.languages if with_profile else "",
            expertise=person.user.expertise if with_profile else "",
            contact=person.user.email if with_contact and person.roles & WITH_CONTACT else "",
        )
        for person in people
    )
    return (People(rows, caption),) if rows else ()


def language_words(tag: str, *, is_interpreted: bool) -> str:
    """The language of a talk in words: `Romanian, interpreted`."""
    if not tag:
        return "Interpreted" if is_interpreted else ""
    return f"{name_of(tag)}, interpreted" if is_interpreted else name_of(tag)


def day_of(moment: datetime) -> date:
    """The day of a moment in the product's zone: what a document is dated with."""
    return timezone.localtime(moment).date()


def _one_line(text: str) -> str:
    return " ".join(text.split())
