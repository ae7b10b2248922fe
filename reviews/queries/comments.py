"""What the host's people say to each other at the questions, and who of them reads which question."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviews.enums import Role
from reviews.models import Assignment, Comment, Membership
from reviews.queries.assignments import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User
    from reviews.models import Case, Question, SelfAssessment

_CHIEFS = frozenset({Role.HOST_COORDINATOR, Role.HOST_SPONSOR})


@dataclass(slots=True)
class Thread:
    """The comments at one question, and the people who can be told of a new one."""

    question_id: int
    number: int
    readers: list[User]
    comments: list[Comment] = field(default_factory=list)

    @property
    def open(self) -> list[Comment]:
        """What is not settled."""
        return [comment for comment in self.comments if comment.resolved_at is None]

    @property
    def settled(self) -> list[Comment]:
        """What was settled."""
        return [comment for comment in self.comments if comment.resolved_at is not None]


def threads_of(case: Case, held: SelfAssessment, questions: Iterable[Question]) -> dict[int, Thread]:
    """The comments at these questions, by the number of the question. Three queries, however many there are."""
    readers = Readers(case, held)
    threads = {q.pk: Thread(q.pk, q.number, readers.of(q)) for q in questions}
    rows = Comment.objects.filter(self_assessment=held, question__in=threads).select_related("author", "resolved_by")
    for row in rows.order_by("at", "pk"):
        threads[row.question_id].comments.append(row)
    return {thread.number: thread for thread in threads.values()}


class Readers:
    """Who of the host city reads which question. Two queries when it is made, none after."""

    def __init__(self, case: Case, held: SelfAssessment) -> None:
        found = Membership.objects.filter(case=case, role__in=WRITERS, user__is_active=True).select_related("user")
        self._people: dict[int, User] = {}
        self._chiefs: set[int] = set()
        for membership in found.order_by("user__name", "pk"):
            self._people[membership.user_id] = membership.user
            if membership.role in _CHIEFS:
                self._chiefs.add(membership.user_id)
        self._given: dict[tuple[int | None, int | None], set[int]] = defaultdict(set)
        for user, section, question in Assignment.objects.filter(self_assessment=held).values_list(
            "user", "section", "question"
        ):
            self._given[section, question].add(user)

    def of(self, question: Question) -> list[User]:
        """The people who read one question, by name."""
        given = self._given
        theirs = given[question.section_id, None] | given[None, question.pk] | given[None, None]
        return [user for pk, user in self._people.items() if pk in self._chiefs | theirs]


def mentioned_in(text: str, people: Iterable[User]) -> list[User]:
    """Who of these people is named in a text as `@Name`: by the whole name, or by a first name that only one has."""
    found = list(people)
    firsts = [_first(user) for user in found]
    return [
        user
        for user in found
        if _is_called(user.name, text) or (firsts.count(_first(user)) == 1 and _is_called(user.name.split()[0], text))
    ]


def _first(user: User) -> str:
    return user.name.split()[0].casefold() if user.name.split() else ""


def _is_called(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"@{re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
