"""Addresses of reports, documents and the library."""

from django.urls import path

from reports.views import documents

app_name = "reports"
urlpatterns = [
    path("cases/<slug:slug>/documents/", documents.documents, name="documents"),
    path("cases/<slug:slug>/documents/request/", documents.request_document, name="request_document"),
    path("cases/<slug:slug>/documents/<int:pk>/", documents.document, name="document"),
    path("cases/<slug:slug>/documents/<int:pk>/cancel/", documents.cancel_document, name="cancel_document"),
    path("cases/<slug:slug>/documents/<int:pk>/retry/", documents.retry_document, name="retry_document"),
    path("cases/<slug:slug>/documents/<int:pk>/download/", documents.download, name="download"),
]
