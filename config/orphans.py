"""A process that the supervisor started ends when the supervisor is gone, whatever it was doing.

The kernel's signal (supervisor.py) is not everywhere, and a worker that gets it while it starts, or whose lines nobody
reads any more, can miss it and stay; then a second one starts beside it. So the process looks itself.
"""

import os
import signal
import threading
import time

PARENT = "SUPERVISED_BY"
"""Name in the environment: the process number of the supervisor."""
LOOK_EVERY = 1.0
GRACE = 5.0
"""Seconds to end in good order after the kernel's signal: a worker hands its work back in this time."""


def end_with_parent() -> None:
    """Watch the supervisor from a thread, in the process that it started; do nothing in any other."""
    parent = os.environ.get(PARENT, "")
    if parent and os.getsid(0) == os.getpid():
        threading.Thread(target=_watch, args=(int(parent),), daemon=True, name="orphans").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    time.sleep(GRACE)
    os.killpg(os.getpgrp(), signal.SIGKILL)
