"""The pages that ask how it is: `/healthz` (is this process up) and `/readyz` (which part fails).

Both answer without a login and for any host name, so sentences name parts and never addresses or passwords.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from celery.exceptions import CeleryError
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from kombu import Connection
from kombu.exceptions import KombuError

from config.celery import app as celery_app
from people.models import Heartbeat

if TYPE_CHECKING:
    from config.object_storage import ObjectStorage  # only where one is configured: it takes a third of a second

logger = logging.getLogger(__name__)

SECONDS = 2.0
"""How long a part may take to answer."""

LATELY = timedelta(seconds=30)
"""A worker that wrote its sign of life (every 10 s) in this time is alive."""

NOT_LONG_AGO = timedelta(minutes=1)
"""The clock wrote its sign of life (every 10 s) in this time, or it stands."""

ENOUGH_DISK = 200 * 1024 * 1024
"""Bytes; below this, uploads and documents soon fail."""


class Unwell(Exception):  # noqa: N818 - an answer
    """A part that does not work; the message is the sentence."""


@dataclass(frozen=True)
class Answer:
    """What one part said."""

    well: bool
    sentence: str


def database() -> str:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Unwell("The database does not answer. Is it running, and is DATABASE_URL right?") from error
    return "The database answers."


def broker() -> str:
    """Whether the broker takes a connection and answers."""
    try:
        with _broker_now() as link:
            client = getattr(link.default_channel, "client", None)
            if client is not None:
                client.ping()
    except (KombuError, OSError) as error:
        raise Unwell("The broker does not answer. Is Redis running, and is REDIS_URL right?") from error
    return "The broker answers."


@contextmanager
def _broker_now() -> Iterator[Connection]:
    """Connect to the broker, or fail at once: Celery alone would try for six seconds."""
    with celery_app.connection_for_write(connect_timeout=SECONDS) as link:
        link.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
        yield link


def worker() -> str:
    """Whether a worker wrote its sign of life lately; a busy one is asked directly (it answers while it works)."""
    seen = Heartbeat.objects.filter(name="worker").first()
    if seen is not None and timezone.now() - seen.at < LATELY:
        return "A worker has answered in the last half minute."
    try:
        with _broker_now() as link:
            replies = celery_app.control.ping(timeout=SECONDS / 2, limit=1, connection=link)
    except (CeleryError, KombuError, OSError) as error:
        raise Unwell("No worker can be asked, because the broker does not answer.") from error
    if not replies:
        raise Unwell("No worker answers: documents and reminders wait until one runs.")
    return "A worker answers."


def clock() -> str:
    """Whether the clock left its sign of life lately."""
    seen = Heartbeat.objects.filter(name="clock").first()
    if seen is None or timezone.now() - seen.at > NOT_LONG_AGO:
        raise Unwell("The clock does not run: no reminder is sent, and what was left undone stays so.")
    return "The clock runs."


def storage() -> str:
    """Whether files can be kept: the folder can be written and has room, or the object storage answers."""
    if not isinstance(default_storage, FileSystemStorage):
        return _object_storage()
    folder = Path(default_storage.location)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable, free = os.access(folder, os.W_OK), shutil.disk_usage(folder).free
    except OSError as error:
        raise Unwell("The folder for files cannot be made. Check who owns VAR_DIR.") from error
    if not writable:
        raise Unwell("The folder for files cannot be written. Check who owns VAR_DIR.")
    if free < ENOUGH_DISK:
        raise Unwell("The disk is nearly full: less than 200 MB are left for files.")
    return "Files can be written."


def _object_storage() -> str:
    try:
        cast("ObjectStorage", default_storage).ask()
    except OSError as error:
        raise Unwell("The object storage does not answer. Check S3_BUCKET, S3_ENDPOINT_URL and the keys.") from error
    return "The object storage answers."


PARTS: dict[str, Callable[[], str]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "clock": clock,
    "storage": storage,
}


def ask_all() -> dict[str, Answer]:
    """Ask every part at the same time; a part that says nothing in time is not well."""
    pool = ThreadPoolExecutor(max_workers=len(PARTS), thread_name_prefix="readyz")
    asked = {name: pool.submit(_ask, part) for name, part in PARTS.items()}
    wait_for(asked.values(), timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return {name: future.result() if future.done() else _late(name) for name, future in asked.items()}


def _late(name: str) -> Answer:
    return Answer(well=False, sentence=f"The {name} did not answer within {SECONDS:.0f} seconds.")


def _ask(part: Callable[[], str]) -> Answer:
    try:
        return Answer(well=True, sentence=part())
    except Unwell as unwell:
        logger.warning("%s (%s)", unwell, unwell.__cause__)
        return Answer(well=False, sentence=str(unwell))
    except Exception:
        logger.exception("/readyz: %s could not be asked", part.__name__)
        return Answer(well=False, sentence="This could not be asked; the log says why.")
    finally:
        connection.close()  # this thread's own


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@login_not_required
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when every part is well, else 503; JSON with a sentence for each part."""
    answers = ask_all()
    ready = all(answer.well for answer in answers.values())
    told: dict[str, Any] = {name: {"well": answer.well, "says": answer.sentence} for name, answer in answers.items()}
    answer = JsonResponse({"ready": ready, "parts": told}, status=200 if ready else 503)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined] # each unwell part has said so itself
    return answer


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}
