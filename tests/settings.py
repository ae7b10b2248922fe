"""The product's settings, strict and quick, with a folder of its own for every test process.

A developer's environment and `.env` do not reach the tests. `TEST_DATABASE_URL` names a real PostgreSQL
(`python -m tests.servers` sets it); without it the tests run on SQLite.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_ours = Path(__file__).resolve().parent.parent
VAR_DIR = Path(tempfile.mkdtemp(prefix="cf-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)

for line in (_ours / ".env.example").read_text().splitlines():
    os.environ.pop(line.lstrip("# ").partition("=")[0], None)
os.environ |= {
    "ENV_FILE": os.devnull,
    "VAR_DIR": str(VAR_DIR),
    "SECRET_KEY": "only-for-tests",
    "DEMONSTRATION": "true",
    "DOCUMENT_PARTS_MB": "0",  # each test makes its documents itself
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the browser driver runs a loop in the thread that also uses the ORM
}
if _server := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = _server

# The fonts take half a minute to make: `make test` makes them once, in the usual place.
(VAR_DIR / "fonts").symlink_to(_ours / "var" / "fonts")
(VAR_DIR / "static").mkdir()

from config.settings import *  # noqa: E402, F403 - the environment above comes first
from config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that other processes (web server, worker) and threads see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    # What a power cut would do to it does not matter.
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=NORMAL", "synchronous=OFF")
CELERY_BROKER_URL = "memory://"  # what is enqueued is kept and not run; the fixture `broker` gives a real one
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
# Every client of a test would list the static files anew, which a server does once.
WHITENOISE_AUTOREFRESH = True
