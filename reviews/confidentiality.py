"""What nobody can promise about a self-assessment, and what can: one source for pages, documents and exports (R25)."""

from __future__ import annotations

from dataclasses import dataclass

from reviews.enums import EvidenceClass

TITLE = "Who reads this, and what may have to be released"
PROMISE = "Nobody can promise that it stays secret."
LAW = (
    "Cities, ministries and networks that hold a copy can be asked for it under the law on access to documents that"
    " binds them. The body that is asked decides, by its own law, and may have to release all or parts of it,"
    " also after the review. Parts of a self-assessment for a peer review have had to be released that way."
)
PERSONS = (
    "Personal data is taken out before a release, where somebody notices it. So write no private person’s name, and"
    " nothing by which one can be known."
)
FOR_READERS = "This text was written for the review team. Do not pass it on, quote it with care, and name no person."


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing: who reads it here, and what an access law can reach."""

    what: str
    readers: str
    release: str


ANSWERS = Kept(
    "Answers, ratings, signatures",
    "The host city and the secretariat; from submission the review lead; once accepted the review team, each after"
    " declaring interests.",
    "Can be asked for at the host city and at every body whose staff have read it.",
)
FOR_CLASS: dict[str, Kept] = {
    EvidenceClass.PUBLIC: Kept(
        "Files marked “Public”",
        "The same people. The report may name them and quote them.",
        "Already public, or free to be published.",
    ),
    EvidenceClass.TEAM: Kept(
        "Files marked “Host and review team”",
        "The same people as the answers.",
        "Can be asked for like the answers. Secrets of third parties are weighed by the body that is asked.",
    ),
    EvidenceClass.HOST: Kept(
        "Files marked “Host only”",
        "Only the host city’s people in this review. Neither the team nor the secretariat sees so much as a title.",
        "Can still be asked for at the host city, which holds them in any case.",
    ),
}
AMONG_YOURSELVES = Kept(
    "Comments, and who writes what",
    "Only the host city’s people in this review.",
    "Can be asked for at the host city, as any note in an office.",
)
OPERATORS = "The people who run this service can reach everything that is stored on it."


def kept(*, for_host: bool) -> tuple[Kept, ...]:
    """Every kind of thing, in the order of the page; what only the host has is told to the host only."""
    files = tuple(FOR_CLASS[access] for access in (EvidenceClass.PUBLIC, EvidenceClass.TEAM))
    return (ANSWERS, *files, FOR_CLASS[EvidenceClass.HOST], AMONG_YOURSELVES) if for_host else (ANSWERS, *files)


def notice(*, for_host: bool) -> str:
    """The whole notice as plain text, for exports."""
    lines = [TITLE, "", f"{PROMISE} {LAW} {PERSONS}", ""]
    lines += [f"- {row.what}: {row.readers} {row.release}" for row in kept(for_host=for_host)]
    return "\n".join(lines)
