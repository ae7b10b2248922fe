"""Files that come in pieces: the tus protocol, version 1.0 (core, creation and termination), for one person's files.

Creating the same file again answers with the upload that is there. A whole file becomes evidence by a POST to its
address, which tus leaves to the application; it may be asked again.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotReady, Refusal, TooLarge
from reviews.access import case_for
from reviews.actions.uploads import (
    Coming,
    WrongOffset,
    append_piece,
    begin_upload,
    discard_upload,
    finish_upload,
    upload_of,
)
from reviews.evidence_pages import places_of
from reviews.forms.evidence import AboutFilesForm
from reviews.forms.texts import errors_in_words
from reviews.permissions import Ability
from reviews.uploads.names import shown_name
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from reviews.access import Seat
    from reviews.models import Upload
    from reviews.views.answers import PersonRequest

_VERSION = "1.0.0"
_PIECE_TYPE = "application/offset+octet-stream"
_READ = 64 * 1024
_CREATED, _NOTHING, _WRONG_TYPE = 201, 204, 415


class OtherVersion(Refusal):
    """The browser speaks another version of the protocol, or none."""

    status = 412
    code = "tus_version"


def _seat(request: PersonRequest, slug: str) -> Seat:
    """The person's place in the case. Raises NotThere, NotAllowed, and OtherVersion for what is no tus of ours."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != _VERSION:
        raise OtherVersion("This address speaks tus 1.0.0.")
    return seat


def _tus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Speak tus: every answer names its version, refusals are JSON, nothing is stored on the way."""

    @wraps(view)
    def answered(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Refusal as refused:
            answer = JsonResponse({"code": refused.code, "message": refused.message}, status=refused.status)
            if isinstance(refused, WrongOffset):
                answer["Upload-Offset"] = str(refused.received)
            if isinstance(refused, OtherVersion):
                answer["Tus-Version"] = _VERSION
        answer["Tus-Resumable"] = _VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


@require_http_methods(["OPTIONS", "POST"])
@_tus
def begin(request: PersonRequest, slug: str) -> HttpResponse:
    """Begin a file (`Upload-Length`, `Upload-Metadata`), or find the same one again; OPTIONS says what is spoken."""
    seat = _seat(request, slug)
    if request.method == "OPTIONS":
        return _spoken()
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    length = request.headers.get("Upload-Length", "")
    if not length.isdecimal() or not said.get("filename"):
        raise NotReady("The name and the size of the file are needed first.", code="invalid")
    coming = Coming(name=shown_name(said["filename"]), size=int(length), mark=_plain(said.get("mark", "")))
    row = _begun(seat, coming, said)
    answer = HttpResponse(status=_CREATED)
    answer["Location"] = reverse("reviews:upload", args=(slug, row.pk))
    answer["Upload-Offset"] = str(row.received)
    return answer


def _plain(text: str) -> str:
    """What tells the same file again, without signs that a database does not take."""
    return "".join(sign for sign in text if sign.isprintable())[:400]


def _begun(seat: Seat, coming: Coming, said: dict[str, str]) -> Upload:
    if (evidence := said.get("evidence", "")).isdecimal():
        return begin_upload(seat, coming, None, evidence=int(evidence))
    form = AboutFilesForm(said, places=places_of(seat))
    if not form.is_valid():
        raise NotReady(errors_in_words(form), code="invalid")
    return begin_upload(seat, coming, form.described)


def _spoken() -> HttpResponse:
    answer = HttpResponse(status=_NOTHING)
    answer["Tus-Version"] = _VERSION
    answer["Tus-Extension"] = "creation,termination"
    answer["Tus-Max-Size"] = str(settings.EVIDENCE_MAX_BYTES)
    return answer


def _metadata(header: str) -> dict[str, str]:
    """Return the pairs of `Upload-Metadata`: names, each with its value in base64.

    Raises NotReady.
    """
    found = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise NotReady("What was said of this file cannot be read.", code="invalid") from None
    return found


@require_http_methods(["HEAD", "PATCH", "DELETE", "POST"])
@_tus
def upload(request: PersonRequest, slug: str, pk: UUID) -> HttpResponse:
    """HEAD: how much is here. PATCH: the next bytes. DELETE: give it up. POST: it is whole, keep it."""
    seat = _seat(request, slug)
    if request.method == "POST":
        kept = finish_upload(seat, pk)
        return JsonResponse({"id": kept.pk, "title": kept.title, "sha256": kept.sha256}, status=_CREATED)
    if request.method == "DELETE":
        discard_upload(seat, pk)
        return HttpResponse(status=_NOTHING)
    if request.method == "PATCH":
        if request.content_type != _PIECE_TYPE:
            return JsonResponse({"code": "wrong_type", "message": "A piece is a stream of bytes."}, status=_WRONG_TYPE)
        row = append_piece(seat, pk, _piece(request), offset=_offset(request))
        answer = HttpResponse(status=_NOTHING)
    else:
        row = upload_of(seat, pk)
        answer = HttpResponse()
        answer["Upload-Length"] = str(row.size)
    answer["Upload-Offset"] = str(row.received)
    return answer


def _offset(request: PersonRequest) -> int:
    told = request.headers.get("Upload-Offset", "")
    if not told.isdecimal():
        raise NotReady("Where this piece belongs is needed.", code="invalid")
    return int(told)


def _piece(request: PersonRequest) -> bytes:
    """Read the body; of one that breaks off, what came until then.

    Raises TooLarge before anything is read.
    """
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > settings.UPLOAD_PIECE_BYTES:
        raise TooLarge(f"A piece has at most {settings.UPLOAD_PIECE_BYTES} bytes.")
    came = []
    try:
        while part := request.read(_READ):
            came.append(part)
    except UnreadablePostError:
        pass  # the line broke: the browser asks how much is here, and goes on from there
    return b"".join(came)


@require_POST
def discard(request: PersonRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give an unfinished file up, by the button of the page."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    name = upload_of(seat, pk).file_name
    discard_upload(seat, pk)
    messages.success(request, f"Given up: {name}.")
    return see_other(reverse("reviews:evidence", args=(slug,)))
