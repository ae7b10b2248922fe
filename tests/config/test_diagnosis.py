"""What `manage.py doctor` says about each thing, well and wrong."""

import os
import smtplib
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from config import diagnosis
from config.diagnosis import Verdict
from tests.servers import RedisServer, free_port

WELL, DOUBTFUL, WRONG = Verdict.WELL, Verdict.DOUBTFUL, Verdict.WRONG


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / ".env"
    monkeypatch.setenv("ENV_FILE", str(file))
    return file


def test_a_mistyped_name_is_found_with_the_right_one(env_file: Path) -> None:
    env_file.write_text("ALOWED_HOSTS=a.example\nPUBLIC_URL=https://a.example\n")

    found = diagnosis.names()

    assert (found.verdict, found.sentence) == (
        WRONG,
        ".env has names that are no setting: ALOWED_HOSTS (do you mean ALLOWED_HOSTS?).",
    )


def test_every_name_of_the_example_is_a_setting(env_file: Path, settings: Settings) -> None:
    env_file.write_text((settings.BASE_DIR / ".env.example").read_text().replace("# ", ""))

    assert diagnosis.names().verdict is WELL


@pytest.mark.parametrize(
    ("public", "allowed", "verdict"),
    [
        ("https://a.example", ["a.example"], WELL),
        ("https://a.example", [".example"], WELL),
        ("https://a.example", ["b.example"], WRONG),
        ("https://a.example", ["*"], DOUBTFUL),
        ("a.example", ["a.example"], WRONG),
    ],
)
def test_hosts(settings: Settings, public: str, allowed: list[str], verdict: Verdict) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = public, allowed

    assert diagnosis.hosts().verdict is verdict


def test_the_cure_for_hosts_can_be_pasted(settings: Settings) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://a.example", ["localhost"]

    assert diagnosis.hosts().cure == "ALLOWED_HOSTS=localhost,a.example"


@pytest.mark.parametrize(
    ("public", "demonstration", "verdict"),
    [
        ("http://localhost:8000", False, Verdict.DOUBTFUL),
        ("http://localhost:8000", True, WELL),
        ("https://a.example", False, WELL),
    ],
)
def test_permanent_address_of_reports_is_one_that_lasts(
    settings: Settings, public: str, verdict: Verdict, *, demonstration: bool
) -> None:
    settings.PUBLIC_URL, settings.DEMONSTRATION = public, demonstration

    assert diagnosis.permanence().verdict is verdict


@pytest.mark.parametrize(("origins", "verdict"), [([], WELL), (["https://a.example"], WELL), (["a.example"], WRONG)])
def test_origins_need_a_scheme(settings: Settings, origins: list[str], verdict: Verdict) -> None:
    settings.CSRF_TRUSTED_ORIGINS = origins

    assert diagnosis.origins().verdict is verdict


@pytest.mark.parametrize(
    ("public", "header", "verdict"),
    [
        ("http://localhost:8000", None, WELL),
        ("https://a.example", ("HTTP_X_FORWARDED_PROTO", "https"), WELL),
        ("https://a.example", None, WRONG),
        ("http://a.example", ("HTTP_X_FORWARDED_PROTO", "https"), DOUBTFUL),
    ],
)
def test_the_proxy_header_is_on_exactly_behind_https(
    settings: Settings, public: str, header: tuple[str, str] | None, verdict: Verdict
) -> None:
    settings.PUBLIC_URL, settings.SECURE_PROXY_SSL_HEADER = public, header

    assert diagnosis.proxy().verdict is verdict


def test_a_short_secret_is_wrong(settings: Settings) -> None:
    settings.SECRET_KEY = "x" * 49

    assert diagnosis.secret().sentence == "SECRET_KEY has 49 characters: logins can be forged."


@pytest.mark.parametrize(("given", "verdict"), [({}, DOUBTFUL), ({"SECRET_KEY": "x" * 50}, WELL)])
def test_several_machines_share_a_secret(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], verdict: Verdict
) -> None:
    settings.SECRET_KEY = "x" * 50
    monkeypatch.setattr(os, "environ", {"DATABASE_URL": "postgres://a@b/c", **given})

    assert diagnosis.secret().verdict is verdict


@pytest.mark.parametrize(("on", "verdict"), [(True, WRONG), (False, WELL)])
def test_debug(settings: Settings, on: bool, verdict: Verdict) -> None:  # noqa: FBT001 - a parameter of the test
    settings.DEBUG = on

    assert diagnosis.debug().verdict is verdict


@pytest.mark.parametrize(
    ("on", "public", "verdict"),
    [(False, "https://a.example", WELL), (True, "http://localhost:8000", WELL), (True, "https://a.example", WRONG)],
)
def test_the_demonstration_stays_on_this_machine(
    settings: Settings,
    on: bool,  # noqa: FBT001 - a parameter of the test
    public: str,
    verdict: Verdict,
) -> None:
    settings.DEMONSTRATION, settings.PUBLIC_URL = on, public

    assert diagnosis.demonstration().verdict is verdict


def test_mail_that_is_not_sent_is_said(settings: Settings) -> None:
    settings.EMAIL_IS_SENT, settings.EMAIL_FILE_PATH = False, "/var/mail"

    assert diagnosis.mail().sentence == "E-mail is not sent: it is written to /var/mail."


def test_a_mail_server_that_does_not_answer_is_wrong(settings: Settings) -> None:
    settings.EMAIL_IS_SENT, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    assert diagnosis.mail().verdict is WRONG


def test_a_refused_password_is_wrong(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_IS_SENT, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"

    def refuse(*_: object, **__: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr(smtplib, "SMTP", refuse)

    assert diagnosis.mail().cure == "Correct EMAIL_URL: host, port, password"


def test_a_sender_that_servers_refuse_is_wrong(settings: Settings) -> None:
    settings.EMAIL_IS_SENT, settings.DEFAULT_FROM_EMAIL = True, "Critical Friend <noreply@localhost>"

    assert diagnosis.mail().verdict is WRONG


def test_missing_fonts_are_wrong(settings: Settings, tmp_path: Path) -> None:
    settings.FONTS_DIR = tmp_path

    assert diagnosis.fonts().cure == "python manage.py build_fonts"


@pytest.mark.django_db
def test_database_and_tables_are_well() -> None:
    assert [diagnosis.database().verdict, diagnosis.migrations().verdict] == [WELL, WELL]


def test_storage_is_written_read_and_removed(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path

    assert diagnosis.storage().sentence == "A file was written, read and removed."
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_the_command_counts_what_is_wrong_and_says_so_to_scripts(
    broker: RedisServer, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "http://localhost:8000", ["localhost"]
    settings.FONTS_DIR.mkdir(exist_ok=True)
    broker.stop()

    with pytest.raises(SystemExit) as ended:
        call_command("doctor", no_color=True)

    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "well   hosts          This server answers as localhost.\n" in said
    assert "WRONG  broker         The broker does not answer. Is Redis running, and is REDIS_URL right?\n" in said
    assert f"{said.count('WRONG')} things to put right." in said
