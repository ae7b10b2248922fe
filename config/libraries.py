"""The libraries in C of WeasyPrint, loaded without asking a compiler where they are.

WeasyPrint tries several names for each of seven libraries, and for each name Python asks ldconfig, gcc and ld: sixty
processes, a fifth of a second of work at every start of a worker. The name with the version, which WeasyPrint tries
too, is all that the loader of Linux needs. Elsewhere the question is cheap, and has to be asked.
"""

import ctypes.util
import re
import sys

_OF_THE_RENDERER = re.compile(r"(lib)?(gobject|pango|pangoft2|harfbuzz|fontconfig)-?\b")


def mend() -> None:
    """Let nobody be asked for these libraries."""
    if sys.platform != "linux":
        return
    ask = ctypes.util.find_library

    def find_library(name: str) -> str | None:
        return None if _OF_THE_RENDERER.match(name) else ask(name)

    ctypes.util.find_library = find_library
