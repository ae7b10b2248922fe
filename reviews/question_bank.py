"""The built-in set of questions: ten sections, 33 questions, on social inclusion through education.

It is a file in the format that everybody can use (docs/question-sets.md), question_bank.toml. The order follows a
city's own story: why, who steers, what is known, what is done, with whom, with what, and what came of it; the last
section is addressed to the critical friends. A changed text needs a higher `version` in the file: reviews keep the
version they began with. Word limits add up to about 4,000 words, the five to ten pages that reviewers can read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reviews.question_files.plain import PlainSet
from reviews.question_files.reading import read

SLUG = "inclusion-through-education"
LANGUAGE = "en"
FILE = Path(__file__).with_name("question_bank.toml")


@cache
def builtin() -> PlainSet:
    """The set as the product brings it."""
    return read(FILE.read_bytes())
