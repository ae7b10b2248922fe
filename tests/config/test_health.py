"""`/healthz` and `/readyz`, against real parts."""

import json
import os
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery.signals import before_task_publish
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config import health
from config.celery import SIGN_OF_WORKER, mind_the_clock, note_clock_alive
from people.models import Heartbeat
from people.tasks import note_worker_alive
from tests.cast import make_cast
from tests.servers import RedisServer, wait_until
from tests.stack import Stack

pytestmark = pytest.mark.django_db(transaction=True)


def test_healthz_answers_any_host_without_login(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "10.1.2.3"})

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_readyz_answers_any_host_without_login(client: Client, broker: RedisServer) -> None:
    note_worker_alive()
    Heartbeat.note("clock")

    answer = client.get("/readyz", headers={"host": "10.1.2.3"})

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "parts": {
            "database": {"well": True, "says": "The database answers."},
            "broker": {"well": True, "says": "The broker answers."},
            "worker": {"well": True, "says": "A worker has answered in the last half minute."},
            "clock": {"well": True, "says": "The clock runs."},
            "storage": {"well": True, "says": "Files can be written."},
        },
    }


def test_readyz_names_a_broker_that_is_gone_in_time(client: Client, broker: RedisServer) -> None:
    note_worker_alive()
    Heartbeat.note("clock")
    broker.stop()

    before = timezone.now()
    answer = client.get("/readyz")
    took = timezone.now() - before

    assert answer.status_code == 503
    assert [name for name, part in answer.json()["parts"].items() if not part["well"]] == ["broker"]
    assert took < timedelta(seconds=health.SECONDS + 1)


def test_a_worker_that_cannot_be_asked_is_told_apart_at_once(broker: RedisServer) -> None:
    broker.stop()

    before = time.monotonic()
    with pytest.raises(health.Unwell, match=r"^No worker can be asked, because the broker does not answer\.$"):
        health.worker()
    assert time.monotonic() - before < health.SECONDS


@pytest.fixture
def nobody_listens(broker: RedisServer, _session_worker: Stack) -> Iterator[None]:
    """The worker of an earlier test may still be there: it hears nothing for a while."""
    with _session_worker.deaf("worker"):
        yield


def test_readyz_says_that_no_worker_answers(client: Client, nobody_listens: None) -> None:
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=1))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] == {
        "well": False,
        "says": "No worker answers: documents and reminders wait until one runs.",
    }


@pytest.mark.parametrize("seen", [timedelta(minutes=2), None])
def test_a_clock_that_stands_is_named_although_the_worker_is_well(seen: timedelta | None) -> None:
    note_worker_alive()
    if seen:
        Heartbeat.objects.create(name="clock", at=timezone.now() - seen)

    assert health.worker() == "A worker has answered in the last half minute."
    with pytest.raises(health.Unwell, match=r"^The clock does not run: no reminder is sent"):
        health.clock()


def test_the_clock_leaves_its_own_sign_of_life_when_it_asks_for_the_worker_s(broker: RedisServer) -> None:
    mind_the_clock()
    try:
        assert health.clock() == "The clock runs."
        Heartbeat.objects.all().delete()
        note_worker_alive.delay()
    finally:
        before_task_publish.disconnect(note_clock_alive, sender=SIGN_OF_WORKER)

    assert health.clock() == "The clock runs."


@pytest.mark.slow
def test_a_worker_that_is_too_busy_for_its_sign_of_life_is_still_alive(
    celery_worker_process: Stack, tmp_path: Path, client: Client
) -> None:
    from tests.stack_tasks import Gate  # noqa: PLC0415 - its task must not exist for other tests

    note_worker_alive.delay()
    wait_until(Heartbeat.objects.exists, "The first sign of life", seconds=120)
    work = Gate(tmp_path)
    work.give_out()
    wait_until(work.is_in_hand, "A busy worker", seconds=120)
    Heartbeat.objects.all().delete()

    def worker_says() -> dict[str, object]:
        said: dict[str, object] = client.get("/readyz").json()["parts"]["worker"]
        return said

    wait_until(lambda: worker_says() == {"well": True, "says": "A worker answers."}, "An answer of the busy worker")
    assert not work.done.exists()
    assert celery_worker_process.log("worker").count("ERROR") == 0
    work.let_go()
    wait_until(work.done.exists, "The end of the work", seconds=120)


def test_readyz_says_that_files_cannot_be_kept(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    with pytest.raises(health.Unwell, match=r"^The folder for files cannot be made\."):
        health.storage()


def test_readyz_says_that_the_disk_is_nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "ENOUGH_DISK", 1 << 62)

    with pytest.raises(health.Unwell, match=r"^The disk is nearly full"):
        health.storage()


def test_answers_name_no_address(client: Client, broker: RedisServer) -> None:
    port = str(broker.port)
    broker.stop()

    assert port not in client.get("/readyz").content.decode()


def test_a_running_product_is_ready(live_stack: Stack) -> None:
    Heartbeat.note("clock")
    with urllib.request.urlopen(f"{live_stack.url}/readyz", timeout=5) as answer:
        assert json.load(answer)["ready"] is True


def test_the_stack_uses_the_database_of_the_test(live_stack: Stack) -> None:
    cast = make_cast()
    session = cast.client(cast.lead).cookies["sessionid"].value
    asked = urllib.request.Request(
        f"{live_stack.url}{cast.case.get_absolute_url()}", headers={"Cookie": f"sessionid={session}"}
    )

    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert cast.case.title in answer.read().decode()
    assert os.environ["VAR_DIR"] == str(live_stack.var_dir)
