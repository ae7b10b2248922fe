"""The question sets: all of them, one to read, its file, and its life from draft to retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import NotThere
from reviews.actions import question_set_versions as versions
from reviews.actions.question_sets import current_question_set
from reviews.forms.question_sets import ImportForm, NewSetForm
from reviews.queries.question_sets import outline_of, plain_of, question_set_rows, use_count
from reviews.question_files.writing import write
from reviews.question_set_access import question_set_for, require_keeper
from reviews.question_set_pages import set_page
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from reviews.models import QuestionSet
    from reviews.views.answers import PersonRequest


@require_safe
def question_sets(request: PersonRequest) -> HttpResponse:
    """Show every version of every set."""
    require_keeper(request.user)
    current = current_question_set()
    return render(request, "reviews/question_sets.html", {"rows": question_set_rows(), "begins_with": current})


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Begin a set that did not exist."""
    require_keeper(request.user)
    form = NewSetForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "reviews/question_set_new.html", {"form": form}, status=status)
    made = versions.begin_set(form.cleaned_data["name"], form.cleaned_data["language"], by=request.user)
    return see_other(reverse("reviews:question_set_edit", args=(made.pk,)))


@require_http_methods(["GET", "POST"])
def import_file(request: PersonRequest) -> HttpResponse:
    """Make a draft from a file."""
    require_keeper(request.user)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "reviews/question_set_import.html", {"form": form}, status=status)
    made = versions.import_set(form.cleaned_data["file"], by=request.user)
    messages.success(request, f"The file is read: {made} is a draft now. Look it through, then publish it.")
    return see_other(_page_of(made))


@require_safe
def question_set(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one version with all its sections and questions, in one of its languages."""
    found = question_set_for(request.user, pk)
    page = set_page(outline_of(found), use_count(found), request.GET.get("in", ""))
    return render(request, "reviews/question_set.html", {"page": page, "questions_in": page.language})


@require_safe
def file(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one version as a file."""
    found = question_set_for(request.user, pk)
    answer = HttpResponse(write(plain_of(found)), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-{found.version}.toml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft."""
    found = question_set_for(request.user, pk)
    if request.method != "POST":
        page = set_page(outline_of(found), use_count(found), "")
        return render(request, "reviews/question_set_delete.html", {"page": page})
    words = str(found)
    versions.delete_draft(found, by=request.user)
    messages.success(request, f"{words}: the draft is deleted.")
    return see_other(reverse("reviews:question_sets"))


@require_POST
def step(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Publish, retire, offer again, or begin a new version."""
    found = question_set_for(request.user, pk)
    if name == "publish":
        made = versions.publish(found, by=request.user)
        messages.success(request, f"{made} is published. Reviews can begin with it, and it never changes.")
    elif name == "retire":
        made = versions.retire(found, by=request.user)
        messages.success(request, f"{made} is retired. Reviews that use it keep it.")
    elif name == "reinstate":
        made = versions.reinstate(found, by=request.user)
        messages.success(request, f"{made} is offered to new reviews again.")
    elif name == "new-version":
        made = versions.begin_version(found, by=request.user)
        return see_other(reverse("reviews:question_set_edit", args=(made.pk,)))
    else:
        raise NotThere
    return see_other(_page_of(made))


def _page_of(found: QuestionSet) -> str:
    return reverse("reviews:question_set", args=(found.pk,))
