"""The settings of the real processes that tests start: the product's, with passwords that tests can make quickly.

The broker gives lost work out again after seconds, not after eleven minutes: tests wait for it.
"""

import os

from config.settings import *  # noqa: F403
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_IMPORTS = ["tests.stack_tasks"]
CELERY_BROKER_TRANSPORT_OPTIONS |= {
    "visibility_timeout": int(os.environ.get("TEST_VISIBILITY_SECONDS", "30")),
    "unacked_restore_interval": 1,
}
CELERY_WORKER_MAX_TASKS_PER_CHILD = int(os.environ.get("TEST_TASKS_PER_CHILD", "200"))
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "js", "map", "svg", "png", "ico", "woff2", "txt")  # nothing is slow here
