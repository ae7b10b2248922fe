"""The cities, working groups and people of the demonstration."""

from __future__ import annotations

from django.utils.text import slugify

from config.demonstration.stories import people
from people.models import City, User, WorkingGroup

MAIL = "demo.example"


def make_cities() -> dict[str, City]:
    """Write the cities; returns them by key."""
    return {
        key: City.objects.update_or_create(
            slug=key,
            defaults={
                "name": name,
                "country": country,
                "time_zone": zone,
                "language": language,
                "population": population,
            },
        )[0]
        for key, (name, country, zone, language, population) in people()["cities"].items()
    }


def make_groups() -> dict[str, WorkingGroup]:
    """Write the working groups; returns them by key."""
    return {
        group["slug"]: WorkingGroup.objects.update_or_create(slug=group["slug"], defaults={"name": group["name"]})[0]
        for group in people()["groups"]
    }


def address_of(key: str) -> str:
    """The address of a person: it cannot be reached, and tells the role."""
    return f"{slugify(key.replace('_', '.').replace('.', '-')).replace('-', '.')}@{MAIL}"


def make_people(cities: dict[str, City], password: str) -> dict[str, User]:
    """Write the people, all with one password; returns them by key."""
    made: dict[str, User] = {}
    for key, (name, city, job, languages, expertise, _role) in people()["people"].items():
        user = User.objects.filter(email=address_of(key)).first() or User(email=address_of(key))
        user.name, user.city, user.job_title = name, cities[city], job
        user.languages, user.expertise = languages, expertise
        user.is_secretariat = key == "secretariat"
        if made:  # one slow hash is enough
            user.password = made["secretariat"].password
        else:
            user.set_password(password)
        user.save()
        made[key] = user
    return made


def logins(password: str) -> list[dict[str, str]]:
    """The table of logins: one line a role."""
    return [
        {"role": role, "name": name, "email": address_of(key), "password": password}
        for key, (name, _city, _job, _languages, _expertise, role) in people()["people"].items()
        if role
    ]
