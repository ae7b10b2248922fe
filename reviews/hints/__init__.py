"""What in a text may tell of a private person: a hint with its reason, never a refusal."""

from reviews.hints.persons import Hint, folded_names, hints_in, hints_in_plain
from reviews.hints.singled_out import Around, singled_out_in

__all__ = ["Around", "Hint", "folded_names", "hints_in", "hints_in_plain", "singled_out_in"]
