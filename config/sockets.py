"""Where the private broker's socket lies. All processes must come to the same answer without asking each other."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST = 100
"""The kernel takes 108 bytes for the path of a socket; macOS takes 104, one of them for the end."""


def broker_socket(run_dir: Path) -> Path:
    """The socket in `run_dir`, or one in a short private folder when that path is too long for a socket."""
    near = run_dir / "redis.sock"
    if len(os.fsencode(near)) <= LONGEST:
        return near
    mark = hashlib.sha256(os.fsencode(run_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"critical-friend-{os.getuid()}-{mark}" / "redis.sock"
