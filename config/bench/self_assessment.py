"""Writing: an autosave against the bare page and one row update, a form of 66 questions against the bare page."""

from __future__ import annotations

import gc
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from config.bench.figures import Figure
from config.bench.installation import installation
from people.models import User
from reviews.models import Answer, Case, Evidence, Question, QuestionSet, Section, SelfAssessment

QUESTIONS, SECTIONS, FILES = 66, 14, 200  # as the largest form that we found (Intercultural Cities: 14 indicators)
ROUNDS, WARM_UP = 40, 5
TIMES_SAVE, TIMES_FORM = 3.0, 8.0
_SLUG = "barcelona-ageing"
_WORDS = "The steering group meets every month and has **three** goals.\n\n- schools\n- families\n\n"


def figures() -> Iterator[Figure]:
    """One save of one answer; a section of the form, all of it in one section, and the overview of it."""
    with installation(cases=12) as made:
        measured = made.measure("self_assessment")
    yield Figure("self_assessment.autosave", measured["autosave"], TIMES_SAVE)
    yield Figure("self_assessment.form", measured["form"], TIMES_FORM)
    yield Figure("self_assessment.form-in-one-section", measured["whole"], TIMES_FORM)
    yield Figure("self_assessment.overview", measured["overview"], TIMES_FORM)


def inside() -> dict[str, float]:
    """In an installation: medians, all measured in turn, divided by the bare page's."""
    case = _large_case()
    answer = Answer.objects.filter(self_assessment__case=case).order_by("question__number")[0]
    with override_settings(ROOT_URLCONF="config.bench.urls", AXES_ENABLED=False):
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        writer = User.objects.get(email="coordinator.barcelona@demo.example")
        client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
        acts: dict[str, Callable[[], object]] = {
            "bare": lambda: _good(client.get("/bare/")),
            "update": lambda: Answer.objects.filter(pk=answer.pk).update(updated_at=timezone.now()),
            "autosave": _saves(client, case, answer),
            "form": lambda: _good(client.get(_section(case, 1))),
            "overview": lambda: _good(client.get(reverse("reviews:self_assessment", args=(case.slug,)))),
        }
        times = _medians(acts)
        _into_one_section(case)
        whole = _medians({name: acts[name] for name in ("bare", "form")})
    return {
        "autosave": times["autosave"] / (times["bare"] + times["update"]),
        "form": times["form"] / times["bare"],
        "whole": whole["form"] / whole["bare"],
        "overview": times["overview"] / times["bare"],
    }


def _section(case: Case, position: int) -> str:
    return reverse("reviews:self_assessment_section", args=(case.slug, position))


def _saves(client: Client, case: Case, answer: Answer) -> Callable[[], object]:
    """Sends a text that is new each time, as the page does."""
    address = reverse("reviews:answer", args=(case.slug, answer.question_id))
    versions = itertools.count(answer.version)

    def save() -> object:
        version = next(versions)
        written = {"text": f"{_WORDS * 10}{version}", "version": version}
        return _good(client.post(address, written, headers={"accept": "application/json"}))

    return save


def _medians(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Processor seconds of each act, in turn. SQLite works in this process, so nothing of it is left out."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(WARM_UP + ROUNDS):
        for name, act in acts.items():
            gc.collect(0)
            start = time.process_time()
            act()
            if turn >= WARM_UP:
                times[name].append(time.process_time() - start)
    return {name: statistics.median(kept) for name, kept in times.items()}


def _good(answer: Any) -> object:
    """An answer that is not 200 is no figure."""
    if answer.status_code != 200:  # noqa: PLR2004 - the HTTP status
        message = f"Answered {answer.status_code}: {answer.content[:300]!r}"
        raise RuntimeError(message)
    return answer


# --- A large case -------------------------------------------------------------------------------------
def _large_case() -> Case:
    """A review whose form has 66 answered questions in 14 sections and 200 files, every third at a question."""
    case = Case.objects.get(slug=_SLUG)
    held = SelfAssessment.objects.get(case=case)
    held.answers.all().delete()
    held.question_set = QuestionSet.objects.create(name="Sixty-six questions", slug="sixty-six")
    held.save()
    sections = [
        Section.objects.create(question_set=held.question_set, position=at + 1, title=f"Section {at + 1}")
        for at in range(SECTIONS)
    ]
    questions = Question.objects.bulk_create(
        Question(section=sections[at % SECTIONS], number=at + 1, key=f"q{at}", text="How do you know?")
        for at in range(QUESTIONS)
    )
    Answer.objects.bulk_create(Answer(self_assessment=held, question=one, text=_WORDS * 10) for one in questions)
    files = Evidence.objects.bulk_create(_file(case, sections[at % SECTIONS], at) for at in range(FILES))
    for at, file in enumerate(files[::3]):
        file.questions.add(questions[at % QUESTIONS])
    return case


def _into_one_section(case: Case) -> None:
    """The worst page that this form could be: all questions and all files in its first section."""
    first = Section.objects.get(question_set=case.self_assessment.question_set, position=1)
    Question.objects.filter(section__question_set=first.question_set_id).update(section=first)
    Evidence.objects.filter(case=case).update(section=first)


def _file(case: Case, section: Section, number: int) -> Evidence:
    name = f"decision-{number}.pdf"
    return Evidence(case=case, section=section, title=f"Decision {number}", file=name, file_name=name, size=1000)
