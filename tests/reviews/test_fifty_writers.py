"""Fifty people write at once into one self-assessment, as their pages do: through the whole product, on a real PostgreSQL.

Each adds a word of their own to what they last saw. Who was overtaken is told, gets the newer text, and adds to that.
So every word that was answered with "saved" must stand in the text at the end.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from reviews.enums import Role, Stage
from reviews.models import Answer, Assignment, Question
from tests import factories
from tests.cast import make_cast

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WRITERS, TURNS, SECTIONS, QUESTIONS = 50, 2, 3, 4


@dataclass
class Writer:
    """One person's page: what they see of each answer, and what the server said to each save."""

    name: str
    client: Client
    addresses: list[str]
    start: int
    seen: dict[str, tuple[int, str]] = field(default_factory=lambda: defaultdict(lambda: (0, "")))
    saved: list[tuple[str, int, str]] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    def write(self) -> None:
        """Go from answer to answer and add a word to each."""
        for turn in range(TURNS):
            self.add(self.addresses[(self.start + turn) % len(self.addresses)], f"{self.name}.{turn}")

    def add(self, address: str, word: str) -> None:
        """Send until it is saved; each time on top of what the server has told."""
        for _ in range(10 * WRITERS):
            version, text = self.seen[address]
            answer = self.client.post(
                address, {"text": f"{text} {word}".strip(), "version": version}, headers={"accept": "application/json"}
            )
            self.answers[answer.status_code] += 1
            told = answer.json()
            if answer.status_code == 200:
                self.seen[address] = (told["version"], f"{text} {word}".strip())
                self.saved.append((address, told["version"], word))
                return
            assert (answer.status_code, told["code"]) == (409, "stale")
            self.seen[address] = (told["version"], told["texts"]["text"])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    assert connection.vendor == "postgresql"
    cast = make_cast(Stage.SELF_ASSESSMENT)
    cast.case.self_assessment.question_set = factories.make_question_set(sections=SECTIONS, questions=QUESTIONS)
    cast.case.self_assessment.save()
    return cast


def writers_in(cast: Cast) -> list[Writer]:
    """Fifty contributors to whom everything was given."""
    held = cast.case.self_assessment
    questions = Question.objects.filter(section__question_set=held.question_set)
    addresses = [reverse("reviews:answer", args=(cast.case.slug, question.pk)) for question in questions]
    made = []
    for number in range(WRITERS):
        person = factories.make_user(f"Writer {number}", city=cast.case.host_city)
        factories.make_member(cast.case, Role.HOST_CONTRIBUTOR, person)
        Assignment.objects.get_or_create(self_assessment=held, user=person, section=None, question=None)
        made.append(Writer(f"w{number}", cast.client(person), addresses, number))
    return made


def all_at_once(writers: list[Writer]) -> float:
    """Let them write, each in a thread with a connection of its own; the seconds it took."""
    gate = threading.Barrier(len(writers) + 1)

    def run(writer: Writer) -> None:
        try:
            gate.wait(timeout=60)
            writer.write()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    gate.wait(timeout=60)
    begin = time.perf_counter()
    for thread in threads:
        thread.join(timeout=300)
    assert not any(thread.is_alive() for thread in threads)
    return time.perf_counter() - begin


def test_no_word_of_fifty_writers_is_lost(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    writers = writers_in(cast)

    seconds = all_at_once(writers)

    answers = sum((writer.answers for writer in writers), Counter[int]())
    saves = sorted(one for writer in writers for one in writer.saved)
    stored = {word for row in Answer.objects.all() for word in row.text.split()}
    lost = [word for _, _, word in saves if word not in stored]
    with capsys.disabled():
        print(  # noqa: T201 - the figures are asked for
            f"\n{WRITERS} writers, {len(writers[0].addresses)} answers: {answers[200]} saves, {answers[409]} conflicts "
            f"reported and settled, {len(lost)} words lost, {seconds:.1f} s"
        )
    assert lost == []
    assert len(saves) == answers[200] == WRITERS * TURNS
    assert set(answers) <= {200, 409}
    for address in writers[0].addresses:
        mine = [(version, word) for where, version, word in saves if where == address]
        row = Answer.objects.get(question_id=int(address.rstrip("/").rsplit("/", 1)[1]))
        assert [version for version, _ in mine] == list(range(1, len(mine) + 1))  # each version was given once
        assert row.version == len(mine)
        assert row.text.split() == [word for _, word in sorted(mine)]  # and each stands on the one before
