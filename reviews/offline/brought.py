"""What a filled form brings, before it is compared with what is there."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviews.offline.words import is_ours, rating_meant, trend_meant, without_invitation


class Unreadable(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The form cannot be read. `code` is for programs, `message` a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(slots=True)
class Brought:
    """What the form says to one question. Texts are Markdown, rating and trend stored values."""

    text: str = ""
    rating: str = ""
    reason: str = ""
    trend: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.text or self.rating or self.reason or self.trend)


@dataclass(slots=True)
class Filled:
    """A whole form that was read. `loose` are texts that belong to no field, each with where it stood."""

    answers: dict[int, Brought] = field(default_factory=dict)
    loose: list[dict[str, str]] = field(default_factory=list)
    case_mark: str = ""
    questions_seen: int = 0

    def keep(self, text: str, where: str = "") -> None:
        """Keep a text that belongs nowhere, so that nothing is lost."""
        if text.strip():
            self.loose.append({"text": text.strip(), "where": where})

    def choose(self, brought: Brought, name: str, text: str, where: str) -> None:
        """Take a rating or a trend in whatever language it was chosen; keep what is neither."""
        meant = rating_meant if name == "rating" else trend_meant
        rest = []
        for line in (line.strip() for line in text.splitlines()):
            value = meant(line)
            if value and not getattr(brought, name):
                setattr(brought, name, value)
            elif line and not is_ours(line):
                rest.append(line)
        self.keep("\n".join(rest), where)


def cleaned(text: str) -> str:
    """Return what was written in a field without the invitation that stood there, as the pages keep texts."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    plain = without_invitation(plain)
    return "" if is_ours(plain) else plain
