"""What a worker does before its processes begin (reports/rendering/worker.py)."""

import gc
import sys

from celery.signals import worker_before_create_process, worker_init


def test_a_parent_holds_the_renderer_and_leaves_its_memory_alone_before_each_process() -> None:
    """The collector writes into what it looks at: memory that is written to is not shared any more."""
    worker_init.send(sender=None)
    held = [[number] for number in range(1000)]
    before = gc.get_freeze_count()

    worker_before_create_process.send(sender=None)

    assert "reports.rendering.pdf" in sys.modules
    assert gc.get_freeze_count() >= before + len(held)
