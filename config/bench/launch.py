"""Run a command that must succeed, and print what it cost as JSON: `python -S launch.py COMMAND …`.

A small process starts it: the kernel counts what the starting process had as the peak of the started one.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

MEGABYTE, MOMENT = 1024, 0.05


def main(command: list[str]) -> dict[str, float]:
    """Processor seconds, peak of resident memory, and peak of memory of its own, both in MB."""
    own = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        while process.poll() is None:
            own = max(own, own_memory(process.pid))
            time.sleep(MOMENT)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / MEGABYTE, "own": own}


def own_memory(pid: int) -> float:
    """What the machine would get back if this process ended, in MB: written by it and shared with no other.

    Libraries are not in it, which lie in memory once for all that use them. 0 when the process has just ended.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")), 0) / MEGABYTE


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
