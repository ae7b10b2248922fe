"""Question sets are data: a case keeps the version it began with."""

from django.db import models

from reviews.enums import QuestionCondition
from reviews.fsm import in_choices


class QuestionSet(models.Model):
    """One version of one set of questions. A published version never changes; a new one is made instead."""

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=12, default="en")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ("name", "-version")
        constraints = (
            models.UniqueConstraint(fields=("slug", "version", "language"), name="question_set_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Section(models.Model):
    """A group of questions on one page."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    help_text = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("question_set", "position"), name="section_position_once"),)

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question. `number` is shown and counted through the set; `max_words` 0 means no limit.

    `key` names the question for good: it is the same in every version and language of a set.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60, blank=True, db_index=False)
    text = models.CharField(max_length=400)
    help_text = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    is_rated = models.BooleanField(default=False)
    max_words = models.PositiveIntegerField(default=250)
    condition = models.CharField(
        max_length=16,
        choices=QuestionCondition.choices,
        default=QuestionCondition.ALWAYS,
        help_text="When it is asked.",
    )

    class Meta:
        ordering = ("number",)
        constraints = (
            in_choices("condition", QuestionCondition, name="question_condition_known"),
            models.UniqueConstraint(fields=("section", "number"), name="question_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
