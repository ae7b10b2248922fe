"""What `manage.py doctor` looks at. Each function looks at one thing and says what it found, in sentences.

A finding is well, doubtful (works, but look at it) or wrong (people will meet it); the last two say the cure.
"""

import difflib
import importlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host
from django.utils import timezone

from config import health
from people.mail import unsent
from reviews.uploads import scanning

SECRET_LENGTH = 50
PATIENCE = timedelta(minutes=5)
"""What was tried again so often waits for a reason."""

LOCAL = {"localhost", "127.0.0.1", "::1"}


class Verdict(StrEnum):
    """How a thing stands."""

    WELL = "well"
    DOUBTFUL = "look"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """What was found about one thing, and the cure where one is needed."""

    about: str
    verdict: Verdict
    sentence: str
    cure: str = ""


def well(about: str, sentence: str) -> Finding:
    """Nothing to do."""
    return Finding(about, Verdict.WELL, sentence)


def doubtful(about: str, sentence: str, cure: str) -> Finding:
    """Works, and may surprise somebody."""
    return Finding(about, Verdict.DOUBTFUL, sentence, cure)


def wrong(about: str, sentence: str, cure: str) -> Finding:
    """Does not work, or is not safe."""
    return Finding(about, Verdict.WRONG, sentence, cure)


def examine() -> Iterator[Finding]:
    """Look at everything, the quick things first."""
    for look in (names, hosts, permanence, origins, proxy, secret, debug, demonstration, mail, fonts, static_files):
        yield look()
    yield database()
    yield migrations()
    for part in ("broker", "worker", "clock"):
        yield _part(part)
    yield post()
    yield storage()
    yield scanner()


def names() -> Finding:
    """Settings in .env or the environment that nobody reads: a typing mistake looks like a setting without effect."""
    known = _names_in(settings.BASE_DIR / ".env.example")
    file = Path(os.environ.get("ENV_FILE", settings.BASE_DIR / ".env"))
    unknown = sorted(_names_in(file) - known) if file.is_file() else []
    if not unknown:
        return well("names", "Every name in .env is a setting.")
    near = {name: difflib.get_close_matches(name, known, n=1) for name in unknown}
    said = ", ".join(f"{name} (do you mean {match[0]}?)" if match else name for name, match in near.items())
    return wrong("names", f"{file.name} has names that are no setting: {said}.", "See .env.example for all names.")


def _names_in(file: Path) -> set[str]:
    lines = (line.strip().removeprefix("# ").removeprefix("export ") for line in file.read_text().splitlines())
    names = {line.partition("=")[0].strip() for line in lines if "=" in line}
    return {name for name in names if name.isupper() and name.replace("_", "").isalnum()}


