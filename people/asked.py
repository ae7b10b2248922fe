"""Who asks: a person who wants a page, or a script that wants JSON; and from which address."""

from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def client_address(request: HttpRequest) -> str | None:
    """The address from which somebody comes, None when nobody can say.

    Behind our proxy it is the last one of X-Forwarded-For, which the proxy wrote itself: those before it are what the
    sender claims. Without a proxy the header is not believed.
    """
    named = [request.META.get("REMOTE_ADDR", "")]
    if settings.BEHIND_PROXY:
        named.insert(0, request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1])
    for text in named:
        with suppress(ValueError):
            return str(ip_address(text.strip()))
    return None
