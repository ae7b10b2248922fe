"""Fixtures for every test: clean state, real servers, a running product, a browser.

| fixture | scope | what it gives |
| --- | --- | --- |
| `postgres_url` | session | the DATABASE_URL of a real PostgreSQL (tests that must run on it as Django's own database carry `@pytest.mark.postgres` instead) |
| `redis_url` | session | the address of a real Redis |
| `broker` | test | the RedisServer of `redis_url`; what this test enqueues goes there |
| `celery_worker_process` | test | a real worker on `broker` and on the test's own database, which lives on for the next test: use with `transaction=True` |
| `live_stack` | session | web server, worker and broker as processes on the test database: rows that a test with `transaction=True` makes are there |
| `cast` | test | one case in preparation with somebody in every role, and a stranger (tests/cast.py) |
| `chromium`, `page` | session, test | a browser without network, a page in it; screenshots go to `test-artefacts/` |
| `profiles`, `fresh_profile` | test | a function that gives an emptied profile for one more person; one that nobody has used |
"""

import gc
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from kombu import pools
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from config.celery import app as celery_app
from tests import servers
from tests.cast import cast  # noqa: F401 - a fixture
from tests.profiles import PLAYED, KeptProfile, new_profile
from tests.servers import RedisServer
from tests.stack import ROOT, Stack