def hosts() -> Finding:
    """Whether this server answers under the address that people type."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not host:
        return wrong("hosts", f"PUBLIC_URL is no address: {settings.PUBLIC_URL!r}.", "PUBLIC_URL=https://your.name")
    if "*" in settings.ALLOWED_HOSTS:
        return doubtful("hosts", "ALLOWED_HOSTS accepts every name.", f"ALLOWED_HOSTS={host}")
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return wrong(
            "hosts",
            f"People type {host} (PUBLIC_URL), and this server refuses that name: they see 'Bad request'.",
            f"ALLOWED_HOSTS={','.join([*settings.ALLOWED_HOSTS, host])}",
        )
    return well("hosts", f"This server answers as {host}.")


def permanence() -> Finding:
    """Whether the address that published reports print for good is one that will last."""
    address = urlsplit(settings.PUBLIC_URL)
    if address.hostname in LOCAL and not settings.DEMONSTRATION:
        return doubtful(
            "permanence",
            f"Published reports print {settings.PUBLIC_URL} as their permanent address, and nobody else can open it.",
            "PUBLIC_URL=https://your.name, before the first report is published",
        )
    return well("permanence", f"Published reports stay at {settings.PUBLIC_URL}/library/.")


def origins() -> Finding:
    """Whether the other origins are written as browsers send them."""
    bare = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "://" not in origin]
    if bare:
        return wrong(
            "origins",
            f"CSRF_TRUSTED_ORIGINS needs the scheme: {', '.join(bare)} matches nothing, and forms are refused.",
            "CSRF_TRUSTED_ORIGINS=" + ",".join(f"https://{origin}" for origin in bare),
        )
    return well("origins", "Forms are accepted from this site's own pages.")


def proxy() -> Finding:
    """Whether https is believed exactly when a proxy ends it."""
    https, behind = settings.PUBLIC_URL.startswith("https://"), bool(settings.SECURE_PROXY_SSL_HEADER)
    if https and not behind:
        return wrong(
            "proxy",
            "PUBLIC_URL is https, and this server speaks http: without the proxy's word it sends people in a circle.",
            "BEHIND_PROXY=true, and let the proxy set X-Forwarded-Proto itself",
        )
    if behind and not https:
        return doubtful(
            "proxy",
            "BEHIND_PROXY is on, and PUBLIC_URL is not https: anybody can claim to come over https.",
            "PUBLIC_URL=https://..., or BEHIND_PROXY=false",
        )
    return well("proxy", "https is ended by a proxy in front." if behind else "No proxy, no https: for this machine.")


def secret() -> Finding:
    """Whether the secret is long, ours, and shared by all machines."""
    if len(settings.SECRET_KEY) < SECRET_LENGTH:
        return wrong(
            "secret",
            f"SECRET_KEY has {len(settings.SECRET_KEY)} characters: logins can be forged.",
            'SECRET_KEY=... from: python -c "import secrets; print(secrets.token_urlsafe(64))"',
        )
    if not os.environ.get("SECRET_KEY") and os.environ.get("DATABASE_URL"):
        return doubtful(
            "secret",
            "The secret is a file of this machine: with a second machine, people are logged out at every click.",
            f"SECRET_KEY=... the same everywhere (it is in {settings.VAR_DIR / 'secret_key'})",
        )
    return well("secret", "The secret is long enough.")


def debug() -> Finding:
    """Whether error pages tell strangers about the code."""
    if settings.DEBUG:
        return wrong("debug", "DEBUG is on: error pages show code and settings to everybody.", "DEBUG=false")
    return well("debug", "Error pages show nothing of the code.")


def demonstration() -> Finding:
    """Whether the known passwords can be reached from elsewhere."""
    if not settings.DEMONSTRATION:
        return well("demonstration", "The demonstration is off.")
    if urlsplit(settings.PUBLIC_URL).hostname in LOCAL:
        return well("demonstration", "The demonstration is on, and only this machine sees it.")
    return wrong(
        "demonstration",
        "The demonstration is on at a public address: its passwords are in a file.",
        "DEMONSTRATION=false, and an empty database",
    )


def mail() -> Finding:
    """Whether invitations and reminders arrive: asks the mail server, sends nothing."""
    if not settings.EMAIL_IS_SENT:
        return doubtful(
            "mail",
            f"E-mail is not sent: it is written to {settings.EMAIL_FILE_PATH}.",
            "EMAIL_URL=smtp+tls://user:password@host:587",
        )
    link = get_connection(timeout=5)
    try:
        link.open()
        link.close()
    except (OSError, SMTPException) as error:
        return wrong("mail", f"The mail server does not take us: {error}.", "Correct EMAIL_URL: host, port, password")
    if "@localhost" in settings.DEFAULT_FROM_EMAIL:
        return wrong(
            "mail",
            f"E-mail comes from {settings.DEFAULT_FROM_EMAIL}: most servers refuse that.",
            "DEFAULT_FROM_EMAIL=Critical Friend <reviews@your.domain>",
        )
    return well("mail", "The mail server takes us.")


def post() -> Finding:
    """Whether messages pile up: the mail server, the worker or the clock is or was away."""
    try:
        waiting = sorted(row.created_at for rows in unsent() for row in rows)
    except DatabaseError:
        return wrong("post", "This cannot be asked while the tables cannot be read.", "See database and tables")
    if not waiting or timezone.now() - waiting[0] < PATIENCE:
        return well("post", "No message waits for long.")
    many = "1 message waits" if len(waiting) == 1 else f"{len(waiting)} messages wait"
    return doubtful(
        "post",
        f"{many} to be sent, since {waiting[0]:%d %B, %H:%M} UTC.",
        "See mail, worker and clock; what waits for three days is given up",
    )


def fonts() -> Finding:
    """Whether documents have their letters, and the libraries that set them."""
    try:
        importlib.import_module("weasyprint")
    except OSError as error:
        return wrong(
            "fonts",
            f"The libraries that set text for PDF files are missing ({error}).",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    if not (settings.FONTS_DIR / "stamp.json").exists():
        return wrong("fonts", f"There are no fonts in {settings.FONTS_DIR}.", "python manage.py build_fonts")
    return well("fonts", "Fonts and text libraries are there.")


def static_files() -> Finding:
    """Whether style sheets and scripts were collected since the last update."""
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return well("static", "Style sheets are served as they are.")
    try:
        manifest = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())
    except (OSError, ValueError):
        return wrong("static", "Style sheets were never collected.", "python manage.py collectstatic --noinput")
    here = {str(file.relative_to(settings.BASE_DIR / "static")) for file in _files(settings.BASE_DIR / "static")}
    missing = sorted(here - manifest["paths"].keys())
    if missing:
        return wrong(
            "static",
            f"{len(missing)} files came with an update and were not collected, such as {missing[0]}.",
            "python manage.py collectstatic --noinput",
        )
    return well("static", "Style sheets and scripts are collected.")


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def database() -> Finding:
    """Whether it answers."""
    return _part("database")


def migrations() -> Finding:
    """Whether the tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return wrong("tables", "The tables cannot be read while the database does not answer.", "See database")
    if left:
        return wrong("tables", f"{len(left)} changes of the tables are not made yet.", "python manage.py migrate")
    return well("tables", "The tables are those of this version.")


