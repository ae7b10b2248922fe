"""The refusals: what an action says when it will not do what was asked.

Refusal
├── NotThere        404  what a stranger may not know of
├── NotAllowed      403  the reason, for people who know the case
├── AlreadyDone     409  somebody else, or the same person twice, was quicker
│   └── StaleText   409  the text has moved on; carries the newer text, so that nothing is lost
├── TooLarge        413  more was sent than is taken
├── NotReady        422  what is missing, and where to cure it
└── NotNow          503  something that is needed does not answer; later it works
    └── StorageAway 503  the storage of files; also an OSError, as what a disk says

One middleware turns them into pages, fragments or JSON. Every refusal carries a stable code, a sentence
that a city officer understands, and what to do next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is missing: the sentence, who must act, and the page that cures it."""

    text: str
    who: str = ""
    url: str = ""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An answer that refuses. `message` is for people; `code` is stable, for programs and tests."""

    status = 400
    code = "refused"

    def __init__(self, message: str, *, code: str = "", reasons: Sequence[Reason] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.reasons = tuple(reasons)


class NotThere(Refusal):
    """There is nothing here for this person."""

    status = 404
    code = "not_there"

    def __init__(self, message: str = "There is nothing here that you can open.") -> None:
        super().__init__(message)


class NotAllowed(Refusal):
    """The person knows of the case but may not do this, now or at all."""

    status = 403
    code = "not_allowed"


class AlreadyDone(Refusal):
    """The row has moved on since the page was shown."""

    status = 409
    code = "already_done"


class StaleText(AlreadyDone):
    """Somebody else saved this text in between. Both texts are kept: theirs here, mine in the request.

    `version` is the stored version number, `texts` maps field names to the stored text.
    """

    code = "stale"

    def __init__(self, *, version: int, texts: dict[str, str], by: str, at: datetime | None) -> None:
        super().__init__(f"{by or 'Somebody'} changed this text while you were writing. Nothing is lost: choose below.")
        self.version = version
        self.texts = texts
        self.by = by
        self.at = at


class NotReady(Refusal):
    """Something is missing. `reasons` says what, who must act, and where."""

    status = 422
    code = "not_ready"


class TooLarge(Refusal):
    """More was sent than is taken; nothing of it was kept."""

    status = 413
    code = "too_large"


class NotNow(Refusal):
    """Something that is needed does not answer at the moment. Nothing is lost; the same again in a minute works."""

    status = 503
    code = "not_now"


class StorageAway(NotNow, OSError):  # noqa: N818 - a refusal as well
    """The storage of files does not answer, or refuses us. A file that is not there is no such case.

    Whoever catches OSError to say that a file is lost lets this one pass: the file is only out of reach.
    """

    code = "storage_away"

    def __init__(self) -> None:
        super().__init__(
            "The storage of files does not answer at the moment. Nothing is lost: please try again in a minute."
        )