ARTEFACTS = ROOT / "test-artefacts"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there: the one without windows does the same in less time."""
TOGETHER = (("live_stack",), ("celery_worker_process",), ("vera", "made"))
PATIENCE = 20_000
"""Milliseconds that a page has for what a test expects of it: a busy machine is slow, not wrong."""
FEATURES_OFF = [
    "RenderDocument",  # a new frame and a new compositor for every page: a third of what a page costs
    # What Playwright turns off by itself: the last such switch wins.
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process for all pages of a profile: a page that opens finds its scripts compiled.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    # A page is painted in few large pieces: a third less to put together.
    "--default-tile-width=1280",
    "--default-tile-height=1024",
    "--disable-features=" + ",".join(FEATURES_OFF),
]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let the test processes ask at once how often a test has failed before.

    pytest-rerunfailures asks the first process that before every test, in short messages. The kernel holds back the
    second of two until the first is confirmed: without this no test would take less than 40 ms.
    """
    asked = getattr(getattr(session.config, "failures_db", None), "sock", None)
    if asked is not None:
        asked.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """What takes long comes first, after the shuffle: at the end, all test processes still have something to do.

    Tests on the running product stand together, so that one process starts it and the others need not; so do those
    with the one worker, and those with veraPDF or the rendered samples. pytest-xdist deals the tests out in as many equal
    piles as there are processes.
    """
    _read_no_sources()
    yield
    hands = getattr(config, "workerinput", {}).get("workercount", 1)
    kinds = [_kind(item) for item in items]
    product, worker, vera, slow, quick = (
        [item for item, its in zip(items, kinds, strict=True) if its == kind] for kind in range(5)
    )
    last = hands - 1
    piles = [
        [*(product if number == 0 else []), *(worker if number == min(1, last) else [])] for number in range(hands)
    ]
    piles[last] += vera + slow
    size = -(-len(items) // hands)
    for pile in piles:
        missing = max(0, size - len(pile))
        pile.extend(quick[:missing])
        del quick[:missing]
    items[:] = [item for pile in piles for item in pile] + quick


def _read_no_sources() -> None:
    """Keep Hypothesis from reading every module of ours for values that it might try: our tests say what is worth trying.

    It would take each test process of a fresh clone two to three seconds.
    """
    if providers := sys.modules.get("hypothesis.internal.conjecture.providers"):
        providers._get_local_constants = lambda: providers._local_constants  # type: ignore[attr-defined] # a module's own


def _kind(item: pytest.Item) -> int:
    """0 to 2 for the tests that share something dear (TOGETHER), 3 for other slow ones, 4 for the rest."""
    fixtures = getattr(item, "fixturenames", ())
    for kind, names in enumerate(TOGETHER):
        if any(name in fixtures for name in names):
            return kind
    return 3 if item.get_closest_marker("slow") or item.get_closest_marker("browser") else 4


def pytest_collection_finish() -> None:
    """Leave alone what is loaded by now: the collector of rubbish would walk through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what it was that got one more try: else nobody could mend it."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"first try of {report.nodeid}", sep="_")
        terminalreporter.write_line(report.longreprtext)


def pytest_unconfigure() -> None:
    """Remove this process's folder: processes of pytest-xdist end without atexit."""
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Nothing here asks for content types and permissions: Django would write all of them after every emptying."""
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = _rows_deleted  # type: ignore[assignment, method-assign] # for this process


def _rows_deleted(_style: object, tables: Iterable[str], **_options: bool) -> list[str]:
    """How PostgreSQL empties the tables after a test: to truncate all takes it a quarter of a second."""
    return [f"DELETE FROM {connection.ops.quote_name(table)};" for table in tables]  # noqa: S608 - our own names


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """What one test counted or cached is not there for the next."""
    cache.clear()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL whose user may create databases."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with servers.postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def _redis() -> Iterator[RedisServer]:
    with servers.redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def redis_url(_redis: RedisServer) -> str:
    """The address of a real Redis."""
    return _redis.url


@pytest.fixture
def broker(_redis: RedisServer) -> Iterator[RedisServer]:
    """A real broker, for what this test enqueues. Comes back if the test ended it."""
    if not _redis.answers():
        _redis.start()
    with _enqueueing_to(_redis.url):
        yield _redis
    if not _redis.answers():
        _redis.stop()
        _redis.start()


class _enqueueing_to:  # noqa: N801 - reads as a sentence
    """What this process enqueues goes to the broker at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> None:
        self.before = celery_app.conf.broker_url
        self._use(self.url)

    def __exit__(self, *_: object) -> None:
        self._use(self.before)

    @staticmethod
    def _use(url: str) -> None:
        celery_app.conf.update(broker_url=url, broker_read_url=url, broker_write_url=url)
        pools.reset()
        celery_app._pool = None  # type: ignore[attr-defined] # what Celery itself does after a fork
        celery_app.amqp._producer_pool = None  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def _session_worker(_redis: RedisServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stack]:
    """One worker for all tests that break something around it: starting one costs seconds. Started when asked for."""
    with django_db_blocker.unblock():
        url = _test_database_url()
    environment = {"REDIS_URL": _redis.url}
    stack = Stack(var_dir=settings.VAR_DIR, database_url=url, environment=environment, mark="-alone")
    stack.broker = _redis
    yield stack
    stack.kill("worker")


@pytest.fixture
def celery_worker_process(_session_worker: Stack, broker: RedisServer, transactional_db: None) -> Iterator[Stack]:
    """A real worker on the test database, with nothing to do. It is a Stack without a web server.

    A test may `kill("worker")` and `start_worker()`.
    """
    stack = _session_worker
    if not stack.is_alive("worker"):
        stack.kill("worker")
        broker.forget()
        stack.start_worker()
    stack.forget_log("worker")
    yield stack
    stack.kill("beat")


@pytest.fixture(scope="session")
def _session_stack(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stack]:
    with django_db_blocker.unblock():
        url = _test_database_url()
    stack = Stack(var_dir=settings.VAR_DIR, database_url=url)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def live_stack(_session_stack: Stack, transactional_db: None) -> Iterator[Stack]:
    """The product as processes, on the test database: what the test makes with the ORM is there at once."""
    with _enqueueing_to(_session_stack.broker.url):
        yield _session_stack


def _test_database_url() -> str:
    """The address of the database that this test process uses now."""
    now = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{now['NAME']}"
    return f"postgres://{now['USER']}@{quote(now['HOST'])}:{now['PORT']}/{now['NAME']}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, without a window."""
    expect.set_options(timeout=PATIENCE)
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _kept_profiles(chromium: Browser) -> list[KeptProfile]:
    return []


@pytest.fixture
def profiles(
    request: pytest.FixtureRequest, chromium: Browser, _kept_profiles: list[KeptProfile]
) -> Iterator[Callable[[], BrowserContext]]:
    """A function: one more empty profile, for one more person at a computer of their own (tests/profiles.py)."""
    addresses = [PLAYED]
    if "live_stack" in request.fixturenames:
        addresses.append(request.getfixturevalue("live_stack").url)
    used: list[KeptProfile] = []

    def another() -> BrowserContext:
        kept = _kept_profiles.pop() if _kept_profiles else KeptProfile(chromium)
        used.append(kept)
        kept.begin(addresses)
        return kept.context

    yield another
    while used:
        used[-1].end()
        _kept_profiles.append(used.pop())


@pytest.fixture
def fresh_profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A profile for this test alone: for what cannot be undone."""
    context = new_profile(chromium)
    yield context
    context.close()


@pytest.fixture
def page(profiles: Callable[[], BrowserContext]) -> Page:
    """An empty page in an empty profile, 1280 by 900 points."""
    return profiles().new_page()


@pytest.fixture
def artefacts(request: pytest.FixtureRequest) -> Path:
    """A folder for what this test wants people to look at: `test-artefacts/<test>/`."""
    folder = ARTEFACTS / str(request.node.name).replace("/", "-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
