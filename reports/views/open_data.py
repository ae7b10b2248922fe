"""Open data: what everybody may read, for programs and spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from people.errors import NotThere
from reports import open_data
from reports.entries import chapters_of
from reports.enums import Licence
from reports.queries.data_state import changed_at, entries_of, state_of
from reports.rendering import deserialise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound="HttpResponseBase")
JSON, CSV = "application/json; charset=utf-8", "text/csv; charset=utf-8"


def _tag(request: HttpRequest, what: str) -> str:
    return f'"{state_of(what)}-{request.path.rsplit(".", 1)[-1]}"'


def _moment(request: HttpRequest, what: str) -> datetime | None:  # noqa: ARG001 - Django gives it
    return changed_at(what)


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say which lists there are and what their fields mean."""
    return render(request, "reports/open_data.html", {"lists": [*open_data.FIELDS.items()]})


@login_not_required
@require_safe
@condition(etag_func=_tag, last_modified_func=_moment)
def as_json(request: HttpRequest, what: str) -> HttpResponseBase:
    """Hand over one list as JSON."""
    return _streamed(request, what, "json", JSON, open_data.as_json)


@login_not_required
@require_safe
@condition(etag_func=_tag, last_modified_func=_moment)
def as_csv(request: HttpRequest, what: str) -> HttpResponseBase:
    """Hand over one list as CSV."""
    return _streamed(request, what, "csv", CSV, open_data.as_csv)


@login_not_required
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Hand over one public report with its practices, its recommendations and the texts of its chapters."""
    found, entries = entries_of(slug)
    rows = [open_data.row_of(entry, known) for entry, known in entries]
    parts = {name: [row for row in rows[1:] if f"/{kind}/" in row["id"]] for name, kind in open_data.KINDS.items()}
    told = chapters_of(deserialise(found.content), names=False) if found.licence != Licence.RESERVED else ()
    answer = JsonResponse(
        {
            **rows[0],
            "practices": parts["practices"],
            "recommendations": parts["recommendations"],
            "chapters": [{"title": title, "paragraphs": lines} for title, lines in told],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    return _open(answer)


def _streamed(
    request: HttpRequest, what: str, ending: str, content_type: str, pieces: Callable[[str], Iterator[str]]
) -> HttpResponseBase:
    if what not in open_data.FIELDS:
        raise NotThere("There is no such list.")
    content = pieces(what) if request.method == "GET" else iter(())
    answer = StreamingHttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{what}.{ending}"'
    return _open(answer)


def _open(answer: Answer) -> Answer:
    """Let pages of others read it; caches ask each time whether it is still so."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, no-cache"
    return answer
