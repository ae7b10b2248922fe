"""The top floor: settings, processes, commands. Imports the apps; nobody imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
