"""The progress report: what became of each recommendation, about a year after the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import plain, to_html
from reports.enums import DocumentKind, Edition
from reports.rendering import charts
from reports.rendering.compose import parts
from reports.rendering.errors import NothingToShow
from reports.rendering.model import (
    Block,
    Chapter,
    Chart,
    Column,
    DocumentContent,
    Fact,
    Facts,
    Heading,
    Lead,
    Recommendation,
    Response,
    RichText,
    Table,
)
from reviews.enums import ActionStatus, Decision
from reviews.queries.follow_up import Answered, FollowUp, follow_up_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reviews.models import Action, Case

_CLASSES = {Edition.HOST.value: parts.FOR_BOTH, Edition.PUBLIC.value: "Public"}
_LABELS = {Edition.HOST.value: "For host and team", Edition.PUBLIC.value: "Public edition"}


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the progress report. The public edition names no owner of an action.

    Raises `NothingToShow` before a recommendation is released.
    """
    case = parts.case_of(case_id)
    found = follow_up_of(case)
    if not found.rows:
        raise NothingToShow("There is no recommendation to follow up yet.")
    names_owners = edition != Edition.PUBLIC
    return DocumentContent(
        kind=DocumentKind.PROGRESS,
        edition=edition,
        kind_label="Progress report",
        title=case.host_city.name,
        subtitle="What became of the recommendations of the critical friends",
        language=case.language,
        look=parts.look_of(case),
        dated=_dated(case, found),
        edition_label=_LABELS.get(edition, ""),
        confidentiality=_CLASSES.get(edition, parts.FOR_TEAM),
        cover_facts=tuple(_cover(case, found)),
        running_title=f"Progress report · {case.host_city.name}{parts.year_of(case)}",
        authors=(case.host_city.name,),
        keywords=("progress report", "follow-up", str(case.get_theme_display())),
        description=f"What {case.host_city.name} did about the recommendations of its critical friend review.",
        chapters=tuple(_chapters(found, names_owners=names_owners)),
    )


def _dated(case: Case, found: FollowUp) -> date:
    """Return the day of the newest word of the host."""
    moments = [row.response.at for row in found.rows if row.response]
    moments += [action.updated_at for row in found.rows for action in row.actions]
    return parts.day_of(max(moments, default=case.created_at))


def _cover(case: Case, found: FollowUp) -> Iterator[Fact]:
    yield Fact("Review", case.title)
    yield Fact("Study visit", parts.visit_dates(case))
    yield Fact("Recommendations", f"{len(found.rows)}, of which {found.answered_count} answered")


def _chapters(found: FollowUp, *, names_owners: bool) -> Iterator[Chapter]:
    yield Chapter("Where things stand", tuple(_stand(found)), "stand", "1")
    blocks = tuple(block for row in found.rows for block in _one(row, names_owners=names_owners))
    yield Chapter("Recommendation by recommendation", blocks, "recommendations", "2")
    if changed := tuple(_changed(found)):
        yield Chapter("What has changed", changed, "changed", "3", starts_page=False)


def _stand(found: FollowUp) -> Iterator[Block]:
    yield Lead("The host decides what it does with a recommendation. Here it says what it decided, and how far it is.")
    counted = [charts.Counted(part.key, part.label.lower(), part.count) for part in found.parts]
    yield Chart(charts.progress(counted), "Where the recommendations stand.")
    actions = [action for row in found.rows for action in row.actions]
    done = sum(action.status == ActionStatus.DONE for action in actions)
    numbers = (
        ("Recommendations", str(len(found.rows))),
        ("With a response of the host", str(found.answered_count)),
        ("Actions planned", str(len(actions))),
        ("Actions done", str(done)),
    )
    yield Facts(tuple(Fact(term, number) for term, number in numbers))
    columns = (Column("No.", 8), Column("Recommendation", 50), Column("Response", 20), Column("Where it stands"))
    words = {part.key: part.label for part in found.parts}
    yield Table(columns, tuple(_line(row, words) for row in found.rows), "All recommendations at a glance")


def _line(row: Answered, words: dict[str, str]) -> tuple[str, ...]:
    return str(row.number), _title(row), _decision(row), words[row.state]


def _title(row: Answered) -> str:
    title, _, _ = row.recommendation.text.strip().partition("\n\n")
    return " ".join(plain(title).split())


def _decision(row: Answered) -> str:
    return str(Decision(row.response.decision).label) if row.response else "No response yet"


def _one(row: Answered, *, names_owners: bool) -> Iterator[Block]:
    recommendation = row.recommendation
    _, _, more = recommendation.text.strip().partition("\n\n")
    yield Recommendation(
        number=row.number,
        title=_title(row),
        html=to_html(more, top=4) if more.strip() else "",
        addressee=recommendation.addressee,
        when=recommendation.time_frame,
        response=_response(row),
        anchor=f"r{recommendation.pk}",
    )
    if row.actions:
        yield _plan(row.actions, names_owners=names_owners)


def _response(row: Answered) -> Response | None:
    if row.response is None:
        return Response("None yet", "none")
    return Response(_decision(row), row.response.decision, plain(row.response.reason).strip())


def _plan(actions: tuple[Action, ...], *, names_owners: bool) -> Table:
    """Return the actions; the public edition says nothing of who does them."""
    if names_owners:
        columns: tuple[Column, ...] = (
            Column("What the host does", 45),
            Column("Who", 20),
            Column("By when", 18),
            Column("Status"),
        )
        return Table(columns, tuple((_words(a), a.owner, dates(a.due), _status(a)) for a in actions))
    columns = (Column("What the host does", 60), Column("By when", 20), Column("Status"))
    return Table(columns, tuple((_words(action), dates(action.due), _status(action)) for action in actions))


def _words(action: Action) -> str:
    return " ".join(plain(action.text).split())


def _status(action: Action) -> str:
    return str(ActionStatus(action.status).label)


def _changed(found: FollowUp) -> Iterator[Block]:
    for row in found.rows:
        told = [action for action in row.actions if action.progress.strip()]
        if told:
            yield Heading(f"{row.number}. {_title(row)}", anchor=f"changed-{row.recommendation.pk}")
            yield from (RichText(to_html(action.progress, top=4)) for action in told)
