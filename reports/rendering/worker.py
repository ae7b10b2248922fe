"""Makes a worker process ready for its first document before the document comes."""

import gc
import logging
import os
from typing import Any

from celery.signals import worker_before_create_process, worker_init, worker_process_init
from django.template.loader import get_template

from reports.rendering.errors import RenderError

logger = logging.getLogger(__name__)


@worker_init.connect
def import_renderer(**_: Any) -> None:
    """Import the renderer and read the templates in the parent, whose memory its processes share.

    Fonts are not made there: a process that is forked with fonts loses them (engine.py).
    """
    from reports.rendering import pages, pdf  # noqa: F401, PLC0415 - for the memory

    for name in (pages.PAPER, pages.PART, pages.CERTIFICATE):
        get_template(name)


@worker_before_create_process.connect
def share_memory(**_: Any) -> None:
    """Leave alone what the parent holds: the collector writes into all it looks at, which would then be shared no more.

    Saves 30 MB a process.
    """
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def prepare_process(**_: Any) -> None:
    """Make this process's fonts and style, which takes as long as a short document, and tidy its memory."""
    from reports.rendering.engine import engine  # noqa: PLC0415 - the renderer is heavy

    try:
        engine()
        gc.collect()
        gc.freeze()  # what is there now stays: looking through it after each document would cost as much as a page
        logger.info("Fonts and style of documents are ready in process %s", os.getpid())
    except RenderError:
        logger.exception("This worker cannot make documents yet")
