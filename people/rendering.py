"""How every form looks: our templates first, Django's own widgets behind them."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

_DJANGO_TEMPLATES = Path(forms.__file__).parent / "templates"


class FormRenderer(DjangoTemplates):
    """Renders `{{ form }}` and `{{ form.name.as_field_group }}` with label, help, error and the ties between them."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    @cached_property
    def engine(self) -> Engine:
        """An engine of its own: the project's engine does not look into Django's package for widgets."""
        return Engine(
            {
                "APP_DIRS": False,
                "DIRS": [settings.BASE_DIR / "templates", _DJANGO_TEMPLATES],
                "NAME": "forms",
                "OPTIONS": {"builtins": ["people.templatetags.words"]},
            }
        )

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Render one form or field; a field also learns whether it must say that it may stay empty."""
        field = context.get("field")
        if isinstance(field, BoundField):
            context = {**context, "says_optional": says_optional(field)}
        rendered: SafeString = super().render(template_name, context, request)  # type: ignore[assignment]
        return rendered


def says_optional(field: BoundField) -> bool:
    """Whether the label adds "(optional)": only where other fields of the form must be filled in.

    A draft demands nothing, and then nothing needs the mark.
    """
    return not field.field.required and any(other.field.required for other in field.form.visible_fields())
