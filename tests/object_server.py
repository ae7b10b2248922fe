"""A real S3 server for tests, on a loopback port: moto, in a thread of this process."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from tests.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


class ObjectServer:
    """Speaks S3 at `url`. What it holds is still there when it was stopped and started again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._product = DomainDispatcherApplication(create_backend_app)
        self._server: BaseWSGIServer | None = None
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # not every request

    def start(self) -> None:
        served = make_server("127.0.0.1", self.port, self._product, threaded=True, request_handler=MotoRequestHandler)
        self._server = served
        threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """End it: whoever asks is refused the connection."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @contextmanager
    def away(self) -> Iterator[None]:
        """It is down meanwhile."""
        self.stop()
        try:
            yield
        finally:
            self.start()
