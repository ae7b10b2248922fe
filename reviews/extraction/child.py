"""The program that reads one file: `python -m reviews.extraction.child read FILE .pdf`.

It writes one JSON object a line: `{"total": 12}`, then `{"n": 1, "text": "…"}` for each page, at last `{"end": true}`;
or `{"refused": "a sentence"}`. With `draw FILE .pdf 3` it writes the JPEG of a page. It imports no Django, gets no
environment, and limits itself before it opens the file.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from reviews.extraction import limits


def limit_myself(seconds: int) -> None:
    """Take away what reading a file does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: str, extension: str) -> None:
    """Tell the pages of a file, as long as there is room for them."""
    from reviews.extraction.readers import READERS  # noqa: PLC0415 - after the limits

    signs = 0
    texts = READERS[extension](path)
    _tell(total=min(int(next(texts)), limits.MOST_PAGES))
    for number, text in enumerate(texts, start=1):
        if number > limits.MOST_PAGES or signs >= limits.MOST_SIGNS:
            _tell(cut=True)
            break
        signs += len(str(text))
        _tell(n=number, text=text)
    if signs == 0:
        _tell(refused=limits.SCANNED if extension == ".pdf" else limits.NO_TEXT)
    _tell(end=True)


def _tell(**message: Any) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Do what the parent asks."""
    what, path, extension, *number = arguments
    limit_myself(limits.READ_SECONDS if what == "read" else limits.PICTURE_SECONDS)
    try:
        if what == "read":
            read(path, extension)
        else:
            from reviews.extraction.pictures import draw  # noqa: PLC0415 - after the limits

            sys.stdout.buffer.write(draw(path, extension, int(number[0])))
    except MemoryError:
        if what == "read":
            _tell(refused=limits.TOO_BIG)
        return 1
    except BrokenPipeError:
        return 1  # nobody listens any more
    except Exception as problem:  # noqa: BLE001 - whatever a library does with a broken file is the file's fault
        if what == "read":
            _tell(refused=limits.UNREADABLE)
        sys.stderr.write(f"{type(problem).__name__}: {problem}"[:500])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