def storage() -> Finding:
    """Whether a file can be written, read and removed: with an object storage each needs its own permission."""
    first = _part("storage")
    if first.verdict is not Verdict.WELL:
        return first
    try:
        name = default_storage.save("doctor/probe.txt", ContentFile(b"probe"))
        with default_storage.open(name) as file:
            same = file.read() == b"probe"
        default_storage.delete(name)
    except OSError as error:
        why = error.__cause__ or error
        return wrong("storage", f"A file could not be written, read and removed: {why}.", CURES["storage"])
    if not same:
        return wrong("storage", "A file came back different.", CURES["storage"])
    return well("storage", "A file was written, read and removed.")


def scanner() -> Finding:
    """Whether the virus scanner answers, where one is configured: without an answer no file can be added."""
    try:
        asked = scanning.scanner()
    except ValueError as error:
        return wrong("scanner", f"{error}.", CURES["scanner"])
    if asked is None:
        return doubtful(
            "scanner", "Files are not scanned for viruses.", "CLAMAV_URL=tcp://host:3310, see operations.md"
        )
    try:
        with scanning.closing_after(asked):
            version = asked.version()
    except (ClamdError, OSError) as error:
        return wrong("scanner", f"The virus scanner does not answer: no file can be added. {error}", CURES["scanner"])
    return well("scanner", f"The virus scanner answers: {version}.")


CURES = {
    "database": "Start it, or correct DATABASE_URL=postgres://user:password@host:5432/name",
    "broker": "make run starts a private one; or correct REDIS_URL=redis://:password@host:6379/0",
    "worker": "make run starts one; on servers: the command of `worker` in compose.yaml",
    "clock": "make run starts one; on servers, exactly once: the command of `beat` in compose.yaml",
    "scanner": "Start clamd, or correct CLAMAV_URL=tcp://host:3310 or unix:///run/clamav/clamd.ctl; empty is without",
    "storage": "Give VAR_DIR to the user that runs this; or correct S3_BUCKET, S3_ENDPOINT_URL and the keys;"
    " python manage.py make_bucket makes a bucket that is not there yet",
}


def _part(name: str) -> Finding:
    """The same question as `/readyz`."""
    part: Callable[[], str] = health.PARTS[name]
    try:
        return well(name, part())
    except health.Unwell as unwell:
        return wrong(name, str(unwell), CURES[name])
    except DatabaseError:
        return wrong(name, "This cannot be asked while the tables cannot be read.", "See database and tables")
