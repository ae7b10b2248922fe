"""The self-assessment for other programs. The shape is described in docs/self-assessment-export.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reviews.confidentiality import notice

if TYPE_CHECKING:
    from reviews.models import Evidence
    from reviews.offline.exported import Exported
    from reviews.queries.frozen import ReadAnswer

FORMAT = "critical-friend/self-assessment"
SCHEMA = 1
"""Grows when a key changes its meaning or goes; new keys may come without."""


def export_json(given: Exported) -> bytes:
    """Return the export as UTF-8 bytes with a line end."""
    return (json.dumps(plain(given), ensure_ascii=False, indent=2) + "\n").encode()


def plain(given: Exported) -> dict[str, Any]:
    """Return the export as plain values."""
    case, reading = given.case, given.reading
    version, question_set = reading.version, reading.held.question_set
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "review": {
            "slug": case.slug,
            "title": case.title,
            "host_city": case.host_city.name,
            "country": case.host_city.country,
            "theme": case.theme,
        },
        "question_set": {"slug": question_set.slug, "name": question_set.name, "version": question_set.version},
        "version": version.number if version else None,
        "submitted_at": version.submitted_at.isoformat() if version else None,
        "sha256": version.sha256 if version else None,
        "confidentiality": notice(for_host=given.is_for_host),
        "sections": [
            {
                "position": part.section.position,
                "title": part.section.title,
                "answers": [_answer(answer) for answer in part.section.answers],
            }
            for part in reading.parts
        ],
        "evidence": [_evidence(row) for row in given.evidence],
        "signatures": [
            {"role": row.role, "name": row.name, "function": row.function, "at": row.at.isoformat()}
            for row in given.signatures
        ],
        "addenda": [
            {"question": row.question.number if row.question else None, "text": row.text, "at": row.at.isoformat()}
            for row in given.addenda
        ],
    }


def _answer(answer: ReadAnswer) -> dict[str, Any]:
    return {
        "number": answer.number,
        "key": answer.key,
        "question": answer.question,
        "required": answer.required,
        "asked": answer.asked,
        "text": answer.text,
        "rating": answer.rating or None,
        "rating_reason": answer.rating_reason,
        "trend": answer.trend or None,
    }


def _evidence(row: Evidence) -> dict[str, Any]:
    return {
        "title": row.title,
        "kind": row.kind,
        "access_class": row.access_class,
        "language": row.language or None,
        "dated": row.dated.isoformat() if row.dated else None,
        "section": row.section.position if row.section else None,
        "note": row.note,
        "file_name": row.file_name or None,
        "content_type": row.content_type or None,
        "size": row.size or None,
        "sha256": row.sha256 or None,
    }
