"""Cities and the working groups in which they meet."""

from django.db import models
from django.db.models.functions import Length

from people.countries import country_name

models.CharField.register_lookup(Length)


class City(models.Model):
    """A city of the network. `country` is ISO 3166-1 alpha-2, `time_zone` an IANA name."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=60, default="Europe/Brussels")
    language = models.CharField(max_length=12, default="en", help_text="BCP 47 tag of the city's own language.")
    population = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "cities"
        constraints = (
            models.UniqueConstraint(fields=("name", "country"), name="city_name_once_per_country"),
            models.CheckConstraint(condition=models.Q(country__length=2), name="city_country_two_letters"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def country_name(self) -> str:
        """The country in words."""
        return country_name(self.country)


def logo_path(group: "WorkingGroup", name: str) -> str:
    """Where a group's logo is kept; the name is the hash of the picture."""
    return f"logos/{group.slug}/{name}"


class WorkingGroup(models.Model):
    """A group of cities that reviews each other on one subject."""

    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    description = models.TextField(blank=True)
    logo = models.FileField(upload_to=logo_path, max_length=200, blank=True, help_text="A checked picture, drawn anew.")
    logo_alt = models.CharField(max_length=160, blank=True, help_text="What the logo shows, in words.")
    colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb, dark enough for white text; empty: ours.")
    imprint = models.CharField(max_length=300, blank=True, help_text="Who publishes the group's reports, one line.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
