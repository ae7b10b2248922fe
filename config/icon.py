"""The icon at the address where browsers and programs look for one unasked."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

A_DAY = 24 * 60 * 60


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def icon(_request: HttpRequest) -> HttpResponse:
    """Lead to the mark of the product. Kept for a day: its own address changes with its content."""
    return redirect(static("img/mark.svg"))
