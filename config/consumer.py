"""The worker's ear at the broker, with one fault of its library mended."""

import logging

from celery.worker.consumer import Consumer as CeleryConsumer

logger = logging.getLogger(__name__)


class Consumer(CeleryConsumer):
    """Outlives the loss of the broker while a task runs.

    Celery 5.7.0 with kombu 5.7.0 closes the lost connection twice; the second time it tries to hand unfinished
    messages back over a client that is already gone, and the AttributeError ends the worker. The messages are safe:
    the broker has them on disk as unacknowledged, and gives them out again after the visibility timeout.
    """

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        """Forget the lost connection, so that the next step makes a new one."""
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError:
            logger.warning("The broker went away while work was in hand; that work is given out again later.")
