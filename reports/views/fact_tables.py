"""All comments with their answers: to be read in one go, printed, and taken along as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.comment_table import csv_of, rows_of
from reports.fact_check_pages import drafts_of, report_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability

if TYPE_CHECKING:
    from reviews.views.answers import PersonRequest

A = Ability


@require_safe
def comments(request: PersonRequest, slug: str) -> HttpResponse:
    """Show all comments and answers of the fact check on one page, for reading and printing."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    report = report_of(seat)
    context = {"report": report, "drafts": drafts_of(report), "rows": rows_of(seat, report)}
    return render(request, "reports/fact_comments.html", {**case_frame(seat, "report"), **context})


@require_safe
def comments_csv(request: PersonRequest, slug: str) -> HttpResponse:
    """Give the same as a table for spreadsheets."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    report = report_of(seat)
    drafts_of(report)
    answer = HttpResponse(csv_of(rows_of(seat, report)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-comments-and-answers.csv"'
    return answer
