"""What breaks while a worker works, with real processes: the work is done all the same."""

import signal
import time
from pathlib import Path

import pytest

from tests.servers import wait_until
from tests.stack import MakeWorker, Stack
from tests.stack_tasks import write_after

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_worker_outlives_its_broker_with_work_in_hand(celery_worker_process: Stack, tmp_path: Path) -> None:
    """Kombu 5.7.0 alone ends the worker here (see config/broker.py)."""
    done = tmp_path / "done"
    pid = celery_worker_process.pid("worker")
    write_after.delay(3, str(done), "first ")
    wait_until(lambda: "tests.write_after" in celery_worker_process.received(), "The start of the work")

    celery_worker_process.broker.restart(signal.SIGTERM)
    wait_until(done.exists, "The end of the work")
    write_after.delay(0, str(done), "second ")

    wait_until(lambda: "second" in done.read_text(), "The work after the restart")
    assert celery_worker_process.pid("worker") == pid
    assert celery_worker_process.is_alive("worker")
    assert "Unrecoverable" not in celery_worker_process.log("worker")


def test_work_of_a_killed_worker_is_given_out_again(make_worker: MakeWorker, tmp_path: Path) -> None:
    done = tmp_path / "done"
    stack = make_worker(TEST_VISIBILITY_SECONDS="3")
    write_after.delay(2, str(done), "x")
    wait_until(lambda: "tests.write_after" in stack.received(), "The start of the work")

    stack.kill("worker")
    assert not done.exists()
    stack.start_worker()

    wait_until(done.exists, "The second attempt", seconds=120)


def test_a_worker_that_is_asked_to_stop_hands_its_work_back_at_once(make_worker: MakeWorker, tmp_path: Path) -> None:
    done = tmp_path / "done"
    stack = make_worker(TEST_VISIBILITY_SECONDS="3600")
    write_after.delay(4, str(done), "x")
    wait_until(lambda: "tests.write_after" in stack.received(), "The start of the work")

    before = time.monotonic()
    stack.stop_process("worker")
    assert time.monotonic() - before < 8
    stack.start_worker()

    wait_until(done.exists, "The second attempt", seconds=120)
