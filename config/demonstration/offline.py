"""A form that was filled in offline and waits to be taken over: new answers, a changed one, a long one, a letter."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document

from reviews.access import seat_in
from reviews.actions.filled_forms import bring_form
from reviews.enums import Rating, Trend
from reviews.models import Answer, Case
from reviews.offline import jobs
from reviews.offline.docx_form import docx_form
from reviews.offline.plan import form_for

if TYPE_CHECKING:
    from config.demonstration.stories import Story
    from people.models import User
    from reviews.offline.plan import Asked, Form

NAME = "self-assessment-school-services.docx"
_LETTER = (
    "Dear colleagues, I have written these on the train. Please check the figure in question 8 with the statistics "
    "office before you take it over."
)
_WRITTEN = {
    2: Answer(
        text="A new national law, higher rents, and a younger staff. **Since last autumn also 340 families from "
        "abroad**, most of them in two districts. All of this changed what people need from us."
    ),
    8: Answer(
        text="Attendance and results by school and by district, every year.\n\n| Year | Days missed |\n| --- | --- |\n"
        "| 2015 | 12 |\n| 2016 | 11 |\n| 2017 | 10 |\n\nTransitions only for those who stay in the city.",
        rating=Rating.ESTABLISHED,
        rating_reason="Since January the figures come every three months.",
        trend=Trend.BETTER,
    ),
    21: Answer(
        text="Eleven organisations, with contracts of three years:\n\n- five sports clubs\n"
        "- four parents’ associations\n- a library and a theatre\n\n"
        "The [list](https://example.org/partners) is public.",
        rating=Rating.ESTABLISHED,
        rating_reason="Contracts give them security.",
        trend=Trend.SAME,
    ),
    25: Answer(
        text="### Three results\n\n1. fewer days of absence\n2. one form for all services\n"
        "3. people who stay in the job"
    ),
    32: Answer(text=("Parents who work nights. Landlords. The bus drivers. " * 12).strip()),
}


def bring_filled_form(case: Case, story: Story, people: dict[str, User]) -> None:
    """Let a coordinator bring a form that a colleague has filled in, and let it be read."""
    seat = seat_in(people[story.coordinator], case)
    form = form_for(seat, "en", on=None)
    document = Document(BytesIO(docx_form(_filled(form))))
    document.paragraphs[0].insert_paragraph_before(_LETTER, style="Normal")
    stream = BytesIO()
    document.save(stream)
    stream.seek(0)
    jobs.read(bring_form(seat, stream, NAME).pk)


def _filled(form: Form) -> Form:
    sections = (
        replace(section, questions=tuple(_answered(asked) for asked in section.questions)) for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def _answered(asked: Asked) -> Asked:
    return replace(asked, answer=_WRITTEN.get(asked.number))
