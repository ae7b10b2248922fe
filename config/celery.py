"""The Celery application. Tasks live in each app's `tasks.py` and carry ids only."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

from config import broker, libraries, orphans

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

broker.mend()
libraries.mend()
orphans.end_with_parent()
app = Celery("critical_friend")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def say_hello(**_: Any) -> None:
    """A worker that starts does not wait for the clock to give its first sign of life."""
    app.send_task("people.note_worker_alive", expires=20)
