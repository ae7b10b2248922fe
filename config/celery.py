"""The Celery application. Tasks live in each app's `tasks.py` and carry ids only."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, before_task_publish, worker_ready
from django.db import DatabaseError, close_old_connections

from config import broker, libraries, orphans

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

logger = logging.getLogger(__name__)
SIGN_OF_WORKER = "people.note_worker_alive"

broker.mend()
libraries.mend()
orphans.end_with_parent()
app = Celery("critical_friend")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def say_hello(**_: Any) -> None:
    """A worker that starts does not wait for the clock to give its first sign of life."""
    app.send_task(SIGN_OF_WORKER, expires=20)


@beat_init.connect
def mind_the_clock(**_: Any) -> None:
    """The clock gives its own sign of life whenever it asks for the worker's: every worker may be busy."""
    before_task_publish.connect(note_clock_alive, sender=SIGN_OF_WORKER)
    note_clock_alive()


def note_clock_alive(**_: Any) -> None:
    """Leave the clock's sign of life; without a database it goes on without one."""
    from people.models import Heartbeat  # noqa: PLC0415 - when the apps are loaded

    close_old_connections()
    try:
        Heartbeat.note("clock")
    except DatabaseError as error:
        logger.warning("The clock could not leave its sign of life: %s", error)
