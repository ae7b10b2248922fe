"""The top floor: settings, processes, commands. Imports the apps; nobody imports it."""

import gc

from config.celery import app as celery_app

# What a start loads stays: looking for rubbish among it every 700 objects took a tenth of every start.
gc.set_threshold(50_000, 20, 20)

__all__ = ["celery_app"]
