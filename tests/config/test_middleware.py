"""Logins and refusals, as a person, a part of a page and a program get them."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from config.middleware import FORM_EXPIRED, LOGIN_AGAIN
from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, Reason, StaleText
from tests import factories

REFUSALS: dict[str, Exception] = {
    "there": NotThere(),
    "allowed": NotAllowed("Only the lead may share findings."),
    "done": AlreadyDone("Ana has already released the self-assessment."),
    "ready": NotReady("The case cannot go on yet.", reasons=[Reason("Dates are missing.", "the lead", "/dates/")]),
    "stale": StaleText(version=3, texts={"text": "theirs"}, by="Ana", at=datetime(2026, 5, 4, 12, 4, tzinfo=UTC)),
    "http404": Http404("case 17"),
    "denied": PermissionDenied("You may not do this here."),
}


def _refuses(exception: Exception) -> Callable[[HttpRequest], NoReturn]:
    @login_not_required
    def view(_request: HttpRequest) -> NoReturn:
        raise exception

    return view


def _closed(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("for people who are logged in")


urlpatterns = [
    *(path(f"refuse/{name}/", _refuses(exception)) for name, exception in REFUSALS.items()),
    path("closed/", _closed),
    path("", include("config.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

BACK = '<a class="btn" href="/cases/x/?draft=1">Back to the page</a>'
STATUSES = {"there": 404, "allowed": 403, "done": 409, "ready": 422, "stale": 409, "http404": 404, "denied": 403}


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_who_pressed_a_button_is_led_back_to_its_page(client: Client, name: str, status: int) -> None:
    client.force_login(factories.make_user())
    from_page = {"accept": "text/html", "referer": "http://testserver/cases/x/?draft=1"}
    refused = client.post(f"/refuse/{name}/", headers=from_page)
    assert (refused.status_code, BACK in refused.content.decode()) == (status, True)
    assert "Back to the page" not in client.get(f"/refuse/{name}/", headers=from_page).content.decode()
    elsewhere = {**from_page, "referer": "https://evil.example/"}
    assert "Back to the page" not in client.post(f"/refuse/{name}/", headers=elsewhere).content.decode()


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_person_gets_a_page_with_the_sentence(client: Client, name: str, status: int) -> None:
    answer = client.get(f"/refuse/{name}/", headers={"accept": "text/html"})

    assert answer.status_code == status
    assert answer.templates[0].name == f"{status}.html"
    assert "case 17" not in answer.content.decode()


def test_a_page_names_what_is_missing_and_where_to_cure_it(client: Client) -> None:
    page = client.get("/refuse/ready/").content.decode()

    assert "The case cannot go on yet." in page
    assert '<a href="/dates/">Dates are missing.</a>' in page


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_part_of_a_page_gets_a_notice_and_keeps_what_was_typed(client: Client, name: str, status: int) -> None:
    answer = client.post(f"/refuse/{name}/", headers={"hx-request": "true"})

    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#notices"
    assert answer.headers["HX-Reswap"] == "innerHTML show:top"
    assert answer.content.lstrip().startswith(b'<div class="notice')


def test_a_program_gets_the_code_the_sentence_and_the_reasons(client: Client) -> None:
    answer = client.get("/refuse/ready/", headers={"accept": "application/json"})

    assert answer.json() == {
        "code": "not_ready",
        "message": "The case cannot go on yet.",
        "reasons": [{"text": "Dates are missing.", "who": "the lead", "url": "/dates/"}],
    }


def test_a_text_that_moved_on_carries_both_texts_to_the_page(client: Client) -> None:
    answer = client.post("/refuse/stale/", headers={"accept": "application/json"})

    assert answer.json() == {
        "code": "stale",
        "message": "Ana changed this text while you were writing. Nothing is lost: choose below.",
        "reasons": [],
        "version": 3,
        "texts": {"text": "theirs"},
        "by": "Ana",
        "at": "2026-05-04T12:04:00Z",
    }


def test_caches_keep_the_kinds_of_answer_apart(client: Client) -> None:
    assert client.get("/refuse/there/").headers["Vary"] == "Accept, HX-Request, Cookie"


def test_a_stranger_is_sent_to_the_login_and_back(client: Client) -> None:
    answer = client.get("/closed/?page=2")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/closed/%3Fpage%3D2")


def test_a_button_pressed_after_the_login_ended_leads_back_to_its_page(client: Client) -> None:
    answer = client.post("/closed/", headers={"referer": "http://testserver/page/?tab=2"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=%2Fpage%2F%3Ftab%3D2")


def test_a_button_on_a_foreign_page_leads_nowhere_after_the_login(client: Client) -> None:
    answer = client.post("/closed/", headers={"referer": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/login/"


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"hx-request": "true"}])
def test_a_part_or_a_program_without_login_gets_401(client: Client, headers: dict[str, str]) -> None:
    answer = client.post("/closed/", headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"code": "login", "message": LOGIN_AGAIN})


def test_somebody_logged_in_passes(client: Client) -> None:
    client.force_login(factories.make_user(), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/closed/").content == b"for people who are logged in"


@pytest.mark.django_db
def test_the_log_holds_no_secret_of_a_personal_link(caplog: pytest.LogCaptureFixture) -> None:
    address = "/invitations/a-secret-of-42/"
    with override_settings(ROOT_URLCONF="config.urls"), caplog.at_level(logging.INFO):
        Client(enforce_csrf_checks=True).post(address)
        Client().get(address)
    assert [line for line in caplog.messages if "invitations/…/ refused" in line]
    assert "a-secret-of-42" not in caplog.text


def test_an_old_form_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/closed/", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["message"]) == (403, FORM_EXPIRED)


def test_icon_is_found_where_browsers_look_for_it_unasked(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/img/mark.svg")
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert (len(queries), answer.cookies) == (0, {})
