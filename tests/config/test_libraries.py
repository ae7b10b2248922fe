"""The renderer's libraries in C are loaded by their names, without a question to other programs."""

import runpy
import subprocess
import sys
from typing import NoReturn

import pytest
from weasyprint.text import ffi


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the question is cheap, and has to be asked")
def test_no_program_is_asked_where_the_libraries_of_the_renderer_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str], **_: object) -> NoReturn:
        raise AssertionError(command)

    monkeypatch.setattr(subprocess, "Popen", refuse)

    loaded = runpy.run_path(str(ffi.__file__))

    assert all(loaded[name] for name in ("gobject", "pango", "harfbuzz", "harfbuzz_subset", "fontconfig", "pangoft2"))
