"""Logging in and out, and a person's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from people.actions.invitations import accept_invitation, open_invitation
from people.actions.notifications import mark_read
from people.actions.persons import say_of_oneself
from people.asked import wants_json
from people.forms.accounts import AccountForm, LoginForm, WelcomeForm
from people.queries.inbox import notifications_of
from people.queries.logins import demonstration_logins

if TYPE_CHECKING:
    from people.models import User

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """The login page; `?bare=1` gives only the form, and a script that logs in again in place gets JSON."""

    authentication_form = LoginForm
    redirect_authenticated_user = False

    def get_template_names(self) -> list[str]:
        """The page, or its form alone."""
        return ["people/login.html#form" if self.request.GET.get("bare") else "people/login.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration's people, where there is a demonstration."""
        return super().get_context_data(
            logins=demonstration_logins(), bare=bool(self.request.GET.get("bare")), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, and answer as asked."""
        answer = super().form_valid(form)
        if wants_json(self.request):
            return JsonResponse({"csrf_token": get_token(self.request), "user": cast("User", self.request.user).pk})
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what was wrong, and answer as asked."""
        if wants_json(self.request):
            return JsonResponse({"message": " ".join(form.non_field_errors()) or "Please fill in both."}, status=422)
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer


@never_cache
@require_GET
def still_here(request: HttpRequest) -> HttpResponse:
    """Say who is logged in, with a token for the forms of their pages: a script asks before it lets a form go."""
    return JsonResponse({"csrf_token": get_token(request), "user": cast("User", request.user).pk})


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """What others see of me, and where my password is changed."""
    user = cast("User", request.user)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        say_of_oneself(user, form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("people:account")
    return render(request, "people/account.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person chooses a password and is in."""
    invitation = open_invitation(token)
    form = WelcomeForm(request.POST or None, user=invitation.user, initial={"name": invitation.user.name})
    if request.method == "POST" and form.is_valid():
        user = accept_invitation(token, password=form.cleaned_data["password"], name=form.cleaned_data["name"])
        login(request, user, backend=_BACKEND)
        messages.success(request, f"Welcome, {user.name}. This is what waits for you.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "invitation": invitation}
    return render(request, "people/welcome.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """My inbox; posting marks everything as read."""
    user = cast("User", request.user)
    if request.method == "POST":
        mark_read(user)
        return redirect("people:notifications")
    return render(request, "people/notifications.html", {"page": notifications_of(user, request.GET.get("page", "1"))})


@login_not_required
@require_GET
def method(request: HttpRequest) -> HttpResponse:
    """What the critical friend method is."""
    return render(request, "people/method.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and what can be disclosed."""
    return render(request, "people/privacy.html")
