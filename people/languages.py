"""The languages in which people write and read: their own names, and the way they run."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf.locale import LANG_INFO


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `code` is BCP 47, `name` English, `own_name` what its speakers call it, `direction` ltr or rtl."""

    code: str
    name: str
    own_name: str
    direction: str

    def __str__(self) -> str:
        return self.name if self.name == self.own_name else f"{self.name} ({self.own_name})"


_MORE = (Language("mt", "Maltese", "Malti", "ltr"), Language("rom", "Romani", "Romani čhib", "ltr"))


def _known() -> dict[str, Language]:
    """Every language that Django has a name for, without regional kinds, and those of our cities that it lacks."""
    listed = [
        Language(code, found["name"], found["name_local"].capitalize(), "rtl" if found["bidi"] else "ltr")
        for code, found in LANG_INFO.items()
        if "name_local" in found and "-" not in code
    ]
    return {language.code: language for language in sorted((*listed, *_MORE), key=lambda language: language.name)}


LANGUAGES = _known()


def language_of(code: str) -> Language:
    """The language of a code; of an unknown one the code itself, read from left to right."""
    return LANGUAGES.get(code) or LANGUAGES.get(code.split("-", maxsplit=1)[0]) or Language(code, code, code, "ltr")
