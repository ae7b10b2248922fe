"""What everybody may read: published versions, frozen."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from people.countries import country_name
from reports.enums import Audience, Licence
from reviews.enums import Theme
from reviews.fsm import in_choices
from reviews.models import Case

CURRENT = models.Q(is_current=True)
FROZEN = frozenset(
    {
        "case",
        "case_id",
        "version",
        "slug",
        "title",
        "summary",
        "theme",
        "city_name",
        "country",
        "year",
        "language",
        "content",
        "sha256",
        "recommendation_ids",
        "erratum",
        "audience",
        "licence",
    }
)
"""What readers quote. Nothing changes it once it is stored; `erase` takes it away where it must not stay."""


class ContentFrozenError(RuntimeError):
    """Somebody tried to change what was published."""


class Publications(models.QuerySet["Publication"]):
    """Published versions: what they say is never updated."""

    def update(self, **values: Any) -> int:
        """Change the circumstances of publications; refuse to change what they say."""
        if changed := FROZEN & values.keys():
            raise ContentFrozenError(f"A published version never changes: {', '.join(sorted(changed))}.")
        return super().update(**values)

    def erase(self) -> int:
        """Take the texts of withdrawn versions away for good; the row stays for the notice."""
        withdrawn = self.filter(withdrawn_at__isnull=False)
        return super(Publications, withdrawn).update(content={}, summary="", erratum="", recommendation_ids=[])


class Publication(models.Model):
    """One published version, frozen: `content` is what both the page and the PDF show. Never changed after.

    Theme, city and year are kept here as they were, so that the library reads one table. A newer version of the same
    case takes `is_current` away from this one, and gives it back when it is withdrawn; the address stays.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="publications")
    version = models.PositiveIntegerField()
    slug = models.SlugField(max_length=100, unique=True, help_text="The permanent address.")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, help_text="The first words, without marks, for lists.")
    theme = models.CharField(max_length=24, choices=Theme.choices)
    city_name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField(help_text="Of the study visit.")
    language = models.CharField(max_length=12, default="en")
    content = models.JSONField(help_text="The composed document, as reports.rendering serialises it.")
    sha256 = models.CharField(max_length=64)
    recommendation_ids = models.JSONField(default=list, blank=True, help_text="The recommendations, in their order.")
    document = models.ForeignKey(
        "reports.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="publications"
    )
    erratum = models.TextField(blank=True, help_text="What changed against the version before.")
    is_current = models.BooleanField(default=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.PUBLIC)
    licence = models.CharField(max_length=16, choices=Licence.choices, default=Licence.CC_BY)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Since when only a notice stands here.")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True, help_text="Printed in the notice.")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    objects = Publications.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        constraints = (
            in_choices("theme", Theme, name="publication_theme_known"),
            in_choices("audience", Audience, name="publication_audience_known"),
            in_choices("licence", Licence, name="publication_licence_known"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawal_reason=""),
                name="publication_withdrawal_has_reason",
            ),
            models.UniqueConstraint(fields=("case", "version"), name="publication_version_once"),
            models.UniqueConstraint(fields=("case",), condition=CURRENT, name="publication_one_current"),
        )
        # Partial: SQLite does not use a flag in front of an index, and the library shows current versions only.
        indexes = (
            models.Index(fields=("-published_at", "-id"), condition=CURRENT, name="publication_library"),
            models.Index(fields=("theme", "-published_at", "-id"), condition=CURRENT, name="publication_by_theme"),
            models.Index(
                fields=("country", "city_name", "-published_at", "-id"), condition=CURRENT, name="publication_by_place"
            ),
            models.Index(fields=("year", "-published_at", "-id"), condition=CURRENT, name="publication_by_year"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Store a new version, or the circumstances of a stored one: never other words."""
        if not self._state.adding:
            options["update_fields"] = self._changeable(options.get("update_fields"))
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        """The permanent address of this version."""
        return reverse("reports:publication", args=(self.slug,))

    def _changeable(self, asked: Any) -> list[str]:
        """The fields that may be written again. Raises ContentFrozenError where others were changed."""
        own = {field.name: field for field in self._meta.concrete_fields if not field.primary_key}
        wanted = own.keys() if asked is None else set(asked)
        loaded = [name for name in wanted & FROZEN if name not in self.get_deferred_fields()]
        stored = type(self).objects.filter(pk=self.pk).values(*loaded).first() if loaded else None
        if stored and any(own[name].value_from_object(self) != stored[name] for name in loaded):
            raise ContentFrozenError("A published version never changes.")
        return [name for name in own if name in wanted - FROZEN]

    @property
    def is_withdrawn(self) -> bool:
        """Whether only a notice stands at its address."""
        return self.withdrawn_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether its text was taken away for good when it was withdrawn."""
        return self.is_withdrawn and not self.content

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it; else only members of the network."""
        return self.audience == Audience.PUBLIC

    @property
    def country_name(self) -> str:
        """The country in words."""
        return country_name(self.country)
