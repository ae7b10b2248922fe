"""The Celery application. Tasks live in each app's `tasks.py` and carry ids only."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("critical_friend")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
