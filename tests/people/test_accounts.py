"""Logging in, invitations, the inbox."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from people.actions.invitations import accept_invitation, invite
from people.actions.notifications import notify
from people.asked import client_address
from people.errors import NotThere
from people.models import Invitation, Notification, PasswordReset, User
from people.tasks import mail_invitation, mail_notifications, sweep_mail

PASSWORD = "seven quiet rivers"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana Pop")


@pytest.fixture
def boss() -> User:
    return User.objects.create_user("boss@example.org", PASSWORD, name="Berta Boss", is_secretariat=True)


def test_login_takes_the_address_in_any_case(client: Client, ana: User) -> None:
    answer = client.post(reverse("people:login"), {"username": " ANA@Example.org ", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_login_with_a_wrong_password_says_so_and_keeps_the_address(client: Client, ana: User) -> None:
    answer = client.post(reverse("people:login"), {"username": ana.email, "password": "wrong"})
    assert answer.status_code == 422
    assert "We do not know this e-mail address with this password" in answer.content.decode()
    assert 'value="ana@example.org"' in answer.content.decode()


def test_login_never_leads_to_another_site(client: Client, ana: User) -> None:
    answer = client.post(
        reverse("people:login"), {"username": ana.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_login_for_a_script_answers_with_a_fresh_token_and_who_it_is(client: Client, ana: User) -> None:
    answer = client.post(
        reverse("people:login"), {"username": ana.email, "password": PASSWORD}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 200
    assert answer.json()["user"] == ana.pk
    assert len(answer.json()["csrf_token"]) == 64


def test_login_for_a_script_refuses_in_a_sentence(client: Client, ana: User) -> None:
    answer = client.post(
        reverse("people:login"), {"username": ana.email, "password": "wrong"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json() == {"message": "We do not know this e-mail address with this password. Please check both."}


def test_bare_login_is_only_the_form(client: Client) -> None:
    answer = client.get(reverse("people:login") + "?bare=1")
    assert answer.content.decode().strip().startswith("<form")
    assert "<html" not in answer.content.decode()


def test_login_rests_after_eight_wrong_passwords(client: Client, ana: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(reverse("people:login"), {"username": ana.email, "password": "wrong"})
    answer = client.post(reverse("people:login"), {"username": ana.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_demonstration_people_are_shown_only_in_a_demonstration(client: Client, settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    assert "People of the demonstration" not in client.get(reverse("people:login")).content.decode()


def test_demonstration_people_fit_a_phone(client: Client, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that stays one is wider than a phone by its addresses: each cell says its head instead."""
    login = SimpleNamespace(
        role="Critical friend", name="Ana", email="a.very.long.address@of-the-demonstration.example"
    )
    monkeypatch.setattr("people.views.accounts.demonstration_logins", lambda: [login])
    page = client.get(reverse("people:login")).content.decode()
    assert f'<td data-label="E-mail">{login.email}</td>' in page
    assert 'class="table keep"' not in page


def test_invitation_mails_a_link_that_lets_somebody_in_once(
    boss: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mail_invitation, "delay", mail_invitation)
    with django_capture_on_commit_callbacks(execute=True):
        invited = invite(email="New@Example.org", name="Nia", city=None, by=boss, purpose="the review of Ghent")
    assert invited.is_new
    assert [m.to for m in mail.outbox] == [["new@example.org"]]
    path = next(line for line in mail.outbox[0].body.splitlines() if "/invitations/" in line).removeprefix(
        settings.PUBLIC_URL
    )
    assert client.get(path).status_code == 200
    answer = client.post(path, {"name": "Nia New", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(invited.user.pk)
    assert User.objects.get(pk=invited.user.pk).name == "Nia New"
    assert client.get(path).status_code == 404


def test_invitation_of_somebody_with_a_password_sends_no_link(boss: User, ana: User) -> None:
    invited = invite(email="ANA@example.org", name="Somebody else", city=None, by=boss, purpose="a review")
    assert (invited.user, invited.is_new) == (ana, False)
    assert Invitation.objects.count() == 0
    assert User.objects.get(pk=ana.pk).name == "Ana Pop"


def test_second_invitation_ends_the_first(boss: User) -> None:
    invite(email="new@example.org", name="Nia", city=None, by=boss, purpose="a review")
    invite(email="new@example.org", name="Nia", city=None, by=boss, purpose="another review")
    assert [i.is_open for i in Invitation.objects.order_by("pk")] == [False, True]


def test_invitation_that_is_too_old_is_not_there(boss: User) -> None:
    invite(email="new@example.org", name="Nia", city=None, by=boss, purpose="a review")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1), token_hash="0" * 64)
    with pytest.raises(NotThere):
        accept_invitation("anything", password=PASSWORD, name="Nia")


