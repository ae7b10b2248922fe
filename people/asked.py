"""Who asks: a person who wants a page, or a script that wants JSON."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
