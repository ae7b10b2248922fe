"""What in a text may tell of a private person: a hint with its reason, never a refusal."""

from reviews.hints.persons import Hint, hints_in

__all__ = ["Hint", "hints_in"]
