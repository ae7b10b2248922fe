"""What a host city of the demonstration brings along: one file, and what is said of it."""

from dataclasses import dataclass

from reviews.enums import EvidenceClass, EvidenceKind


@dataclass(frozen=True, slots=True)
class Brought:
    """One file, what is said of it, and the numbers of the questions it belongs to."""

    name: str
    title: str
    kind: EvidenceKind
    access_class: EvidenceClass
    questions: tuple[int, ...]
    note: str
    content: bytes