def test_weak_password_is_refused_and_the_link_still_works(
    boss: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.actions.invitations.secrets.token_urlsafe", lambda _: "known")
    invite(email="new@example.org", name="Nia", city=None, by=boss, purpose="a review")
    path = reverse("people:accept_invitation", args=("known",))
    answer = client.post(path, {"name": "Nia", "password": "password12"})
    assert answer.status_code == 422
    assert "too common" in answer.content.decode()
    assert Invitation.objects.get().is_open


def test_notifications_are_mailed_once_even_if_the_task_runs_twice(ana: User) -> None:
    rows = notify([ana], text="Your document is ready", url="/cases/x/")
    ids = [row.pk for row in rows]
    mail_notifications(ids)
    mail_notifications(ids)
    assert [m.subject for m in mail.outbox] == ["Your document is ready"]
    assert mail.outbox[0].body == f"Your document is ready\n\n{settings.PUBLIC_URL}/cases/x/\n"


def test_mail_holds_the_sentence_and_the_link_and_nothing_that_somebody_typed(client: Client, ana: User) -> None:
    [row] = notify([ana], text="Glasgow: section returned", url="/cases/glasgow/", detail="Question 4 names a patient.")
    mail_notifications([row.pk])
    [sent] = mail.outbox
    assert (sent.subject, sent.body) == (
        "Glasgow: section returned",
        f"Glasgow: section returned\n\n{settings.PUBLIC_URL}/cases/glasgow/\n",
    )
    client.force_login(ana)
    assert "Question 4 names a patient." in client.get("/notifications/").content.decode()


def test_line_breaks_in_a_name_are_no_headers_of_a_mail(ana: User) -> None:
    [row] = notify([ana], text="Ana\r\nBcc: all@example.org comments", url="/cases/x/")
    mail_notifications([row.pk])
    assert [sent.subject for sent in mail.outbox] == ["Ana Bcc: all@example.org comments"]


def test_notification_whose_mail_fails_is_tried_again(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Notification) -> None:
        raise ConnectionRefusedError

    rows = notify([ana], text="Your document is ready", url="/cases/x/")
    with monkeypatch.context() as away:
        away.setattr("people.mail.send_notification", refuse)
        mail_notifications([rows[0].pk])
    assert Notification.objects.get().mailed_at is None
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    sweep_mail()
    assert [m.subject for m in mail.outbox] == ["Your document is ready"]


def test_inbox_shows_my_notifications_only_and_marks_them_read(client: Client, ana: User, boss: User) -> None:
    notify([ana], text="For Ana", url="/a/")
    notify([boss], text="For Berta", url="/b/")
    client.force_login(ana)
    page = client.get(reverse("people:notifications")).content.decode()
    assert "For Ana" in page
    assert "For Berta" not in page
    client.post(reverse("people:notifications"))
    assert [(row.user, row.read_at is None) for row in Notification.objects.order_by("pk")] == [
        (ana, False),
        (boss, True),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_inbox_costs_the_same_queries_for_one_and_three(
    client: Client, ana: User, rows: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        notify([ana], text=f"Sentence {number}", url="/a/")
    client.force_login(ana)
    with django_assert_num_queries(INBOX_QUERIES):  # type: ignore[operator]
        client.get(reverse("people:notifications"))


INBOX_QUERIES = 6


def test_account_is_changed_by_its_owner(client: Client, ana: User) -> None:
    client.force_login(ana)
    answer = client.post(reverse("people:account"), {"name": "Ana Popescu", "languages": "Romanian, Ελληνικά"})
    assert answer.status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.languages) == ("Ana Popescu", "Romanian, Ελληνικά")


@pytest.mark.parametrize("name", ["account", "notifications", "password_change"])
def test_stranger_is_led_to_the_login(client: Client, name: str) -> None:
    address = reverse(f"people:{name}")
    assert client.get(address).headers["Location"] == f"{reverse('people:login')}?next={address}"


@pytest.mark.parametrize("name", ["method", "privacy", "password_reset", "password_sent"])
def test_stranger_reads_the_public_pages(client: Client, name: str) -> None:
    assert client.get(reverse(f"people:{name}")).status_code == 200


def test_password_reset_mails_a_link_that_works(client: Client, ana: User) -> None:
    client.post(reverse("people:password_reset"), {"email": ana.email})
    link = next(line for line in mail.outbox[0].body.splitlines() if "/password/" in line)
    form = client.get(link.removeprefix(settings.PUBLIC_URL), follow=True)
    address = form.redirect_chain[-1][0]
    new = "another quiet river"
    client.post(address, {"new_password1": new, "new_password2": new})
    assert User.objects.get(pk=ana.pk).check_password(new)


def test_a_new_password_is_asked_for_in_our_words(client: Client, ana: User) -> None:
    client.force_login(ana)
    page = client.get(reverse("people:password_change")).content.decode()
    help_text = '<p class="help" id="id_new_password1_helptext">At least 10 characters. A short sentence is easy'
    assert [words in page for words in (help_text, "Your password now", "The same password again")] == [True] * 3
    assert "<ul" not in page.partition("<main")[2].partition("</main>")[0]  # no list inside a sentence


def ask_for_password(client: Client, email: str, sender: str = "192.0.2.1") -> tuple[int, str]:
    answer = client.post(reverse("people:password_reset"), {"email": email}, REMOTE_ADDR=sender)
    return answer.status_code, answer.headers["Location"]


def test_password_mails_to_one_account_end_and_nobody_sees_it(client: Client, ana: User) -> None:
    answers = {ask_for_password(client, ana.email, f"192.0.2.{number}") for number in range(5)}
    answers |= {ask_for_password(client, "nobody@example.org")}
    assert answers == {(302, reverse("people:password_sent"))}
    assert len(mail.outbox) == settings.PASSWORD_RESETS_AN_HOUR["account"] == 3
    PasswordReset.objects.update(at=timezone.now() - timedelta(minutes=61))
    ask_for_password(client, ana.email.upper())
    assert len(mail.outbox) == 4


def test_password_mails_from_one_sender_end(client: Client, ana: User) -> None:
    with override_settings(PASSWORD_RESETS_AN_HOUR={"account": 3, "sender": 2}):
        for email in ("a@example.org", "b@example.org", ana.email):
            ask_for_password(client, email)
        assert mail.outbox == []
        ask_for_password(client, ana.email, "192.0.2.9")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (False, "203.0.113.7", "10.0.0.1"),
        (True, "203.0.113.7", "203.0.113.7"),
        (True, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (True, "nonsense", "10.0.0.1"),
        (True, "", "10.0.0.1"),
    ],
)
def test_address_of_a_person_is_what_our_proxy_wrote(*, behind: bool, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    with override_settings(BEHIND_PROXY=behind):
        assert client_address(request) == address
        assert get_client_ip_address(request) == address


def test_password_reset_leads_to_our_address_whatever_host_was_asked(client: Client, ana: User) -> None:
    with override_settings(ALLOWED_HOSTS=["*"]):
        client.post(reverse("people:password_reset"), {"email": ana.email}, headers={"host": "elsewhere.example"})
    link = next(line for line in mail.outbox[0].body.splitlines() if "/password/" in line)
    assert link.startswith(f"{settings.PUBLIC_URL}/password/")


def test_a_script_is_told_who_is_still_logged_in_with_a_token(client: Client, ana: User) -> None:
    address = reverse("people:still_here")
    gone = client.get(address, headers={"Accept": "application/json"})
    client.force_login(ana)
    here = client.get(address, headers={"Accept": "application/json"})
    assert (gone.status_code, gone.json()["code"]) == (401, "login")
    assert (here.json()["user"], len(here.json()["csrf_token"])) == (ana.pk, 64)
    assert "no-store" in here.headers["Cache-Control"]
