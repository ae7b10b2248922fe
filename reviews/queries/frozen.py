"""A self-assessment as it was submitted: plain values, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviews.enums import Rating, Trend
from reviews.models import Evidence
from reviews.models.self_assessments import is_given
from reviews.queries.self_assessments import parts_of

if TYPE_CHECKING:
    from reviews.models import Case, SelfAssessment
    from reviews.queries.self_assessments import Item, Part
    from reviews.queries.shares import Share

_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One question with its answer, to read. Not `asked` is one whose condition is no longer met."""

    number: int
    key: str
    question: str
    required: bool
    text: str
    rating: str
    rating_reason: str
    trend: str
    asked: bool = True
    language: str = ""
    """The language of the question where it is a translation."""

    @property
    def is_given(self) -> bool:
        """Whether it is answered, or explained not to apply."""
        return is_given(self.text, self.rating, self.rating_reason)

    @property
    def rating_words(self) -> str:
        """The rating in words; empty without one."""
        return str(Rating(self.rating).label) if self.rating else ""

    @property
    def trend_words(self) -> str:
        """The trend in words; empty without one."""
        return str(Trend(self.trend).label) if self.trend else ""


@dataclass(frozen=True, slots=True)
class ReadSection:
    """One section, to read."""

    position: int
    title: str
    answers: tuple[ReadAnswer, ...]
    language: str = ""
    """The language of the title where it is a translation."""


def content_of(held: SelfAssessment, case: Case) -> dict[str, Any]:
    """Return the whole self-assessment as plain values: questions, answers, and which files belonged to it.

    Who wrote what is left out: the host city speaks with one voice.
    """
    question_set = held.question_set
    return {
        "schema": _SCHEMA,
        "case": {"slug": case.slug, "title": case.title, "host_city": case.host_city.name},
        "question_set": {
            "name": question_set.name,
            "slug": question_set.slug,
            "version": question_set.version,
            "language": question_set.language,
        },
        "sections": [
            {
                "position": part.section.position,
                "title": part.section.title,
                "answers": plain_answers(part),
            }
            for part in parts_of(held, case)
        ],
        "evidence": [_plain_evidence(row) for row in _evidence(case)],
    }


def plain_answers(part: Part) -> list[dict[str, Any]]:
    """Return the answers of one section; one to a question that is no longer asked is marked, and keeps its place."""
    asked = [plain_answer(item) for item in part.items]
    kept = [{**plain_answer(item), "asked": False} for item in part.kept]
    return sorted(asked + kept, key=lambda answer: answer["number"])


def plain_answer(item: Item) -> dict[str, Any]:
    """Return one question with its answer as plain values."""
    return {
        "number": item.question.number,
        "key": item.question.key,
        "question": item.question.text,
        "required": item.question.is_required,
        "text": item.answer.text,
        "rating": item.answer.rating,
        "rating_reason": item.answer.rating_reason,
        "trend": item.answer.trend,
    }


def _evidence(case: Case) -> list[Evidence]:
    found = Evidence.objects.filter(case=case, removed_at__isnull=True).exclude(file="").select_related("section")
    return list(found.order_by("pk"))


def _plain_evidence(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.kind,
        "access_class": row.access_class,
        "language": row.language,
        "dated": row.dated.isoformat() if row.dated else None,
        "section": row.section.position if row.section else None,
        "size": row.size,
        "sha256": row.sha256,
    }


def read_section(part: Part) -> ReadSection:
    """Return a section as it is written now, to read."""
    answers = tuple(ReadAnswer(**answer) for answer in plain_answers(part))
    return ReadSection(part.section.position, part.section.title, answers)


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of the content's canonical bytes: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sections_to_read(content: dict[str, Any]) -> list[ReadSection]:
    """Return the sections of a frozen content for a page."""
    return [
        ReadSection(section["position"], section["title"], tuple(ReadAnswer(**answer) for answer in section["answers"]))
        for section in content["sections"]
    ]


def narrowed(sections: list[ReadSection], share: Share) -> list[ReadSection]:
    """Return what of a frozen content belongs to a share; sections without anything are left out."""
    if share.everything:
        return sections
    found = [
        replace(s, answers=tuple(a for a in s.answers if share.covers_place(s.position, a.number))) for s in sections
    ]
    return [section for section in found if section.answers]
