"""A real S3 server for tests, on a loopback port: moto, in a thread of this process."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.serving import BaseWSGIServer


class ObjectServer:
    """Speaks S3 at `url`. What it holds is still there when it was stopped and started again.

    What it is made of is loaded when one is made: every test process reads this module.
    """

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415 - for this

        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._product = DomainDispatcherApplication(create_backend_app)
        self._server: BaseWSGIServer | None = None
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # not every request

    def start(self) -> None:
        from moto.moto_server.werkzeug_app import MotoRequestHandler  # noqa: PLC0415 - see the class
        from werkzeug.serving import make_server  # noqa: PLC0415 - the same

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
