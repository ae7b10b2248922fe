"""What a file really is, by its bytes, before it is kept: allowed kinds only, made safe, with a reason for people."""

from reviews.uploads.check import CheckedFile, checked
from reviews.uploads.kinds import ACCEPTED, ACCEPTED_WORDS
from reviews.uploads.scanning import scan

__all__ = ["ACCEPTED", "ACCEPTED_WORDS", "CheckedFile", "checked", "scan"]
