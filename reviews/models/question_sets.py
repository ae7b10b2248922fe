"""Question sets are data: a case keeps the version it began with."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.enums import QuestionCondition, QuestionSetStatus
from reviews.fsm import in_choices


class QuestionSet(models.Model):
    """One version of one set of questions. A published version never changes; a new one is made instead.

    `language` is the one in which its texts are written. Translations are kept beside each text, by language code, as
    `{"ro": {"title": …}}`: an answer belongs to the question, whatever the language in which it was read.
    """

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=12, default="en")
    is_current = models.BooleanField(default=True)
    status = models.CharField(max_length=12, choices=QuestionSetStatus.choices, default=QuestionSetStatus.PUBLISHED)
    languages = models.JSONField(default=list, blank=True, help_text="Codes of the languages it is translated into.")
    translations = models.JSONField(default=dict, blank=True, help_text="By language: name.")
    changes = models.TextField(blank=True, help_text="What is new in this version, for the secretariat.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "-version")
        constraints = (
            in_choices("status", QuestionSetStatus, name="question_set_status_known"),
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
    translations = models.JSONField(default=dict, blank=True, help_text="By language: title, help_text.")
    saves = models.PositiveIntegerField(default=1)

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
    condition_value = models.CharField(
        max_length=200,
        blank=True,
        help_text="The themes, the key of the other question, or that key with ratings (`key:starting,developing`).",
    )
    prompts = models.TextField(blank=True, help_text="Guiding questions that help to answer, one a line.")
    translations = models.JSONField(default=dict, blank=True, help_text="By language: text, help_text, prompts.")
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("number",)
        constraints = (
            in_choices("condition", QuestionCondition, name="question_condition_known"),
            models.UniqueConstraint(fields=("section", "number"), name="question_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
