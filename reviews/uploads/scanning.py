"""Asking the virus scanner, where one is configured: before a file is kept, and never without an answer."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from people.errors import NotNow
from reviews.enums import ScanResult
from reviews.uploads.kinds import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

logger = logging.getLogger(__name__)
_LATER = (
    "The virus scanner does not answer, so this file could not be checked. Nothing is lost: try again in a minute, "
    "and tell the secretariat if it lasts."
)


def scanner() -> ClamdNetworkSocket | None:
    """Return the scanner of CLAMAV_URL; None when none is configured.

    Raises ValueError for an address that is none.
    """
    if not settings.CLAMAV_URL:
        return None
    parts = urlsplit(settings.CLAMAV_URL)
    if parts.scheme == "unix" and parts.path:
        return ClamdUnixSocket(parts.path, timeout=settings.CLAMAV_SECONDS)
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        return ClamdNetworkSocket(parts.hostname, parts.port, timeout=settings.CLAMAV_SECONDS)
    raise ValueError(f"CLAMAV_URL is no address of a scanner: {settings.CLAMAV_URL!r}")


@contextmanager
def closing_after(asked: ClamdNetworkSocket) -> Iterator[None]:
    """Close the connection whatever happens: the client forgets one that could not be opened."""
    try:
        yield
    finally:
        if connection := getattr(asked, "clamd_socket", None):
            connection.close()


def scan(file: BinaryIO) -> ScanResult:
    """Return what the scanner says of a file.

    Raises NotReady `file_virus` with the name of what was found, and NotNow when there is no answer: a file that could
    not be checked is not kept.
    """
    if (asked := scanner()) is None:
        return ScanResult.NOT_SCANNED
    file.seek(0)
    try:
        with closing_after(asked):
            answer = asked.instream(file)
    except (ClamdError, OSError) as problem:
        logger.exception("the virus scanner does not answer")
        raise NotNow(_LATER, code="file_scanner") from problem
    finally:
        file.seek(0)
    return _heard(answer)


def _heard(answer: Mapping[str, tuple[str, str | None]]) -> ScanResult:
    status, name = answer.get("stream", ("", None))
    if status == "OK":
        return ScanResult.CLEAN
    if status == "FOUND":
        logger.warning("the virus scanner found %s", name)
        raise refusal(
            "virus", f"The virus scanner found “{name}” in this file, so it was not kept. Ask your IT service."
        )
    logger.error("the virus scanner could not read a file: %s %s", status, name)
    raise NotNow(_LATER, code="file_scanner")
