"""The line to the broker, with one fault of its library mended."""

from typing import Any

from kombu.transport import redis as redis_transport
from redis.exceptions import ConnectionError as LostConnection


class Channel(redis_transport.Channel):
    """Says "connection lost" where kombu 5.7.0 stumbles over its own closed connection.

    When the broker goes away while a task runs, the worker gives the message back over the lost channel, and
    acknowledges it there when the task ends. Both make a new client from a connection that no longer knows its
    address; the AttributeError ends the worker. A lost connection is an error that the worker knows: it waits for
    the broker and goes on. The message is safe on the broker's disk, and the row in the database knows that its
    work is done.
    """

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - kombu's signature
        if self.connection.client is None:
            raise LostConnection("This connection to the broker was lost.")
        params: dict[str, Any] = super()._connparams(  # type: ignore[misc] # the stubs leave it out
            asynchronous=asynchronous
        )
        return params


def mend() -> None:
    """Let every connection to Redis use the channel above."""
    redis_transport.Transport.Channel = Channel
