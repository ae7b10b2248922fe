"""Comments of the host: added, changed, taken back, and printed with its response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotNow, NotReady, StaleText
from people.uploading import files_too_large
from reports.actions import fact_comments as actions
from reports.fact_check_pages import Open, files_to_show, page_of, report_of
from reports.forms.fact_checks import CommentForm
from reports.queries.fact_checks import comment_named, files_at
from reviews.access import case_for
from reviews.actions.evidence_files import receive
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other
from reviews.views.evidence import tell_too_large

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reports.models import FactComment
    from reviews.access import Seat
    from reviews.actions.evidence_files import Received
    from reviews.views.answers import PersonRequest

A = Ability


@require_POST
def add(request: PersonRequest, slug: str) -> HttpResponse:
    """Add a comment, with the files that show it."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    form = _sent(request, seat)
    if form.is_valid():
        try:
            comment = actions.add_comment(seat.case, by=request.user, said=form.said(), received=_received(form))
        except (NotReady, NotNow) as refused:
            _tell(form, refused)
        else:
            messages.success(request, f"Comment {comment.number} is with the team.")
            return see_other(_address(slug, comment.number))
    page = page_of(seat, opened=Open(commenting=form))
    return render(request, "reports/fact_check.html", page, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Change an own comment that has no answer."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    comment = comment_named(report_of(seat), number)
    if request.method != "POST":
        return render(request, "reports/fact_comment.html", _context(seat, comment, _filled(seat, comment)))
    form, status = _sent(request, seat), 422
    if form.is_valid():
        try:
            actions.edit_comment(
                seat.case,
                number,
                by=request.user,
                said=form.said(),
                version=form.cleaned_data["version"] or 0,
                received=_received(form),
            )
        except StaleText as stale:
            status = stale.status
            form.data = {**request.POST.dict(), "attached": request.POST.getlist("attached"), "version": stale.version}
            form.add_error(
                None, "You changed this comment on another page. Compare below; sending again keeps this one."
            )
            comment.refresh_from_db()
        except (NotReady, NotNow) as refused:
            _tell(form, refused)
        else:
            messages.success(request, f"Comment {number} is changed.")
            return see_other(_address(slug, number))
    return render(request, "reports/fact_comment.html", _context(seat, comment, form), status=status)


@require_POST
def withdraw(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Take a comment back."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    actions.withdraw_comment(seat.case, number, by=request.user)
    messages.success(request, f"Comment {number} is taken back.")
    return see_other(reverse("reports:fact_check", args=(slug,)))


@require_POST
def printed(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Let a disagreement be printed with the host's response, or take it out again."""
    seat = case_for(request.user, slug, A.WRITE_HOST_STATEMENT)
    is_printed = request.POST.get("print") == "yes"
    actions.print_comment(seat.case, number, by=request.user, printed=is_printed)
    what = "is printed with your response" if is_printed else "is not printed"
    messages.success(request, f"Comment {number} {what}.")
    return see_other(_address(slug, number))


def _sent(request: PersonRequest, seat: Seat) -> CommentForm:
    form = CommentForm(request.POST, request.FILES, files=files_to_show(seat))
    if too_large := files_too_large(request):
        tell_too_large(request, too_large)
        form.add_error("file", "This file is too large, and was not sent.")
    return form


def _received(form: CommentForm) -> Received | None:
    """The file that came along, looked into before anything is stored. Raises NotReady, NotNow."""
    file = form.cleaned_data["file"]
    return receive(file, file.name) if file else None


def _tell(form: CommentForm, refused: NotReady | NotNow) -> None:
    """Say at the form what was refused: what was typed stays."""
    is_file = refused.code.startswith("file") or isinstance(refused, NotNow)
    form.add_error("file" if is_file else None, refused.message)


def _filled(seat: Seat, comment: FactComment) -> CommentForm:
    attached = files_at([comment], files_to_show(seat))
    rows = attached[comment.pk].rows if comment.pk in attached else ()
    initial = {name: getattr(comment, name) for name in ("place", "kind", "text", "proposal", "version")}
    return CommentForm(initial={**initial, "attached": [row.pk for row in rows]}, files=files_to_show(seat))


def _context(seat: Seat, comment: FactComment, form: CommentForm) -> dict[str, object]:
    return {**case_frame(seat, "report"), "comment": comment, "form": form}


def _address(slug: str, number: int) -> str:
    return f"{reverse('reports:fact_check', args=(slug,))}#comment-{number}"
