"""Where in a file something stands, in words: the parser of TOML gives no lines for what it has read."""

from __future__ import annotations

import re

_HEAD = re.compile(r"\s*\[\[\s*section\s*(\.\s*question\s*)?\]\]")
_FENCE = re.compile(r"\"\"\"|'''")


class Places:
    """The lines of the heads `[[section]]` and `[[section.question]]`, numbered from 0 in their order."""

    def __init__(self, text: str) -> None:
        self._sections: list[int] = []
        self._questions: list[list[int]] = []
        fence = ""
        for number, line in enumerate(text.split("\n"), start=1):
            if not fence and (head := _HEAD.match(line)):
                self._note(number, is_question=bool(head.group(1)))
            for mark in _FENCE.findall(line):
                fence = "" if fence == mark else fence or mark

    def _note(self, number: int, *, is_question: bool) -> None:
        if not is_question:
            self._sections.append(number)
            self._questions.append([])
        elif self._questions:
            self._questions[-1].append(number)

    def section(self, at: int) -> str:
        """`Section 2 (line 31)`."""
        return f"Section {at + 1}{_line(self._sections, at)}"

    def question(self, section: int, at: int) -> str:
        """`Section 2, question 3 (line 44)`: counted in its section."""
        lines = self._questions[section] if section < len(self._questions) else []
        return f"Section {section + 1}, question {at + 1}{_line(lines, at)}"


def _line(lines: list[int], at: int) -> str:
    return f" (line {lines[at]})" if at < len(lines) else ""
