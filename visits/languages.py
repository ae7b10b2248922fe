"""The languages in which people talk during a visit: BCP 47 tags with their English names."""

from django.conf.locale import LANG_INFO

_TAGS = (
    *("ar", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "hr", "hu"),
    *("it", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk"),
)
_OTHERS = {"rom": "Romani", "sq": "Albanian", "mt": "Maltese", "ku": "Kurdish", "so": "Somali", "ti": "Tigrinya"}

NAMES: dict[str, str] = dict(
    sorted({**{tag: LANG_INFO[tag]["name"] for tag in _TAGS}, **_OTHERS}.items(), key=lambda entry: entry[1])
)
CHOICES: tuple[tuple[str, str], ...] = tuple(NAMES.items())


def name_of(tag: str) -> str:
    """The English name of a language; the tag itself for one that the list does not know."""
    return NAMES.get(tag, tag)
