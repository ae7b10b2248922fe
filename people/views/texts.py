"""How a text will look, for the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from people.texts import as_written

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_POST
def texts(request: HttpRequest) -> JsonResponse:
    """Answer the safe HTML of each Markdown `text` that was sent, in order. Nothing is kept."""
    return JsonResponse({"html": [as_written(text.replace("\r\n", "\n")) for text in request.POST.getlist("text")]})
