"""Settings, in one file. Every value that a deployment changes comes from the environment (see .env.example).

With nothing set, this is the embedded product: SQLite and a private Redis on a socket below VAR_DIR.
"""

import os
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from config.sockets import broker_socket

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# --- Where things are kept ------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
RUN_DIR = VAR_DIR / "run"
FONTS_DIR = VAR_DIR / "fonts"

# --- What kind of installation this is ------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
_CONFIGURED = {"DATABASE_URL", "REDIS_URL", "S3_BUCKET", "PUBLIC_URL", "ALLOWED_HOSTS", "EMAIL_URL"} & os.environ.keys()
DEMONSTRATION = env.bool("DEMONSTRATION", default=not _CONFIGURED)  # nothing configured: somebody wants to look at it
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")


def _secret_key() -> str:
    """The secret from the environment, else one made once and kept below VAR_DIR (never in the repository)."""
    if given := env.str("SECRET_KEY", default=""):
        return str(given)
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        import secrets  # noqa: PLC0415 - only on the very first start

        VAR_DIR.mkdir(parents=True, exist_ok=True)
        try:
            with open(kept, "x", opener=_private_opener) as handle:
                handle.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
    text: str = kept.read_text()
    return text


def _private_opener(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.ProjectConfig",
    "reports",
    "visits",
    "reviews",
    "people",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticFilesConfig",
    "axes",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.HealthFirst",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.StopLargeRequests",
    "config.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_FILES: list[Any] = [("django.template.loaders.filesystem.Loader", [BASE_DIR / "templates"])]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _FILES if DEBUG else [("django.template.loaders.cached.Loader", _FILES)],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context.shell",
            ],
            "builtins": [
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "people.templatetags.words",
                "reviews.templatetags.seats",
            ],
        },
    }
]
FORM_RENDERER = "people.rendering.FormRenderer"

# --- Database -------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and WAL: with DEFERRED, two writers at once fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        ),
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=300)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Broker and worker ----------------------------------------------------------------------------
REDIS_SOCKET = broker_socket(RUN_DIR)
REDIS_URL = env.str("REDIS_URL", default="") or f"redis+socket://{REDIS_SOCKET}"
REDIS_IS_PRIVATE = f"redis+socket://{REDIS_SOCKET}" == REDIS_URL  # then `manage.py up` starts it
DOCUMENT_SECONDS = env.int("DOCUMENT_SECONDS", default=300)  # a document that takes longer is ended with a reason
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True  # the truth about a job is the Document row
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = DOCUMENT_SECONDS
CELERY_TASK_TIME_LIMIT = DOCUMENT_SECONDS + 30
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 450_000  # kB
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # what a library leaks ends with its process
DOCUMENT_PARTS_DIR = VAR_DIR / "parts"  # laid out parts of documents, kept for their next version
DOCUMENT_PARTS_MB = env.int("DOCUMENT_PARTS_MB", default=256)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 3.0  # asked to stop: seconds to finish, then the rest goes back to the queue
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker, however long it is away
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * (DOCUMENT_SECONDS + 30),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "unacked_mutex_expire": 10,  # a worker killed while it looks for lost work must not keep others from it for long
    "socket_connect_timeout": 3,
}
# An HTTP request must not hang on a dead broker: the sweeper sends what could not be sent.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_TASK_DEFAULT_QUEUE = "critical_friend"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(RUN_DIR / "beat-schedule")
_AT_NIGHT = crontab(hour="3", minute="17")  # by the clock: a day counted from each start of a clock might never end
CELERY_BEAT_SCHEDULE = {
    "sweep-documents": {"task": "reports.sweep_documents", "schedule": 15.0},
    "remind-of-deadlines": {"task": "reviews.remind_of_deadlines", "schedule": 3600.0},
    "remind-of-sections": {"task": "reports.remind_of_sections", "schedule": 3600.0},
    "sweep-readings": {"task": "reviews.sweep_readings", "schedule": 15.0},
    "remind-of-announced-files": {"task": "reviews.remind_of_announced_files", "schedule": 3600.0},
    "sweep-filled-forms": {"task": "reviews.sweep_filled_forms", "schedule": 15.0},
    "sweep-uploads": {"task": "reviews.sweep_uploads", "schedule": 1800.0},
    "sweep-files-without-row": {"task": "reviews.sweep_files_without_row", "schedule": _AT_NIGHT},
    "sweep-documents-without-row": {"task": "reports.sweep_files_without_row", "schedule": _AT_NIGHT},
    "sweep-archives": {"task": "reports.sweep_archives", "schedule": 3600.0},
    "mind-fact-checks": {"task": "reports.mind_fact_checks", "schedule": 3600.0},
    "mind-consents": {"task": "reports.mind_consents", "schedule": 600.0},
    "sweep-mail": {"task": "people.sweep_mail", "schedule": 60.0, "options": {"expires": 55}},
    "worker-is-alive": {"task": "people.note_worker_alive", "schedule": 10.0, "options": {"expires": 20}},
}

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", FONTS_DIR / "web")]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = ""  # no file is served by address: every download goes through a view that asks who you are
# Source maps are for developers: nobody waits for them, and packing theirs took most of the first start.
_PACKED = ("map", "png", "jpg", "jpeg", "webp", "gif", "ico", "woff2", "woff", "gz", "br")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages ask for the name with the hash only: the other is not packed again
WHITENOISE_SKIP_COMPRESS_EXTENSIONS: tuple[str, ...] = _PACKED
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"base_url": None}},
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
if S3_BUCKET := env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "config.object_storage.ObjectStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "region_name": env.str("S3_REGION", default=None),
            "access_key": env.str("S3_ACCESS_KEY", default=None),
            "secret_key": env.str("S3_SECRET_KEY", default=None),
        },
    }
