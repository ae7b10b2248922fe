"""`manage.py make_bucket`: the bucket of the object storage, where it is missing."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from config.object_storage import ObjectStorage


class Command(BaseCommand):
    """Make the bucket named in S3_BUCKET. A second run changes nothing."""

    help = "Makes the bucket named in S3_BUCKET if it is not there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make it, and say so."""
        if not isinstance(default_storage, ObjectStorage):
            raise CommandError("Files are kept on this machine: S3_BUCKET is not set.")
        try:
            made = default_storage.make_bucket()
        except OSError as error:
            raise CommandError("The object storage does not answer, or refuses the key.") from error
        self.stdout.write(f"The bucket {default_storage.bucket_name} {'is made' if made else 'is there already'}.")
