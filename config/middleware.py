"""What stands around every view: the health pages, the login, and the answers to refusals."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from config import health
from people.asked import wants_json
from people.errors import NotAllowed, NotThere, Refusal, StaleText, TooLarge

logger = logging.getLogger(__name__)

_OF_A_REVIEW = "cases/<slug:slug>/"

LOGIN_AGAIN = (
    "You are no longer logged in. What you wrote is still on this page: log in in a second tab, then save again here."
)
FORM_EXPIRED = (
    "Nothing was changed: this page is older than your login. Go back, reload the page, and send it again; "
    "what you typed is kept on this device."
)


class HealthFirst:
    """Answers `/healthz` and `/readyz` before anything else.

    A load balancer asks with the machine's address as host name, which ALLOWED_HOSTS rightly refuses, and over plain
    HTTP; and a broken session store must not make a running process look dead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass the request on."""
        if page := health.PAGES.get(request.path_info):
            return page(request)
        return self.get_response(request)


class LoginRequired(LoginRequiredMiddleware):
    """Nobody sees a page without a login, unless the view says `login_not_required`.

    A program, or a part of a page, gets 401 and a sentence: a login page in its place would look like an answer.
    A person goes to the login, and comes back to a page that can be opened (never to the address of a button).
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:  # type: ignore[override] # the stubs know redirects only
        """Say 401, or redirect to the login."""
        if wants_fragment(request) or wants_json(request):
            return JsonResponse({"code": "login", "message": LOGIN_AGAIN}, status=401)
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        login = resolve_url(self.get_login_url(view_func))
        back = _page_before(request)
        return redirect(f"{login}?{urlencode({self.get_redirect_field_name(view_func): back})}" if back else login)


class StopLargeRequests:
    """Answers a request that brings far more than any form here takes, before its body is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for the length that the browser tells; without one there is no body."""
        length = request.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) <= settings.UPLOAD_REQUEST_BYTES:
            return self.get_response(request)
        logger.warning("%s %s refused: %s bytes", request.method, request.path, length)
        most = settings.UPLOAD_REQUEST_BYTES // (1024 * 1024)
        return _answer(request, TooLarge(f"Nothing was kept: one form takes {most} MB. Send fewer files at once."))


class Refusals:
    """Turns a refusal (people/errors.py) into a page, a fragment or JSON, with its own status.

    A fragment goes into the page's `#notices`, so that what the person wrote stays where it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; refusals arrive in `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave everything else to Django."""
        refusal = _as_refusal(exception)
        if refusal is None:
            return None
        logger.info("%s %s refused: %s", request.method, _path_to_log(request), refusal.code)
        answer = _answer(request, refusal)
        patch_vary_headers(answer, ("Accept", "HX-Request"))
        answer._has_been_logged = True  # type: ignore[attr-defined] # just now, in our words
        return answer


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is not ours (CSRF_FAILURE_VIEW): most often the page is simply old."""
    logger.warning("%s %s refused: csrf: %s", request.method, _path_to_log(request), reason)
    answer = _answer(request, NotAllowed(FORM_EXPIRED, code="csrf"))
    answer._has_been_logged = True  # type: ignore[attr-defined] # just now; Django would write the whole address
    return answer


def _path_to_log(request: HttpRequest) -> str:
    """The path of a request without the secret of a personal link: who reads the log must not get in with it."""
    found = request.resolver_match
    secret = str(found.kwargs.get("token", "")) if found else ""
    return request.path.replace(secret, "…") if secret else request.path


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a part of a page asks."""
    return request.headers.get("HX-Request") == "true"


def _as_refusal(exception: Exception) -> Refusal | None:
    """Django's own two refusals are told like ours."""
    if isinstance(exception, Refusal):
        return exception
    if isinstance(exception, Http404):
        return NotThere()
    if isinstance(exception, PermissionDenied):
        return NotAllowed(str(exception) or "You may not do this.")
    return None


def _answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(_as_json(refusal), status=refusal.status)
    context = {"message": refusal.message, "reasons": refusal.reasons, "code": refusal.code, "refusal": refusal}
    if not wants_fragment(request):
        context["back"] = _page_before(request) if request.method == "POST" else ""
        context["review"] = "" if refusal.status == HTTPStatus.NOT_FOUND else _review_of(request)
        return render(request, f"{refusal.status}.html", context, status=refusal.status)
    answer = render(request, "components/refusal.html", context, status=refusal.status)
    answer["HX-Retarget"] = "#notices"
    answer["HX-Reswap"] = "innerHTML show:top"
    return answer


def _review_of(request: HttpRequest) -> str:
    """The overview of the review to which the page belongs; empty on pages of no review, and on the overview."""
    match = request.resolver_match
    if match is None or not match.route.startswith(_OF_A_REVIEW) or match.route == _OF_A_REVIEW:
        return ""
    return reverse("reviews:case", args=(match.kwargs["slug"],))


def _as_json(refusal: Refusal) -> dict[str, Any]:
    """`code`, `message`, `reasons`; and for a text that moved on, the stored text, so that both can be compared."""
    reasons = [{"text": reason.text, "who": reason.who, "url": reason.url} for reason in refusal.reasons]
    told: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "reasons": reasons}
    if isinstance(refusal, StaleText):
        told |= {"version": refusal.version, "texts": refusal.texts, "by": refusal.by, "at": refusal.at}
    return told


def _page_before(request: HttpRequest) -> str:
    """The page of ours whose button was pressed, as a path; empty when the browser does not say."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
