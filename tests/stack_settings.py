"""The settings of the real processes that tests start: the product's, with passwords that tests can make quickly.

What is lost is looked for every second, and a process of the worker ends early: tests wait for both.
"""

from config.settings import *  # noqa: F403
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_IMPORTS = ["tests.stack_tasks"]
CELERY_BROKER_TRANSPORT_OPTIONS |= {"unacked_restore_interval": 1}
CELERY_WORKER_MAX_TASKS_PER_CHILD = 10
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "js", "map", "svg", "png", "ico", "woff2", "txt")  # nothing is slow here
