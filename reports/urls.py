"""Addresses of reports, documents and the library."""

from django.urls import include, path

from reports.views import (
    certificates,
    document_check,
    documents,
    library,
    reports,
)

_CASE = "cases/<slug:slug>/"

app_name = "reports"
urlpatterns = [
    path("", include("reports.urls_writing")),
    path("", include("reports.urls_outlines")),
    path("", library.front, name="front"),
    path("library/", library.show, name="library"),
    path("library/", include("reports.urls_library")),
    path("", include("reports.urls_machines")),
    path("", include("reports.urls_publication")),
    path(f"{_CASE}report/", reports.report, name="report"),
    path(f"{_CASE}report/begin/", reports.begin, name="begin_report"),
    path(f"{_CASE}report/read/", reports.read, name="read"),
    path(f"{_CASE}report/statement/", reports.statement, name="statement"),
    path(f"{_CASE}report/sections/<slug:key>/", reports.section, name="section"),
    path("", include("reports.urls_fact_check")),
    path(f"{_CASE}certificates/", certificates.certificates, name="certificates"),
    path(f"{_CASE}documents/", documents.documents, name="documents"),
    path(f"{_CASE}documents/request/", documents.request_document, name="request_document"),
    path(f"{_CASE}documents/<int:pk>/", documents.document, name="document"),
    path(f"{_CASE}documents/<int:pk>/check/", document_check.document_check, name="document_check"),
    path(f"{_CASE}documents/<int:pk>/cancel/", documents.cancel_document, name="cancel_document"),
    path(f"{_CASE}documents/<int:pk>/retry/", documents.retry_document, name="retry_document"),
    path(f"{_CASE}documents/<int:pk>/download/", documents.download, name="download"),
]
