"""Addresses of reports, documents and the library."""

from django.urls import include, path

from reports.views import documents, fact_checks, library, reports, scanning

_CASE = "cases/<slug:slug>/"

app_name = "reports"
urlpatterns = [
    path("", include("reports.urls_writing")),
    path("", library.front, name="front"),
    path("library/", library.show, name="library"),
    path("", include("reports.urls_publication")),
    path(f"{_CASE}report/", reports.report, name="report"),
    path(f"{_CASE}report/begin/", reports.begin, name="begin_report"),
    path(f"{_CASE}report/read/", reports.read, name="read"),
    path(f"{_CASE}report/statement/", reports.statement, name="statement"),
    path(f"{_CASE}report/sections/<slug:key>/", reports.section, name="section"),
    path(f"{_CASE}report/check/", scanning.check, name="check"),
    path(f"{_CASE}report/check/back/", scanning.hint_back, name="hint_back"),
    path(f"{_CASE}report/fact-check/", fact_checks.fact_check, name="fact_check"),
    path(f"{_CASE}report/fact-check/close/", fact_checks.close, name="close_fact_check"),
    path(f"{_CASE}report/fact-check/comments/", fact_checks.add_comment, name="add_comment"),
    path(f"{_CASE}report/fact-check/comments/form/", fact_checks.comment_form, name="comment_form"),
    path(
        f"{_CASE}report/fact-check/comments/<int:number>/withdraw/",
        fact_checks.withdraw_comment,
        name="withdraw_comment",
    ),
    path(f"{_CASE}report/fact-check/comments/<int:number>/answer/", fact_checks.answer_comment, name="answer_comment"),
    path(f"{_CASE}documents/", documents.documents, name="documents"),
    path(f"{_CASE}documents/request/", documents.request_document, name="request_document"),
    path(f"{_CASE}documents/<int:pk>/", documents.document, name="document"),
    path(f"{_CASE}documents/<int:pk>/cancel/", documents.cancel_document, name="cancel_document"),
    path(f"{_CASE}documents/<int:pk>/retry/", documents.retry_document, name="retry_document"),
    path(f"{_CASE}documents/<int:pk>/download/", documents.download, name="download"),
]
