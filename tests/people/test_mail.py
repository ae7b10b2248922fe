"""Messages that could not be sent at once: when they are sent, and when no more."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from config import diagnosis
from config.diagnosis import Verdict
from people.actions.invitations import invite
from people.actions.notifications import notify
from people.models import Invitation, Notification, User
from people.tasks import mail_invitation, mail_notifications, sweep_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", "seven quiet rivers", name="Ana Pop")


@pytest.fixture
def server_says(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """What the mail server answers from now on; None is that it takes everything."""
    takes = mail.EmailMessage.send

    def say(error: Exception | None) -> None:
        def send(message: mail.EmailMessage) -> int:
            if error:
                raise error
            return takes(message)

        monkeypatch.setattr(mail.EmailMessage, "send", send)

    return say


def passes(time: timedelta) -> None:
    for model in (Notification, Invitation):
        for row in model._default_manager.all():
            row.created_at -= time
            row.save(update_fields=["created_at"])


def link_of(message: mail.EmailMessage) -> str:
    [line] = [line for line in str(message.body).splitlines() if "/invitations/" in line]
    return line.removeprefix(settings.PUBLIC_URL)


def test_an_invitation_outlasts_a_mail_server_that_is_away_for_an_hour(
    ana: User, client: Client, server_says: Callable[[Exception | None], None]
) -> None:
    invite(email="new@example.org", name="Nia", city=None, by=ana, purpose="a review")
    server_says(ConnectionRefusedError())
    mail_invitation(Invitation.objects.get().pk)
    for _ in range(60):
        passes(timedelta(minutes=1))
        sweep_mail()
    server_says(None)
    sweep_mail()
    sweep_mail()

    assert [m.to for m in mail.outbox] == [["new@example.org"]]
    assert client.get(link_of(mail.outbox[0])).status_code == 200


def test_what_a_broker_that_was_away_never_gave_out_is_sent(ana: User) -> None:
    """Nothing was enqueued: as after a commit whose task found no broker."""
    notify([ana], text="Your document is ready", url="/cases/x/")
    invite(email="new@example.org", name="Nia", city=None, by=ana, purpose="a review")
    sweep_mail()
    assert mail.outbox == []
    passes(timedelta(minutes=1))
    sweep_mail()
    assert [m.to for m in mail.outbox] == [["new@example.org"], ["ana@example.org"]]


def test_a_server_that_is_away_is_asked_once_a_sweep(
    ana: User, server_says: Callable[[Exception | None], None], caplog: pytest.LogCaptureFixture
) -> None:
    notify([ana], text="One", url="/a/")
    notify([ana], text="Two", url="/b/")
    passes(timedelta(minutes=1))
    server_says(SMTPServerDisconnected("Connection unexpectedly closed"))
    sweep_mail()
    assert [record.message for record in caplog.records if record.name == "people.tasks"] == [
        "The mail server takes nothing now, and is asked again in a minute: Connection unexpectedly closed"
    ]
    assert Notification.objects.filter(mailed_at=None).count() == 2


@pytest.mark.parametrize(
    ("answer", "is_tried_again"),
    [
        (SMTPRecipientsRefused({"ana@example.org": (550, b"no such user")}), False),
        (SMTPRecipientsRefused({"ana@example.org": (451, b"later")}), True),
        (SMTPDataError(554, b"no"), False),
        (SMTPDataError(452, b"full"), True),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again_and_holds_up_nobody(
    ana: User, server_says: Callable[[Exception | None], None], answer: Exception, *, is_tried_again: bool
) -> None:
    [first, second] = notify([ana, ana], text="Your document is ready", url="/a/")
    server_says(answer)
    mail_notifications([first.pk])
    server_says(None)
    mail_notifications([second.pk])
    passes(timedelta(minutes=1))
    sweep_mail()
    assert len(mail.outbox) == 1 + is_tried_again


def test_what_is_too_old_or_no_longer_wanted_is_not_sent(ana: User) -> None:
    notify([ana], text="Old", url="/a/")
    invite(email="old@example.org", name="Old", city=None, by=ana, purpose="a review")
    passes(timedelta(days=3))
    invite(email="new@example.org", name="Nia", city=None, by=ana, purpose="a review")
    notify([ana], text="New", url="/a/")
    passes(timedelta(minutes=1))
    User.objects.update(is_active=False)
    sweep_mail()
    assert mail.outbox == []


def test_doctor_counts_what_waits_to_be_sent(ana: User) -> None:
    notify([ana], text="One", url="/a/")
    assert diagnosis.post().sentence == "No message waits for long."
    passes(timedelta(minutes=6))
    since = Notification.objects.get().created_at
    found = diagnosis.post()
    assert found.verdict is Verdict.DOUBTFUL
    assert found.sentence == f"1 message waits to be sent, since {since:%d %B, %H:%M} UTC."
