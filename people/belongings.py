"""What is held of a person, over all apps: told in a copy, and forgotten when their account is removed.

`people` knows no other app. Each says in its `belongings.py` which columns are a person's own words, in which sentences
a name stands, what stands against a removal, and what it forgets. The rows that point at a person are found by
themselves: a new table is in the copy with its days, and with its words once it is named there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from axes.models import AccessLog
from django.db import models
from django.utils import timezone

from people.models import Invitation, Notification, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from people.errors import Reason

    Hindrance = Callable[..., Iterable[Reason]]
    Forgetting = Callable[..., None]

GONE = "Former participant"
"""What stands where a name stood."""
_ACCOUNT = ("name", "email", "job_title", "languages", "expertise", "is_secretariat", "joined_at", "last_login")
_LOGIN = ("attempt_time", "logout_time", "ip_address", "user_agent")
_FURTHEST = 3
_words: dict[tuple[type[models.Model], str], tuple[str, ...]] = {
    (Notification, "user"): ("text", "detail"),
    (Invitation, "user"): ("purpose",),
}
_named: list[tuple[type[models.Model], str]] = [(Notification, "text")]
_signed: dict[type[models.Model], str] = {}
_reviews: list[type[models.Model]] = []
hindrances: list[Hindrance] = []
"""Each is called with the person and `hold=True` inside the removal, to hold the rows that it looked at."""
forgetting: list[Forgetting] = []
"""Each is called with the person and `by`, who removes the account, before the name is gone."""


def own_words(told: Mapping[tuple[type[models.Model], str], tuple[str, ...]]) -> None:
    """Say which columns hold a person's own words, by table and by the column that points at the person."""
    _words.update(told)


def names_in(*columns: tuple[type[models.Model], str]) -> None:
    """Say in which columns of which tables we have written names into sentences."""
    _named.extend(column for column in columns if column not in _named)


def signed_by(told: Mapping[type[models.Model], str]) -> None:
    """Say of which tables each name is that of the person in a column, and of nobody else of that name."""
    _signed.update(told)


def told_by_review(model: type[models.Model]) -> None:
    """Say which table rows belong to, as people know it: its title stands beside them in the copy."""
    _reviews.append(model)


# --- The copy ----------------------------------------------------------------------------------------
def copy_of(user: User) -> dict[str, Any]:
    """All that is held of a person, as plain values. One query for each table that can point at people, and one."""
    rows = [row for relation in _relations() for row in _told(relation, user)]
    account = {name: getattr(user, name) for name in _ACCOUNT}
    account["city"] = user.city and user.city.name
    logins = list(AccessLog.objects.filter(username=user.email).order_by("pk").values(*_LOGIN))
    return {"made_at": timezone.now(), "account": account, "logins": logins, "rows": rows}


def _relations() -> list[Any]:
    """What points at people, in the order of the tables."""
    fields: Iterable[Any] = User._meta.get_fields(include_hidden=True)
    found = [field for field in fields if field.auto_created and not field.concrete]
    ours = [rel for rel in found if not rel.related_model._meta.auto_created]  # not the tables between two
    return sorted(ours, key=lambda rel: (rel.related_model._meta.label, rel.field.name))


def _told(relation: Any, user: User) -> Iterator[dict[str, Any]]:
    model, name = relation.related_model, relation.field.name
    days = [field.name for field in model._meta.concrete_fields if isinstance(field, models.DateField)]
    path = _way_to_review(model)
    columns = [*([path] if path else []), *_words.get((model, name), ()), *days]
    if not columns:
        columns = ["pk"]
    known = {"what": str(model._meta.verbose_name), "as": str(relation.field.verbose_name)}
    for values in model._default_manager.filter(**{name: user}).order_by("pk").values(*columns):
        said = {"review" if key == path else key: value for key, value in values.items() if value not in (None, "")}
        yield {**known, **said}


def _way_to_review(model: type[models.Model]) -> str:
    """The lookup of the title of the review that a row belongs to; empty for what belongs to none."""
    steps: list[tuple[str, Any]] = [("", model)]
    for _ in range(_FURTHEST + 1):
        for path, reached in steps:
            if reached in _reviews:
                return f"{path}title"
        steps = [
            (f"{path}{field.name}__", field.related_model)
            for path, reached in steps
            for field in reached._meta.concrete_fields
            if field.is_relation and field.related_model is not User
        ]
    return ""


# --- Forgetting a name -------------------------------------------------------------------------------
def forget_name(name: str, *, of: User) -> None:
    """Put `GONE` where we have written a name into a sentence. What people typed is theirs, and stays as it is.

    A signature is emptied only where the person signed. A name inside the longer name of somebody else is theirs.
    """
    if not name.strip():
        return
    found = _finder(name, of)
    for model, column in _named:
        rows = model._default_manager.filter(**{f"{column}__contains": name})
        if model in _signed:
            rows = rows.filter(**{_signed[model]: of})
        longest = getattr(model._meta.get_field(column), "max_length", None)
        for pk, text in rows.values_list("pk", column):
            told = found.sub(lambda match: GONE if match[1] else match[0], text)
            model._default_manager.filter(pk=pk).update(**{column: told[:longest]})


def _finder(name: str, person: User) -> re.Pattern[str]:
    """Finds the name as a whole (the first group), or a longer name of somebody else that holds it."""
    others = User.objects.filter(name__contains=name).exclude(pk=person.pk).values_list("name", flat=True)
    longer = sorted({other for other in others if other != name}, key=len, reverse=True)
    either = "|".join([*map(re.escape, longer), f"({re.escape(name)})"])
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def reasons_against(person: User, *, hold: bool = False) -> list[Reason]:
    """What has to be done before an account can be removed; `hold` locks what was looked at."""
    return [reason for check in hindrances for reason in check(person, hold=hold)]


def forget_all(person: User, *, by: User) -> None:
    """Let every app forget what it need not keep of a person."""
    checks: Iterable[Forgetting] = forgetting
    for forget in checks:
        forget(person, by=by)
