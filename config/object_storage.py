"""Files in an S3-compatible object storage, which several machines share.

What django-storages leaves open is settled here: its errors become ours, nobody waits long for a storage that hangs, a
large file goes to disk and not into memory, and no address ever opens a file without asking us.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name

from people.errors import StorageAway

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files import File

logger = logging.getLogger(__name__)

_IN_MEMORY = 2 * 1024 * 1024
_NOT_FOUND = 404
_FIRST_REGION = "us-east-1"
"""The one that may not be named when a bucket is made."""
_PLAIN: dict[str, Any] = {
    # Newer checksums of Amazon's own, which many S3-compatible storages refuse. We keep a SHA-256 of every file.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
_PATIENT = Config(connect_timeout=3, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 2}, **_PLAIN)
_BRIEF = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1}, **_PLAIN)


class ObjectStorage(S3Storage):  # type: ignore[misc] # django-storages brings no types
    """A bucket that nobody reads but this product.

    A file that is not there is a FileNotFoundError, as on a disk. Everything else that fails is StorageAway: an OSError
    for those who ask, and a refusal (503, "try again in a minute") for the others.
    """

    def get_default_settings(self) -> dict[str, Any]:
        """Take our settings for those of django-storages."""
        return {
            **super().get_default_settings(),
            "file_overwrite": False,
            "default_acl": None,  # what no rule opens is private; many storages know no ACL
            "max_memory_size": _IN_MEMORY,
            "client_config": _PATIENT,
            "transfer_config": TransferConfig(use_threads=False),  # a large file needs 8 MB of memory, and not 80
        }

    def ask(self) -> None:
        """Ask whether the bucket is there and open to us, in any thread, and wait for seven seconds at most.

        Raises OSError.
        """
        with _in_our_words():
            self._brief_client.head_bucket(Bucket=self.bucket_name)

    def make_bucket(self) -> bool:
        """Make the bucket where it is missing; says whether it was.

        Raises OSError.
        """
        elsewhere = self.region_name not in {None, _FIRST_REGION}
        place = {"CreateBucketConfiguration": {"LocationConstraint": self.region_name}} if elsewhere else {}
        with _in_our_words():
            try:
                self._brief_client.head_bucket(Bucket=self.bucket_name)
            except ClientError as error:
                if _status(error) != _NOT_FOUND:
                    raise
                self._brief_client.create_bucket(Bucket=self.bucket_name, **place)
                return True
        return False

    @cached_property
    def _brief_client(self) -> Any:
        """A client of its own: it waits less than the others, and all threads may use it."""
        return self._create_session().client(
            "s3", region_name=self.region_name, endpoint_url=self.endpoint_url, config=_BRIEF
        )

    def _open(self, name: str, mode: str = "rb") -> _Whole:
        """Open a file and fetch it, so that what goes wrong goes wrong here and not at the first read."""
        with _in_our_words(name):
            return _Whole(self._normalize_name(clean_name(name)), mode, self).open()

    def _save(self, name: str, content: File[bytes]) -> str:
        with _in_our_words():
            stored: str = super()._save(name, content)
            return stored

    def delete(self, name: str) -> None:
        """Delete a file; nothing happens when it is not there."""
        with _in_our_words():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        with _in_our_words():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Return the folders and the files below a path; both empty where nothing is."""
        with _in_our_words():
            folders, files = super().listdir(name)
            return folders, files

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        with _in_our_words(name):
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        """Return when a file was stored."""
        with _in_our_words(name):
            stored_at: datetime = super().get_modified_time(name)
            return stored_at

    def url(self, name: str, *_: object, **__: object) -> NoReturn:
        """Refuse: a signed address would open the file to whoever has it."""
        raise ValueError(f"No address opens {name}: every download asks who you are.")


class _Whole(S3File):  # type: ignore[misc] # django-storages brings no types
    """A file that is here as a whole once it is open: also when it is opened a second time."""

    def open(self, mode: str | None = None) -> _Whole:
        """Fetch the file, or go back to its beginning."""
        with _in_our_words(self.name):
            try:
                super().open(mode)
            except BaseException:
                self.close()  # else the half of it that came would be read as the file
                raise
        return self


@contextmanager
def _in_our_words(reads: str = "") -> Iterator[None]:
    """Say what boto says as an OSError. With the name of a file that is read, "not found" is about that file."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error, RetriesExceededError) as error:
        if reads and isinstance(error, ClientError) and _status(error) == _NOT_FOUND:
            raise FileNotFoundError(f"The storage has no file {reads}") from error
        logger.warning("The object storage does not do what it is asked: %s", error)
        raise StorageAway from error


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
