"""The self-assessment as a file: Word for people, JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from people.errors import NotThere
from reviews.access import case_for
from reviews.actions.reading import record_download
from reviews.file_names import export_name
from reviews.offline.exported import exported
from reviews.permissions import Ability
from reviews.self_assessment_reading import reading_of
from reviews.uploads.kinds import Kind
from reviews.views.offline import attachment

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest

_WRITERS = {
    "docx": (Kind.DOCX.content_type, "reviews.offline.export_docx.export_docx"),
    "json": ("application/json", "reviews.offline.export_json.export_json"),
}
"""By name: the library of Word is large, and is loaded with the first download."""


@require_safe
def export(request: PersonRequest, slug: str, kind: str, number: int | None = None) -> HttpResponse:
    """Hand out what this person may read, as Word or JSON; it is noted like reading."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    if kind not in _WRITERS:
        raise NotThere
    content_type, write = _WRITERS[kind]
    given = exported(seat, reading_of(seat, number))
    content = import_string(write)(given)
    record_download(seat, given.version_words)
    return attachment(content, content_type, export_name(seat.case, given.version_words, "", kind))
