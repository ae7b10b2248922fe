"""The review before this one of the same host city: its answers and its recommendations, to start from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from people.texts import plain
from reviews.enums import Stage
from reviews.models import Case, SelfAssessmentVersion
from reviews.queries.findings import OPEN_TO_HOST
from reviews.queries.follow_up import follow_up_of
from reviews.queries.frozen import ReadAnswer, sections_to_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import Question
    from reviews.queries.follow_up import Answered

RECOMMENDATIONS = "earlier_recommendations"
"""The key of the question that asks what became of the earlier recommendations."""

_REVIEWED = (Stage.FOLLOW_UP, Stage.CLOSED)
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the earlier review left: answers by the key of their question, recommendations in their order."""

    case: Case
    answers: dict[str, ReadAnswer] = field(default_factory=dict)
    recommendations: tuple[Answered, ...] = ()

    @property
    def year(self) -> str:
        """When the visit was; the year of the case without a visit."""
        day = self.case.visit_start or self.case.created_at
        return f"{day:%Y}"

    def start_of(self, source: str, key: str) -> str:
        """Return the Markdown with which an answer can begin; empty for a source that is not there.

        `source` is `answer`, `all`, or the id of a recommendation.
        """
        if source == "answer":
            return self.answers[key].text if key in self.answers else ""
        if key != RECOMMENDATIONS:
            return ""
        wanted = [row for row in self.recommendations if source in {"all", str(row.recommendation.pk)}]
        return "\n\n".join(_start(row) for row in wanted)


def _start(row: Answered) -> str:
    """One recommendation as the beginning of a text: what it said, what was answered, what became of it."""
    said = " ".join(plain(row.recommendation.text).split())
    short = f"{said[:_LONGEST].rstrip()}…" if len(said) > _LONGEST else said
    lines = [f"**{row.number}. {short}**", ""]
    if row.response:
        lines.append(f"- Our answer then: {row.response.get_decision_display().lower()}")
    lines += [f"- {' '.join(plain(a.text).split())}: {a.get_status_display().lower()}" for a in row.actions]
    return "\n".join([*lines, "- Where it stands now: "]).rstrip()


def earlier_case(case: Case) -> Case | None:
    """The last review of the same host city that has come to its end, before this one. One query."""
    found = Case.objects.filter(host_city=case.host_city_id, stage__in=_REVIEWED).exclude(pk=case.pk)
    if case.visit_start:
        found = found.filter(visit_start__lt=case.visit_start)
    return found.select_related("host_city").order_by("-visit_start", "-pk").first()


def earlier_of(case: Case, questions: Iterable[Question]) -> Earlier | None:
    """What the earlier review left for these questions; None for a first review.

    One query for a first review, two for a repeat one, and three more where the recommendations are asked for.
    """
    before = earlier_case(case)
    if before is None:
        return None
    keys = {question.key for question in questions} - {""}
    version = SelfAssessmentVersion.objects.filter(self_assessment__case=before).order_by("-number").first()
    sections = sections_to_read(version.content) if version else []
    answers = {a.key: a for section in sections for a in section.answers if a.key in keys and a.text.strip()}
    rows = follow_up_of(before).rows if RECOMMENDATIONS in keys else ()
    released = tuple(row for row in rows if row.recommendation.status in OPEN_TO_HOST)
    return Earlier(before, answers, released)
