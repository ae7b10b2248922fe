"""Who is logged in is read by a statement that is kept: nobody is let in by a session that has run out, or with another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.cast import logged_in

pytestmark = pytest.mark.django_db


def who(client: Client) -> str | None:
    """The name on the page of an account, or nothing where a login is asked for."""
    answer = client.get(reverse("people:account"))
    return answer.context["user"].name if answer.status_code == 200 else None


def test_each_browser_is_its_own_person() -> None:
    clients = [logged_in(factories.make_user(name)) for name in ("Ana", "Ben")]
    assert [who(client) for client in (*clients, *clients, Client())] == ["Ana", "Ben", "Ana", "Ben", None]


def test_session_that_ran_out_or_is_gone_lets_nobody_in() -> None:
    ana = logged_in(factories.make_user("Ana"))
    assert who(ana) == "Ana"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert who(ana) is None
    ana, ben = (logged_in(factories.make_user(name)) for name in ("Ada", "Ben"))
    Session.objects.filter(session_key=ana.cookies["sessionid"].value).delete()
    assert [who(ana), who(ben)] == [None, "Ben"]


def test_key_that_nobody_has_is_never_taken_over(client: Client) -> None:
    client.cookies["sessionid"] = "chosen-by-somebody-else"
    assert client.get(reverse("people:account")).status_code == 302
    client.force_login(factories.make_user("Ana"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.cookies["sessionid"].value != "chosen-by-somebody-else"
