"""What breaks while a worker works, with real processes: the work is done all the same."""

import signal
import time
from pathlib import Path

import pytest

from tests.servers import wait_until
from tests.stack import STOPS_WITHIN, Stack
from tests.stack_settings import CELERY_WORKER_MAX_TASKS_PER_CHILD
from tests.stack_tasks import Gate, write_process

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def work(celery_worker_process: Stack, tmp_path: Path) -> Gate:
    """Work that the worker has in hand."""
    work = Gate(tmp_path)
    work.give_out("first ")
    wait_until(work.is_in_hand, "The start of the work", seconds=120)
    return work


def test_a_worker_outlives_its_broker_with_work_in_hand(celery_worker_process: Stack, work: Gate) -> None:
    """Kombu 5.7.0 alone ends the worker here (see config/broker.py)."""
    pid = celery_worker_process.pid("worker")

    celery_worker_process.broker.restart(signal.SIGTERM)
    work.let_go()
    wait_until(work.done.exists, "The end of the work", seconds=120)
    work.give_out("second ")

    wait_until(lambda: "second" in work.done.read_text(), "The work after the restart", seconds=120)
    assert celery_worker_process.pid("worker") == pid
    assert celery_worker_process.is_alive("worker")
    assert "Unrecoverable" not in celery_worker_process.log("worker")


def test_work_of_a_killed_worker_is_given_out_again(celery_worker_process: Stack, work: Gate) -> None:
    celery_worker_process.kill("worker")
    work.let_go()
    assert not work.done.exists()
    celery_worker_process.broker.wait_long()
    celery_worker_process.start_worker()

    wait_until(work.done.exists, "The second attempt", seconds=120)


def test_a_worker_that_is_asked_to_stop_hands_its_work_back_at_once(celery_worker_process: Stack, work: Gate) -> None:
    before = time.monotonic()
    celery_worker_process.stop_process("worker")
    assert time.monotonic() - before < STOPS_WITHIN
    assert not work.done.exists()
    work.let_go()
    celery_worker_process.start_worker()

    wait_until(work.done.exists, "The second attempt", seconds=120)


def test_a_process_of_the_worker_ends_after_some_tasks(celery_worker_process: Stack, tmp_path: Path) -> None:
    """What a process grew to ends with it."""
    processes = tmp_path / "processes"

    for _ in range(CELERY_WORKER_MAX_TASKS_PER_CHILD + 1):
        write_process.delay(str(processes))

    def numbers() -> list[str]:
        return processes.read_text().split() if processes.exists() else []

    wait_until(lambda: len(numbers()) > CELERY_WORKER_MAX_TASKS_PER_CHILD, "The tasks", seconds=120)
    assert len(set(numbers())) > 1