WORK_DIR = VAR_DIR / "work"  # archives while they are written: on the disk of MEDIA_ROOT they are moved, not copied
ARCHIVE_DAYS = env.int("ARCHIVE_DAYS", default=14)  # an archive is deleted after so many days; it can be made again
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_MB", default=20) * 1024 * 1024
EVIDENCE_CASE_BYTES = env.int("EVIDENCE_CASE_MB", default=2000) * 1024 * 1024  # all files of a case, old versions too
EVIDENCE_MAX_FILES = env.int("EVIDENCE_MAX_FILES", default=500)  # rows of a case
UPLOAD_PIECE_BYTES = 4 * 1024 * 1024  # the most that one request of a resumable upload brings
UPLOAD_HOURS = 24  # an unfinished upload that nobody went on with is forgotten
UPLOAD_REQUEST_BYTES = 5 * EVIDENCE_MAX_BYTES + 1024 * 1024  # a form with several files; more is not even read
CLAMAV_URL = env.str("CLAMAV_URL", default="")  # tcp://host:3310 or unix:///path; without one, nothing is scanned
CLAMAV_SECONDS = env.int("CLAMAV_SECONDS", default=60)
FILE_UPLOAD_HANDLERS = [
    "people.uploading.StopLargeFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Who you are ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "reviews:tasks"
LOGOUT_REDIRECT_URL = "reports:library"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
AXES_USERNAME_FORM_FIELD = "username"  # the name of the field in the form; the e-mail address is what it holds
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "people.asked.client_address"
PASSWORD_RESETS_AN_HOUR = {"account": 3, "sender": 20}  # mails; a whole city hall may share one address
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False

# --- Security -------------------------------------------------------------------------------------
_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_ENGINE = "people.sessions"  # Django's own in the database, read sooner
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=_HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if _HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.middleware.form_expired"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- E-mail ---------------------------------------------------------------------------------------
EMAIL_IS_SENT = bool(env.str("EMAIL_URL", default=""))
EMAIL_TIMEOUT = 10  # seconds; a mail server that says nothing would hold a web process or a worker for minutes
if EMAIL_IS_SENT:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # whom readers of a withdrawn report may ask; shown to everybody
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Critical Friend <noreply@localhost>")

# --- Language, time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Messages and logs ----------------------------------------------------------------------------
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # warns that a broker on a socket has no host name
    },
}
