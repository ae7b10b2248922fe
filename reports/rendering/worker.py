"""Makes a worker process ready for its first document before the document comes."""

import gc
import logging
import os
from typing import Any

from celery.signals import worker_init, worker_process_init

from reports.rendering.errors import RenderError

logger = logging.getLogger(__name__)


@worker_init.connect
def import_renderer(**_: Any) -> None:
    """Import the renderer in the parent, so that its processes share the memory; make no fonts there (engine.py)."""
    from reports.rendering import pdf  # noqa: F401, PLC0415 - for the memory


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
