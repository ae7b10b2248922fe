"""One table of a file: takes its entries out by name and kind, and says in plain sentences what is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

_HTML = re.compile(r"<\s*[/!?]?\s*[A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MOST_PROBLEMS = 30


def looks_like_html(text: str) -> bool:
    """Whether a text holds something like a tag."""
    return bool(_HTML.search(text))


def has_control_signs(text: str) -> bool:
    """Whether a text holds signs that no document can show; line breaks and tabs are fine."""
    return bool(_CONTROL.search(text))


class Problems:
    """What is wrong with a file, in sentences; after MOST_PROBLEMS it stops to listen."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, place: str, sentence: str) -> None:
        """Note one thing that is wrong, with its place."""
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(f"{place}: {sentence}")


class Table:
    """The entries of one table. Each is taken once; `close` complains about what nobody knows."""

    def __init__(self, entries: dict[str, Any], place: str, problems: Problems) -> None:
        self.entries = dict(entries)
        self.place, self.problems = place, problems
        self._known: list[str] = []

    def wrong(self, sentence: str) -> None:
        """Note that something is wrong here."""
        self.problems.add(self.place, sentence)

    def take(self, name: str) -> Any:
        """Take an entry of any kind; None when it is not there."""
        self._known.append(name)
        return self.entries.pop(name, None)

    def text(self, name: str, most: int, *, is_needed: bool = False, has_lines: bool = False) -> str:
        """Take a text of at most `most` signs."""
        found = self.take(name)
        if found is None:
            if is_needed:
                self.wrong(f"“{name}” is missing.")
            return ""
        if not isinstance(found, str):
            self.wrong(f"“{name}” must be a text in quotation marks.")
            return ""
        self._check(name, found, most, has_lines=has_lines)
        if is_needed and not found.strip():
            self.wrong(f"“{name}” is empty.")
        return found

    def _check(self, name: str, text: str, most: int, *, has_lines: bool) -> None:
        if len(text) > most:
            self.wrong(f"“{name}” has {len(text)} signs; at most {most} are possible.")
        if looks_like_html(text):
            self.wrong(f"“{name}” looks like HTML. Write plain text, without tags in angle brackets.")
        if has_control_signs(text) or ("\n" in text and not has_lines):
            self.wrong(f"“{name}” holds a line break or another sign that has no place there.")

    def lines(self, name: str, most: int, most_lines: int) -> str:
        """Take a list of texts and return it with one a line."""
        found = self.take(name)
        if found is None:
            return ""
        if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
            self.wrong(f'“{name}” must be a list of texts, for example ["One?", "Two?"].')
            return ""
        if len(found) > most_lines:
            self.wrong(f"“{name}” has {len(found)} lines; at most {most_lines} are possible.")
        for line in found[:most_lines]:
            self._check(name, line, most, has_lines=False)
        return "\n".join(line.strip() for line in found if line.strip())

    def words(self, name: str, allowed: Iterable[str], what: str) -> tuple[str, ...]:
        """Take a list of words out of `allowed`."""
        found, known = self.take(name), list(allowed)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self.wrong(f"“{name}” must be a list of words in quotation marks.")
            return ()
        for word in found:
            if word not in known:
                self.wrong(f"“{word[:40]}” is not a {what} that we know.{_meant(word, known)}")
        return tuple(dict.fromkeys(word for word in found if word in known))

    def flag(self, name: str, *, otherwise: bool) -> bool:
        """Take true or false."""
        found = self.take(name)
        if found is not None and not isinstance(found, bool):
            self.wrong(f"“{name}” must be true or false, without quotation marks.")
        return found if isinstance(found, bool) else otherwise

    def number(self, name: str, most: int, *, otherwise: int) -> int:
        """Take a whole number from 0 to `most`."""
        found = self.take(name)
        if found is None:
            return otherwise
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= most:
            self.wrong(f"“{name}” must be a whole number from 0 to {most}.")
            return otherwise
        return found

    def tables(self, name: str, most: int) -> list[dict[str, Any]]:
        """Take a list of tables: `[[name]]`."""
        found = self.take(name)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            self.wrong(f"“{name}” must be written as [[{name}]], once for each.")
            return []
        if len(found) > most:
            self.wrong(f"there are {len(found)} of “{name}”; at most {most} are possible.")
        return found[:most]

    def table(self, name: str) -> dict[str, Any]:
        """Take one table."""
        found = self.take(name)
        if found is not None and not isinstance(found, dict):
            self.wrong(f"“{name}” must be a table.")
        return found if isinstance(found, dict) else {}

    def close(self) -> None:
        """Complain about the entries that nobody took."""
        for name in self.entries:
            self.wrong(f"“{name[:40]}” is not an entry that we know.{_meant(name, self._known)}")


def _meant(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean “{near[0]}”?" if near else ""
