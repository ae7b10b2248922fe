"""What breaks while a worker works, with real processes: the work is done all the same."""

import signal
import time
from pathlib import Path

import pytest

from tests.servers import wait_until
from tests.stack import Stack
from tests.stack_tasks import write_after, write_process

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_worker_outlives_its_broker_with_work_in_hand(celery_worker_process: Stack, tmp_path: Path) -> None:
    """Kombu 5.7.0 alone ends the worker here (see config/broker.py)."""
    done = tmp_path / "done"
    pid = celery_worker_process.pid("worker")
    write_after.delay(1, str(done), "first ")
    wait_until(lambda: "tests.write_after" in celery_worker_process.received(), "The start of the work")

    celery_worker_process.broker.restart(signal.SIGTERM)
    wait_until(done.exists, "The end of the work")
    write_after.delay(0, str(done), "second ")

    wait_until(lambda: "second" in done.read_text(), "The work after the restart")
    assert celery_worker_process.pid("worker") == pid
    assert celery_worker_process.is_alive("worker")
    assert "Unrecoverable" not in celery_worker_process.log("worker")


def test_work_of_a_killed_worker_is_given_out_again(celery_worker_process: Stack, tmp_path: Path) -> None:
    done = tmp_path / "done"
    write_after.delay(1, str(done), "x")
    wait_until(lambda: "tests.write_after" in celery_worker_process.received(), "The start of the work")

    celery_worker_process.kill("worker")
    assert not done.exists()
    celery_worker_process.start_worker(TEST_VISIBILITY_SECONDS="2")

    wait_until(done.exists, "The second attempt", seconds=120)


def test_a_worker_that_is_asked_to_stop_hands_its_work_back_at_once(
    celery_worker_process: Stack, tmp_path: Path
) -> None:
    """The next worker here gives every task a new process: what a process grew to ends with it."""
    done, processes = tmp_path / "done", tmp_path / "processes"
    write_after.delay(4, str(done), "x")
    wait_until(lambda: "tests.write_after" in celery_worker_process.received(), "The start of the work")

    before = time.monotonic()
    celery_worker_process.stop_process("worker")
    assert time.monotonic() - before < 8
    assert not done.exists()
    celery_worker_process.start_worker(TEST_VISIBILITY_SECONDS="3600", TEST_TASKS_PER_CHILD="1")
    for _ in range(2):
        write_process.delay(str(processes))

    wait_until(done.exists, "The second attempt", seconds=120)
    wait_until(lambda: processes.exists() and len(processes.read_text().split()) == 2, "Two small tasks")
    first, second = processes.read_text().split()
    assert first != second
